/** Pages on which things come late: what the waits of the page objects are tested on (cases/waits.mjs). */

const hostPage = (
  body,
  script,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<link rel="icon" href="data:,"></head><body><main>${body}</main><script>${script}</script></body></html>`;

/** A button that comes late, then can be used, then moves; what it says comes later still. */
export const LATE = hostPage(
  '<div id="above"></div><p id="said">nothing</p>',
  `const said = document.getElementById('said');
  const button = Object.assign(document.createElement('button'), { textContent: 'All pairs', disabled: true });
  button.onclick = () => setTimeout(() => (said.textContent = 'opened'), 300);
  setTimeout(() => document.querySelector('main').append(button), 300);
  setTimeout(() => (button.disabled = false), 600);
  setTimeout(() => (document.getElementById('above').style.height = '400px'), 700);`,
);

/** Two buttons that change places under the first pointer that comes. */
export const MOVING = hostPage(
  '<div id="two"><p><button>Right</button></p><p><button>Wrong</button></p></div>',
  `globalThis.clicked = [];
  for (const button of document.querySelectorAll('button'))
    button.onclick = () => clicked.push(button.textContent);
  const two = document.getElementById('two');
  addEventListener('pointermove', () => two.append(two.firstElementChild), { once: true });`,
);

/** Answers of a worker that take their time, one asked for when the other has come. */
export const ASKING = hostPage(
  '<p id="said">nothing</p>',
  `const source = 'onmessage = ({ data }) => setTimeout(() => postMessage({ id: data.id }), 300)';
  const worker = new Worker(URL.createObjectURL(new Blob([source])));
  worker.onmessage = ({ data }) => {
    document.getElementById('said').textContent = 'answer ' + data.id;
    if (data.id < 3) worker.postMessage({ id: data.id + 1, name: 'inspect' });
  };
  worker.postMessage({ id: 1, name: 'inspect' });`,
);
