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

/** Opens what stands behind the small button of a chart, and gives the name of the chart's button for one of it. */
export async function openChartMenu(page, words, chart, within) {
  const name = `${words('ui.chart.menu')}: ${chart}`;
  await page.click('button', name, within);
  await page.waitForCount(1, 'button', `${words('ui.chart.svg')}: ${chart}`, within);
  return (key) => `${words(`ui.chart.${key}`)}: ${chart}`;
}

/**
 * Where what is told of a chart stands while the mouse is at a share of its width and height: `{pointer, box, frame}` in
 * CSS pixels of the window; null where nothing is told.
 */
export function toldAt(page, chart, within, [across, down]) {
  return page.read(
    async (chart, within, across, down) => {
      const canvas = emberTest.all('slider', chart, within)[0];
      canvas.scrollIntoView({ block: 'center', behavior: 'instant' });
      const around = canvas.getBoundingClientRect();
      const pointer = { x: around.left + across * around.width, y: around.top + down * around.height };
      const [clientX, clientY] = [pointer.x, pointer.y];
      const at = { clientX, clientY, screenX: clientX, screenY: clientY };
      canvas.dispatchEvent(
        new PointerEvent('pointermove', { pointerType: 'mouse', bubbles: true, composed: true, ...at }),
      );
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const told = canvas.parentElement.querySelector('.readout');
      const edges = ({ left, top, right, bottom }) => ({ left, top, right, bottom });
      return told && { pointer, box: edges(told.getBoundingClientRect()), frame: edges(around) };
    },
    ...[chart, within, across, down],
  );
}

/** Height of the first chart of a part on the page, and in pixels of its drawing, in CSS pixels. */
export function chartSize(page, within) {
  return page.read((within) => {
    const [canvas] = emberTest.all('slider', null, within);
    return { height: canvas.getBoundingClientRect().height, drawn: canvas.height / devicePixelRatio };
  }, within);
}
