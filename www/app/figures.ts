/**
 * The page of all figures: the lines for other pages get this site's own address, and buttons that copy them. Words stand
 * in the markup.
 */

/** What stands for the site's address in the markup, which nobody knows when the page is built. */
const ANY_SITE = 'https://your.site/emberbook/';

const site = new URL('..', import.meta.url).href;

// The elements of texts come to life before their lab is opened, as they do on a lesson's page.
void import(new URL('panels/text/text.js', site).href).catch(() => undefined);

for (const lines of document.querySelectorAll<HTMLElement>('.lines')) {
  const code = lines.querySelector('code')!;
  code.textContent = code.textContent.replaceAll(ANY_SITE, site);
  lines.querySelector('[data-copy]')?.addEventListener('click', () => void copy(code));
}

/** Copies what stands in an element, and says so beside it. */
async function copy(code: HTMLElement): Promise<void> {
  const said = code.closest('.lines')?.querySelector<HTMLElement>('[data-copied]');
  let outcome: 'copied' | 'refused' = 'copied';
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
  } catch {
    // No clipboard in an insecure page: the text is selected, to be copied by hand.
    getSelection()?.selectAllChildren(code);
    outcome = 'refused';
  }
  if (said) said.textContent = said.dataset[outcome] ?? '';
}
