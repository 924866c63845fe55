/** Keys as input methods for pinyin and kana send them. */

/**
 * The Enter that ends a composition, in what has the focus: as Chromium and Firefox send it, in the middle of it, and as
 * WebKit does, behind its end, when `isComposing` is false and the code 229 alone says whose key it is.
 */
export const endComposition = (page) =>
  page.evaluate(() => {
    const field = emberTest.focused();
    for (const isComposing of [true, false]) {
      const event = new KeyboardEvent('keydown', {
        key: 'Enter',
        isComposing,
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      Object.defineProperty(event, 'keyCode', { value: 229 });
      field.dispatchEvent(event);
    }
  });
