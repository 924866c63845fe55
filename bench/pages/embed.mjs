/** Times the lab of this page from the click on its poster. `run.mjs` reads `globalThis.startup`. */

const lab = document.querySelector('ember-lab');

globalThis.startup = new Promise((resolve, reject) => {
  addEventListener(
    'click',
    ({ timeStamp }) => {
      const since = () => performance.now() - timeStamp;
      (async () => {
        await lab.ready;
        const ready = since();
        await lab.step(1);
        resolve({ ready, firstStep: since(), device: lab.device });
      })().catch(reject);
    },
    { capture: true, once: true },
  );
});
