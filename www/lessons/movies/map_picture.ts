/** The picture of the film map: points, the film that is pointed at, and the one that was searched for with its title. */

import { frameOf, pixelOf, type Frame, type Points } from './map_points.js';

/** Height of the picture in CSS pixels. */
export const HEIGHT = 380;
const MARGIN = 12;
/** Side of a point: of the other films, and of those of the genre. */
const SIDES = [2, 3.5] as const;
/** Between a marked point and its title. */
const GAP = 14;

/** Films that are drawn in one colour, one after the other. */
export interface Layer {
  films: readonly number[];
  color: string;
  /** Whether they are in front: larger, and not seen through. */
  isMeant: boolean;
}

/** What stands out. */
export interface Marks {
  text: string;
  background: string;
  accent: string;
  font: string;
  /** The film that is pointed at. */
  film: number | null;
  /** The film that was searched for. */
  marked: { film: number; title: string } | null;
}

/** Draws the map; gives the frame in which its points lie. */
export function drawMap(
  canvas: HTMLCanvasElement,
  width: number,
  points: Points,
  layers: readonly Layer[],
  { film, marked, ...look }: Marks,
): Frame {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(HEIGHT * ratio);
  const brush = canvas.getContext('2d')!;
  brush.scale(ratio, ratio);
  const frame = frameOf(points, width, HEIGHT, MARGIN);
  for (const { films, color, isMeant } of layers) {
    const side = SIDES[isMeant ? 1 : 0];
    // Where many lie on one another it shows darker.
    brush.globalAlpha = isMeant ? 1 : 0.6;
    brush.fillStyle = color;
    for (const one of films) {
      const [x, y] = pixelOf(points, frame, one);
      brush.fillRect(x - side / 2, y - side / 2, side, side);
    }
  }
  brush.globalAlpha = 1;
  const ring = (one: number, radius: number, color: string): void => {
    const [x, y] = pixelOf(points, frame, one);
    brush.strokeStyle = color;
    brush.lineWidth = 2;
    brush.beginPath();
    brush.arc(x, y, radius, 0, 2 * Math.PI);
    brush.stroke();
  };
  if (marked) {
    const [x, y] = pixelOf(points, frame, marked.film);
    ring(marked.film, 9, look.accent);
    brush.fillStyle = look.accent;
    brush.beginPath();
    brush.arc(x, y, 3.5, 0, 2 * Math.PI);
    brush.fill();
    writeBeside(brush, marked.title, [x, y], width, look);
  }
  if (film !== null) ring(film, 7, look.text);
  return frame;
}

/** A title on the side of its point where there is more room, cut to it, on a ground of its own. */
function writeBeside(
  brush: CanvasRenderingContext2D,
  title: string,
  [x, y]: readonly [number, number],
  width: number,
  { background, font, text }: Pick<Marks, 'background' | 'font' | 'text'>,
): void {
  const isLeft = x > width / 2;
  const room = (isLeft ? x : width - x) - GAP - MARGIN;
  brush.font = font;
  const letters = [...title];
  let shown = title;
  while (letters.length > 1 && brush.measureText(shown).width > room) {
    letters.pop();
    shown = `${letters.join('').trimEnd()}…`;
  }
  brush.textAlign = isLeft ? 'right' : 'left';
  brush.textBaseline = 'middle';
  brush.lineJoin = 'round';
  brush.lineWidth = 4;
  brush.strokeStyle = background;
  const from = isLeft ? x - GAP : x + GAP;
  const line = Math.min(Math.max(y, MARGIN), HEIGHT - MARGIN);
  brush.strokeText(shown, from, line);
  brush.fillStyle = text;
  brush.fillText(shown, from, line);
}
