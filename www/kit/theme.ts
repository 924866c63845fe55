/** The colours of the page as a chart needs them, and word of when they change. */

/** Hexadecimal colours for a drawing. */
export interface ThemeColors {
  background: string;
  text: string;
  grid: string;
  muted: string;
}

const listeners = new Set<() => void>();
let watching = false;

/** Calls `listener` when the page turns light or dark; returns what ends that. */
export function onThemeChange(listener: () => void): () => void {
  if (!watching) {
    watching = true;
    // A frame later, when the new style has been computed.
    const tell = (): void => void requestAnimationFrame(() => listeners.forEach((call) => call()));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
    const attributeFilter = ['data-theme', 'class', 'style'];
    new MutationObserver(tell).observe(document.documentElement, { attributes: true, attributeFilter });
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The colours around a chart, as they are at an element of a lab. */
export function themeColors(element: Element): ThemeColors {
  const style = getComputedStyle(element);
  const color = (name: string): string => toHex(style.getPropertyValue(`--lab-${name}`));
  return { background: color('surface'), text: color('text'), grid: color('grid'), muted: color('muted') };
}

/** Whether a background asks for light text. */
export function isDark(background: string): boolean {
  const channel = (at: number): number => parseInt(background.slice(at, at + 2), 16);
  return 0.299 * channel(1) + 0.587 * channel(3) + 0.114 * channel(5) < 128;
}

const hexOf = new Map<string, string>();
let brush: CanvasRenderingContext2D | null = null;

/** Any CSS colour as `#rrggbb`, by painting one pixel with it. */
function toHex(color: string): string {
  const known = hexOf.get(color);
  if (known) return known;
  if (!brush) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    brush = canvas.getContext('2d', { willReadFrequently: true })!;
  }
  brush.fillStyle = '#888888';
  brush.fillStyle = color.trim();
  brush.fillRect(0, 0, 1, 1);
  const pixel = brush.getImageData(0, 0, 1, 1).data.subarray(0, 3);
  const hex = `#${Array.from(pixel, (channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  hexOf.set(color, hex);
  return hex;
}
