/**
 * The page around the lab: its language, its light or dark look, and (on the cover) what the machine offers.
 *
 * A classic script in the head: it sets language and look before anything is drawn, so that a page never
 * flashes in the wrong one. It knows no lesson and holds no words: pages carry theirs in the markup.
 */

type Language = 'zh' | 'en';
type Theme = 'system' | 'light' | 'dark';

const LANGUAGE_KEY = 'emberbook.lang';
const THEME_KEY = 'emberbook.theme';
const root = document.documentElement;

/** Languages the page holds; a page with one of them has no choice to make. */
const languages = (root.dataset.languages ?? root.lang).split(' ').filter(isLanguage);

function isLanguage(text: string | null | undefined): text is Language {
  return text === 'zh' || text === 'en';
}

/** Reads what the reader chose before; null also where the browser refuses storage. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a choice for the next page; without storage it holds for this page only. */
function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

/** The first of the languages that the page holds: address, stored choice, browser, then English. */
function chooseLanguage(): Language {
  const wishes = [
    new URLSearchParams(location.search).get('lang'),
    stored(LANGUAGE_KEY),
    ...navigator.languages.map((tag) => tag.split('-')[0] ?? ''),
    'en',
  ];
  const wish = wishes.filter(isLanguage).find((name) => languages.includes(name));
  return wish ?? languages[0] ?? 'en';
}

/** Shows the page in a language: texts, title, labs and the mark on the switch. */
function showLanguage(language: Language): void {
  root.lang = language;
  const title = document.querySelector('title');
  const words = title?.getAttribute(`data-${language}`);
  if (title && words) title.textContent = words;
  for (const lab of document.querySelectorAll('ember-lab')) lab.setAttribute('lang', language);
  for (const link of document.querySelectorAll<HTMLElement>('[data-switch]')) {
    if (link.dataset.switch === language) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  keepLanguageInLinks();
}

/** The address of this script, which lies in the folder `app/` of the site; known only while it runs at first. */
const SCRIPT = document.currentScript?.getAttribute('src') ?? '';

/** Lets the browser fetch the scripts of the lesson's lab now, and not one after the other as they ask for each other. */
function fetchAhead(language: Language): void {
  const { lesson } = root.dataset;
  if (!lesson) return;
  const scripts = [
    'panels/lab',
    'panels/text/text',
    `lessons/${lesson}/index`,
    `lessons/${lesson}/words.${language}`,
    `i18n/${language}`,
  ];
  for (const script of scripts) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = new URL(`../${script}.js`, new URL(SCRIPT, document.baseURI)).href;
    document.head.append(link);
  }
}

/** The address of this page in a language; every other parameter stays as it is. */
function addressIn(language: Language, base: string = location.href): URL {
  const address = new URL(base);
  address.search = location.search;
  address.hash = location.hash;
  address.searchParams.set('lang', language);
  return address;
}

/** A page opened with a language in its address hands it on to the pages it leads to. */
function keepLanguageInLinks(): void {
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked !== 'zh' && asked !== 'en') return;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-page]')) {
    const address = new URL(link.href);
    address.searchParams.set('lang', asked);
    link.href = address.href;
  }
}

/** Makes the language switch work: in place where the page holds both, else by going to the other page. */
function connectLanguageSwitch(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-switch]')) {
    const language = link.dataset.switch;
    if (!isLanguage(language)) continue;
    link.addEventListener('click', (event) => {
      store(LANGUAGE_KEY, language);
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (languages.includes(language)) {
        history.replaceState(history.state, '', addressIn(language));
        showLanguage(language);
      } else {
        location.assign(addressIn(language, link.href));
      }
    });
  }
}

/** Sets the look; `system` leaves it to the browser. */
function showTheme(theme: Theme): void {
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
}

function storedTheme(): Theme {
  return themeIn(stored(THEME_KEY));
}

function themeIn(theme: string | null): Theme {
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

function connectThemeSwitch(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name="theme"]')) {
    input.checked = input.value === storedTheme();
    input.addEventListener('change', () => {
      store(THEME_KEY, input.value);
      showTheme(themeIn(input.value));
    });
  }
}

/** Lets the keyboard reach what is wider than the page and scrolls; what fits is no stop on the way. */
function watchScrollers(): void {
  const check = (element: Element) => {
    if (element.scrollWidth > element.clientWidth) element.setAttribute('tabindex', '0');
    else element.removeAttribute('tabindex');
  };
  const observer = new ResizeObserver((entries) => entries.forEach((entry) => check(entry.target)));
  document
    .querySelectorAll('.table, pre, math[display="block"]')
    .forEach((element) => observer.observe(element));
}

/** A module of one function that returns a 128-bit vector: valid only where WebAssembly has SIMD. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
]);

function hasSimd(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE);
}

/** The parts of WebGPU used here; the DOM types of the compiler do not have it in every version. */
interface Adapter {
  info?: { vendor: string; architecture: string; description: string; isFallbackAdapter?: boolean };
}
interface Gpu {
  requestAdapter(): Promise<Adapter | null>;
}

function isGpu(value: unknown): value is Gpu {
  return typeof value === 'object' && value !== null && 'requestAdapter' in value;
}

/** What WebGPU offers: whether there is an adapter, whether it computes on the CPU, and its name. */
async function probeGpu(): Promise<{ answer: string; adapter: string }> {
  const gpu: unknown = Reflect.get(navigator, 'gpu');
  const adapter = isGpu(gpu) ? await gpu.requestAdapter().catch(() => null) : null;
  if (!adapter) return { answer: 'webgpu-none', adapter: '' };
  const info = adapter.info;
  const software = info?.isFallbackAdapter || /swiftshader|llvmpipe/i.test(info?.architecture ?? '');
  const name = [info?.vendor, info?.architecture].filter(Boolean).join(' ');
  return { answer: software ? 'webgpu-software' : 'webgpu-found', adapter: name };
}

/** Shows, on the cover, the sentences that are true of this machine. */
async function describeMachine(): Promise<void> {
  const place = document.querySelector('[data-machine]');
  if (!place) return;
  const show = (answer: string) => {
    const sentence = place.querySelector<HTMLElement>(`[data-answer="${answer}"]`);
    if (sentence) sentence.hidden = false;
    return sentence;
  };
  show(hasSimd() ? 'simd-yes' : 'simd-no');
  const { answer, adapter } = await probeGpu();
  const sentence = show(answer);
  const name = sentence?.querySelector('[data-adapter]');
  if (name && adapter) name.textContent = `(${adapter})`;
}

root.dataset.script = '';
const language = chooseLanguage();
root.lang = language;
fetchAhead(language);
showTheme(storedTheme());

document.addEventListener('readystatechange', () => {
  // "interactive" comes before the page's modules run, so that labs start in the right language.
  if (document.readyState !== 'interactive') return;
  showLanguage(chooseLanguage());
  connectLanguageSwitch();
  connectThemeSwitch();
  watchScrollers();
  void describeMachine();
});

window.addEventListener('load', () => {
  // A browser too old for the lab's script shows the sentence in the lab's place.
  if (document.querySelector('ember-lab') && !window.customElements?.get('ember-lab')) {
    root.dataset.labMissing = '';
  }
});
