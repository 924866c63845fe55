/** Charts: canvases that are drawn when they come into view, and that can be walked along with the keyboard. */

/**
 * Waits until a part has `count` charts or more (`exactly` so many, where that is asked for), each drawn and ready to
 * be walked along where `walked` asks for that. Each is drawn only once it is scrolled to.
 */
export async function waitForCharts(page, part, count, { walked = false, exactly = walked } = {}) {
  await page.show(part);
  await page.waitFor(
    `${count} charts in ${part}`,
    async (part, count, walked, exactly) => {
      /** Pixels that differ from the first, so that an empty chart gives 0. */
      const drawn = (canvas) => {
        if (canvas.width === 0 || canvas.height === 0) return 0;
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const pixels = new Uint32Array(data.buffer);
        return pixels.reduce((sum, pixel) => sum + (pixel !== pixels[0] ? 1 : 0), 0);
      };
      const canvases = [...emberTest.elements(emberTest.first(part).shadowRoot)].filter(
        (element) => element instanceof HTMLCanvasElement && emberTest.visible(element),
      );
      const state = [];
      for (const canvas of canvases) {
        if (drawn(canvas) <= 200) canvas.scrollIntoView({ block: 'center', behavior: 'instant' });
        state.push(walked && emberTest.role(canvas) !== 'slider' ? 'no slider' : drawn(canvas));
      }
      const enough = exactly ? canvases.length === count : canvases.length >= count;
      if (!enough || state.some((found) => !(found > 200)))
        throw new Error(`there are ${canvases.length}, of so many pixels: ${state.join(', ')}`);
      return true;
    },
    ...[part, count, walked, exactly],
  );
  await page.settled();
}
