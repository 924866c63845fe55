/** What is on a picture that the page hands out. */

/**
 * Reads the PNG that `caught` has left in the page: how much is drawn on it, and how much of that nearer to the edge
 * than `margin`.
 */
export function readPicture(page, margin) {
  return page.evaluate(async (margin) => {
    const { blob } = emberSaved;
    const view = new DataView(await blob.arrayBuffer());
    const bitmap = await createImageBitmap(blob);
    const { width, height } = bitmap;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    const ground = pixels[0];
    let drawn = 0;
    let drawnAtEdge = 0;
    pixels.forEach((pixel, index) => {
      if (pixel === ground) return;
      drawn += 1;
      const [x, y] = [index % width, Math.floor(index / width)];
      drawnAtEdge += Math.min(x, y, width - 1 - x, height - 1 - y) < margin ? 1 : 0;
    });
    return {
      size: [view.getUint32(16), view.getUint32(20)],
      share: drawn / pixels.length,
      drawnAtEdge,
      colors: new Set(pixels).size,
      dark: (ground & 0xff) < 128,
    };
  }, margin);
}
