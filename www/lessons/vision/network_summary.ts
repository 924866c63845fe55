/** The layers of a convolutional network as `inspect('summary')` answers, and how they are named. */

import { formatCount, words, type Language } from '../../kit/words.js';

/** The names of the classes of layers in Keras. */
const KERAS: { readonly [kind: string]: string } = {
  conv2d: 'Conv2D',
  max_pooling2d: 'MaxPooling2D',
  flatten: 'Flatten',
  dense: 'Dense',
};

/** What Keras calls a kind of layer: "Conv2D"; null for what is no layer. */
export function kerasKind(kind: string): string | null {
  return KERAS[kind] ?? null;
}

/** "conv2d_1 (Conv2D)". */
export function layerTitle({ name, kind }: { name: string; kind: string }): string {
  const named = kerasKind(kind);
  return named ? `${name} (${named})` : name;
}

/** "(None, 26, 26, 16)": None stands for the pictures of a minibatch, however many there are. */
export function kerasShape(shape: readonly number[]): string {
  return `(None, ${shape.join(', ')})`;
}

/** "115 MB". */
export function megabytes(language: Language, bytes: number): string {
  const rounded = bytes < 1e7 ? Math.round(bytes / 1e5) / 10 : Math.round(bytes / 1e6);
  const count = bytes < 1e7 ? String(rounded) : formatCount(language, rounded);
  return words(language, 'ui.summary.megabytes', { count });
}
