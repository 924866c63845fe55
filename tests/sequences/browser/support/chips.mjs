/** Items as small as a word: a picture beside a title. */

/**
 * Gives the first item of the list of next items the place of the one after it: its text and pictures `now`, before its
 * own picture has come, and its text `then`. No reader can press between the two.
 */
export function withNextItem(page) {
  return page.evaluate(async () => {
    const inside = (root, name) =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.localName === name ? [element] : []),
        ...(element.shadowRoot ? inside(element.shadowRoot, name) : []),
      ]);
    // The lab's, not that of a figure in the text.
    const list = inside(document.querySelector('ember-lab').shadowRoot, 'ember-next-item')[0];
    const chip = list.shadowRoot.querySelector('ol ember-item-chip');
    const pictures = () => inside(chip.shadowRoot, 'canvas').length;
    const wait = () => new Promise((go) => setTimeout(go));
    while (pictures() === 0) await wait();
    chip.item = (chip.item + 1) % 360;
    await chip.updateComplete;
    const now = chip.shadowRoot.textContent.trim();
    const drawn = pictures();
    while (pictures() === 0) await wait();
    return { now, drawn, then: chip.shadowRoot.textContent.trim() };
  });
}
