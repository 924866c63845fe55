/** Loads the drawing module (crates/plot/src, src/web/plot.rs) and gives its two functions their types. */

import palette from '../palette.json';
import type { PlotLayout, PlotSpec } from './plot-spec.js';

export { csv, tableOf } from './plot-data.js';
export type { PlotTable } from './plot-data.js';
export type * from './plot-spec.js';

/**
 * Colours of classes and runs, for light and for dark pages: blue, orange, green, purple, sky, the one nearest to the
 * text (grey, yellow), and four more, so that ten classes have ten. After Okabe and Ito, moved where lines and dots need
 * it: at least 3:1 against the page, and apart for every kind of eye. The tests of crates/plot/src/palette.rs hold it to
 * that.
 */
export const PALETTE: { readonly light: readonly string[]; readonly dark: readonly string[] } = palette;

/** The drawing module. */
export interface Plot {
  /**
   * Draws on a canvas and sets its `width` and `height` (device pixels); its CSS size is the page's business.
   *
   * Throws an `Error` that says what is wrong with the spec.
   */
  draw(canvas: HTMLCanvasElement, spec: PlotSpec): PlotLayout;
  /**
   * The same chart as the text of an SVG file.
   *
   * Throws an `Error` that says what is wrong with the spec.
   */
  svg(spec: PlotSpec): string;
}

/** The bindings that wasm-bindgen makes. */
interface PlotModule {
  default(options: { module_or_path: URL }): Promise<unknown>;
  draw(canvas: HTMLCanvasElement, spec: PlotSpec): PlotLayout;
  svg(spec: PlotSpec): string;
}

const loads = new Map<string, Promise<Plot>>();

/**
 * The drawing module of the site at `base` (an address that ends in a slash), fetched once per page.
 * A failed download is not remembered: the next call tries again.
 *
 * Rejects with an `Error` that names the address.
 */
export function loadPlot(base: URL): Promise<Plot> {
  const known = loads.get(base.href);
  if (known) return known;
  const load = fetchPlot(base);
  loads.set(base.href, load);
  load.catch(() => loads.delete(base.href));
  return load;
}

async function fetchPlot(base: URL): Promise<Plot> {
  const bindings = new URL('pkg/plot/emberbook.js', base);
  try {
    const module = (await import(bindings.href)) as PlotModule;
    await module.default({ module_or_path: new URL('emberbook_bg.wasm', bindings) });
    return {
      draw: (canvas, spec) => saying(() => module.draw(canvas, spec)),
      svg: (spec) => saying(() => module.svg(spec)),
    };
  } catch (thrown) {
    throw new Error(`The drawing module ${bindings.href} could not be loaded: ${wordsOf(thrown)}`, {
      cause: thrown,
    });
  }
}

/** Whatever is thrown, a string from the bindings or a trap, leaves as an `Error`. */
function saying<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof Error && !(thrown instanceof WebAssembly.RuntimeError)) throw thrown;
    throw new Error(`the chart cannot be drawn: ${wordsOf(thrown)}`, { cause: thrown });
  }
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
