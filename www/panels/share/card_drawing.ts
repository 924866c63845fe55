/** Draws the picture card of a run on a canvas of 1200 by 630 pixels, the size that link previews take. */

import type { CardContent } from './card_content.js';
import { wrapText } from './card_text.js';
import type { LineSeries } from '../../kit/chart/plot-spec.js';
import type { Plot } from '../../kit/chart/plot.js';
import type { ThemeColors } from '../../kit/theme.js';

export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;

/** Nothing is drawn nearer to the edge than this. */
const MARGIN = 48;
const RIGHT = CARD_WIDTH - MARGIN;
const CHART = { left: MARGIN, top: 202, width: 700, height: 312 } as const;
const LEGEND_TOP = 170;
const COLUMN = { left: 788, top: 112, bottom: 516 } as const;
const COLUMN_WIDTH = RIGHT - COLUMN.left;
const FOOT_TOP = 528;

/** A size of type with its distance from line to line, in pixels. */
interface Type {
  size: number;
  line: number;
  bold?: boolean;
}
const TITLE: Type = { size: 44, line: 54, bold: true };
const LEAD: Type = { size: 24, line: 32 };
const HEADING: Type = { size: 20, line: 34, bold: true };
const BODY: Type = { size: 20, line: 27 };
const FOOT: Type = { size: 18, line: 26 };

/** Everything a card is drawn with. */
export interface CardLook {
  colors: ThemeColors;
  /** CSS font family. */
  family: string;
  plot: Plot;
}

/** Draws the card; the canvas gets its size. Throws an `Error` when the chart cannot be drawn. */
export function drawCard(canvas: HTMLCanvasElement, content: CardContent, look: CardLook): void {
  canvas.width = CARD_WIDTH;
  canvas.height = CARD_HEIGHT;
  const pen = new Pen(canvas.getContext('2d')!, look);
  pen.fill(look.colors.background);
  const below = pen.text(content.title, { x: MARGIN, y: MARGIN, width: RIGHT - MARGIN }, TITLE, 1);
  pen.text(content.progress, { x: MARGIN, y: below, width: CHART.width }, LEAD, 1, look.colors.muted);
  pen.legend(
    content.chart.series.filter(({ derived }) => !derived),
    { x: MARGIN, y: LEGEND_TOP, width: CHART.width },
  );
  pen.chart(content);
  column(pen, content, look.colors.muted);
  pen.rule(FOOT_TOP);
  pen.text(
    content.address,
    { x: MARGIN, y: FOOT_TOP + 8, width: RIGHT - MARGIN - 150 },
    FOOT,
    2,
    look.colors.muted,
  );
  pen.mark('Emberbook', FOOT_TOP + 8);
}

/** Settings and results; the results have their room first. */
function column(
  pen: Pen,
  { settings, settingsTitle, results, resultsTitle, more }: CardContent,
  muted: string,
): void {
  const place = (y: number): Place => ({ x: COLUMN.left, y, width: COLUMN_WIDTH });
  const resultLines = results.flatMap((text) => pen.lines(text, COLUMN_WIDTH, BODY, 2)).slice(0, 8);
  const resultsHeight = HEADING.line + resultLines.length * BODY.line + BODY.line / 2;
  let y = pen.text(settingsTitle, place(COLUMN.top), HEADING, 1, muted);
  const end = COLUMN.bottom - resultsHeight;
  for (const [index, text] of settings.entries()) {
    const lines = pen.lines(text, COLUMN_WIDTH, BODY, 2);
    const isLast = index === settings.length - 1;
    if (y + (lines.length + (isLast ? 0 : 1)) * BODY.line > end) {
      y = pen.text(more(settings.length - index), place(y), BODY, 1, muted);
      break;
    }
    for (const line of lines) y = pen.text(line, place(y), BODY, 1);
  }
  y = pen.text(resultsTitle, place(y + BODY.line / 2), HEADING, 1, muted);
  for (const line of resultLines) y = pen.text(line, place(y), BODY, 1);
}

/** Where a text begins and how wide it may be. */
interface Place {
  x: number;
  y: number;
  width: number;
}

/** Writes and draws with the look of the lab. */
class Pen {
  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly look: CardLook,
  ) {
    context.textBaseline = 'top';
  }

  fill(color: string): void {
    this.context.fillStyle = color;
    this.context.fillRect(0, 0, CARD_WIDTH, CARD_HEIGHT);
  }

  /** The lines a text breaks into. */
  lines(text: string, width: number, type: Type, mostLines: number): string[] {
    this.setType(type);
    return wrapText(text, width, mostLines, (part) => this.context.measureText(part).width);
  }

  /** Writes a text and gives the place below it. */
  text(text: string, { x, y, width }: Place, type: Type, mostLines: number, color?: string): number {
    const lines = this.lines(text, width, type, mostLines);
    this.context.fillStyle = color ?? this.look.colors.text;
    lines.forEach((line, index) => this.context.fillText(line, x, y + index * type.line));
    return y + lines.length * type.line;
  }

  /** The sign and the name of each curve, in one row. */
  legend(series: readonly LineSeries[], { x, y, width }: Place): void {
    const { context } = this;
    const sign = 44;
    for (const { label, color, style } of series) {
      const [name] = this.lines(label, width / series.length - sign - 32, BODY, 1);
      context.strokeStyle = context.fillStyle = color;
      context.lineWidth = 3;
      context.setLineDash(style === 'dashed' ? [9, 6] : []);
      context.beginPath();
      if (style === 'points') {
        context.arc(x + sign / 2 - 4, y + 12, 5, 0, 2 * Math.PI);
        context.fill();
      } else {
        context.moveTo(x, y + 12);
        context.lineTo(x + sign - 8, y + 12);
        context.stroke();
      }
      context.fillStyle = this.look.colors.text;
      context.fillText(name ?? '', x + sign, y);
      x += sign + context.measureText(name ?? '').width + 32;
    }
    context.setLineDash([]);
  }

  /** The curves, drawn by the module that draws the lab's charts. */
  chart({ chart }: CardContent): void {
    const { width, height, left, top } = CHART;
    const canvas = document.createElement('canvas');
    const frame = { width, height, pixel_ratio: 1, font_size: 18, theme: this.look.colors };
    this.look.plot.draw(canvas, { ...chart, ...frame });
    this.context.drawImage(canvas, left, top);
  }

  rule(y: number): void {
    this.context.fillStyle = this.look.colors.grid;
    this.context.fillRect(MARGIN, y, RIGHT - MARGIN, 1);
  }

  /** The name of the book, at the right. */
  mark(text: string, y: number): void {
    this.setType({ ...FOOT, bold: true });
    this.context.fillStyle = this.look.colors.muted;
    this.context.fillText(text, RIGHT - this.context.measureText(text).width, y);
  }

  private setType({ size, bold }: Type): void {
    this.context.font = `${bold ? '600 ' : ''}${size}px ${this.look.family}`;
  }
}
