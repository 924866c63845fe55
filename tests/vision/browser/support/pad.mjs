/** An upright stroke, which a network that knows digits takes for a 1. */

/** What the lab says of a picture of the stroke. */
export function predictStroke(page) {
  return page.evaluate(async () => {
    const picture = new ImageData(280, 280);
    for (let i = 3; i < picture.data.length; i += 4) picture.data[i] = 255;
    for (let y = 50; y < 230; y += 1)
      for (let x = 130; x < 152; x += 1) picture.data.fill(255, (y * 280 + x) * 4, (y * 280 + x) * 4 + 3);
    return document.querySelector('ember-lab').predict(picture);
  });
}

/** Draws the stroke on the pad, as a mouse does. */
export async function drawStroke(page) {
  await page.show('ember-drawing-pad');
  await page.evaluate(() => {
    const canvas = [...emberTest.elements(emberTest.first('ember-drawing-pad').shadowRoot)].find(
      ({ localName }) => localName === 'canvas',
    );
    canvas.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const at = (type, share) =>
      canvas.dispatchEvent(
        new PointerEvent(type, {
          pointerId: 1,
          pointerType: 'mouse',
          isPrimary: true,
          button: 0,
          buttons: type === 'pointerup' ? 0 : 1,
          clientX: left + width / 2,
          clientY: top + height * share,
          bubbles: true,
          composed: true,
        }),
      );
    canvas.setPointerCapture = () => undefined;
    at('pointerdown', 0.2);
    for (let share = 0.25; share < 0.8; share += 0.05) at('pointermove', share);
    at('pointerup', 0.8);
  });
}
