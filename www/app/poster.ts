/** What stands in the place of a lab until it is there: an invitation, a word of patience, or an apology. */

import posters from './poster.json';

/** Its words are kept apart from the language files, so that `embed.js` stays small. */
const WORDS: Record<'zh' | 'en', typeof posters.en> = posters;

const STYLE = `
  :host { display: block; }
  :host([hidden]) { display: none; }
  .poster {
    --text: var(--ember-text, #1d1d1b);
    display: grid; gap: 0.75rem; justify-items: center; align-content: center;
    min-height: 12rem; padding: 1.5rem; text-align: center;
    color: var(--text); background: var(--ember-surface, #ffffff);
    border: 1px solid var(--ember-border, #c9c9c1); border-radius: 0.5rem;
    font: 1rem/1.5 system-ui, 'Noto Sans CJK SC', sans-serif;
  }
  p { margin: 0; max-width: 60ch; }
  slot { display: block; max-width: 100%; }
  button {
    font: inherit; font-weight: 600; min-height: 2.75rem; padding: 0.5rem 1.25rem; cursor: pointer;
    color: var(--ember-surface, #ffffff); background: var(--ember-accent, #0a5c9e);
    border: 1px solid transparent; border-radius: 0.375rem;
  }
  button:focus-visible { outline: 3px solid var(--ember-focus, #0a5c9e); outline-offset: 2px; }
`;

/** What the poster says. */
export type PosterState = 'invitation' | 'loading' | 'failed';

/**
 * Shows the poster in a shadow root; `onOpen` is called when the reader presses its button. What stands in the lab's
 * element with `slot="poster"`, such as a picture of what it will show, stands above the button. `figure` says that one
 * figure will open, and not the whole lab.
 */
export function showPoster(
  root: ShadowRoot,
  language: 'zh' | 'en',
  state: PosterState,
  figure: boolean,
  onOpen: () => void,
): void {
  const said = WORDS[language];
  const poster = document.createElement('div');
  poster.className = 'poster';
  poster.lang = language === 'zh' ? 'zh-CN' : 'en';
  const text = document.createElement('p');
  text.textContent = { invitation: said.explain, loading: said.loading, failed: said.failed }[state];
  text.setAttribute('role', 'status');
  // A page with many posters can leave the sentence out.
  text.setAttribute('part', state);
  const picture = document.createElement('slot');
  picture.name = 'poster';
  poster.append(picture);
  if (state !== 'loading') {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = state === 'failed' ? said.again : figure ? said.open_figure : said.open;
    button.addEventListener('click', onOpen);
    poster.append(button);
  }
  poster.append(text);
  root.replaceChildren(poster);
}

/** Gives a shadow root the look of the poster. */
export function stylePoster(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
}
