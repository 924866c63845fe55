/** A drawing as strokes, in bright ink on black, so that the latest can be taken back. */

/** Places between 0 and 1, from left to right and from top to bottom. */
export type Stroke = [x: number, y: number][];

/** Side of the drawing in pixels: ten for each of a digit's 28. */
export const SIDE = 280;

/** Width of the brush, as a part of the side. */
export const BRUSH = 1 / 12;

/** Draws strokes anew. */
export function paint(brush: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  brush.fillStyle = '#000';
  brush.fillRect(0, 0, SIDE, SIDE);
  brush.strokeStyle = brush.fillStyle = '#fff';
  brush.lineWidth = BRUSH * SIDE;
  brush.lineCap = brush.lineJoin = 'round';
  for (const stroke of strokes) {
    brush.beginPath();
    const [first, ...others] = stroke;
    brush.moveTo(first![0] * SIDE, first![1] * SIDE);
    // A line that leads nowhere is a dot.
    for (const [x, y] of others.length > 0 ? others : [first!]) brush.lineTo(x * SIDE, y * SIDE);
    brush.stroke();
  }
}
