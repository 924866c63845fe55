/** The layers and weights of a network, as `inspect('network')` answers, and how they are named and drawn. */

import type { PlotContent } from '../../kit/chart/plot-spec.js';
import type { NetworkPlace } from '../../kit/chart/guide.js';
import type { AnswerTo } from '../../lab/looks.js';
import type { LabSession } from '../../lab/session.js';
import { findWords, formatNumber, words, type Language } from '../../kit/words.js';

/** Layers from input to output, with the tensors between them in order: weight, bias, weight, bias, … */
export type NetworkData = AnswerTo<'network'>;

/** Asks for the weights as they are at this step. */
export function askForNetwork(session: LabSession): Promise<NetworkData> {
  return session.inspectAny('network', {});
}

/** The weight tensors, one per pair of layers. */
export function weightsOf(network: NetworkData): NetworkData['tensors'] {
  return network.tensors.filter(({ shape }) => shape.length === 2);
}

/** The bias tensors, one per layer but the first. */
export function biasesOf(network: NetworkData): NetworkData['tensors'] {
  return network.tensors.filter(({ shape }) => shape.length === 1);
}

/** A layer's name: input, hidden 1, output. */
export function layerText(language: Language, name: string): string {
  const number = /\d+$/.exec(name)?.[0] ?? '';
  const kind = name.slice(0, name.length - number.length);
  return words(language, `ui.layers.${kind}`, { number });
}

/** A unit's name: that of its feature or class where it has one, or its number. */
export function unitText(language: Language, network: NetworkData, layer: number, unit: number): string {
  const name = network.layers[layer]!.unit_names?.[unit];
  if (name === undefined) return words(language, 'ui.layers.unit', { number: unit + 1 });
  return findWords(language, `features.${name}`) ?? findWords(language, `classes.${name}`) ?? name;
}

/** The network as a picture. */
export function networkContent(language: Language, network: NetworkData): PlotContent {
  return {
    kind: 'network',
    x_label: '',
    y_label: '',
    layers: network.layers.map(({ name, units }, layer) => ({
      label: `${layerText(language, name)} · ${units}`,
      units: Array.from({ length: units }, (_, unit) =>
        network.layers[layer]!.unit_names ? unitText(language, network, layer, unit) : '',
      ),
    })),
    weights: weightsOf(network).map(({ shape, values }) =>
      Array.from({ length: shape[0]! }, (_, from) => values.slice(from * shape[1]!, (from + 1) * shape[1]!)),
    ),
    biases: biasesOf(network).map(({ values }) => values),
    legend_label: words(language, 'ui.model.scale'),
    highlight: null,
  };
}

/** What a unit or a weight is called and what its number is. */
export function placeText(
  language: Language,
  network: NetworkData,
  { layer, unit, to }: NetworkPlace,
): { name: string; value: string; what: 'unit' | 'bias' | 'weight' } {
  const number = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : formatNumber(language, value);
  const unitName = (l: number, u: number): string =>
    `${layerText(language, network.layers[l]!.name)}: ${unitText(language, network, l, u)}`;
  if (to !== null) {
    const { shape, values } = weightsOf(network)[layer]!;
    const name = `${unitName(layer, unit)} → ${unitName(layer + 1, to)}`;
    return { name, value: number(values[unit * shape[1]! + to]), what: 'weight' };
  }
  if (layer === 0) return { name: unitName(layer, unit), value: '', what: 'unit' };
  return {
    name: unitName(layer, unit),
    value: number(biasesOf(network)[layer - 1]!.values[unit]),
    what: 'bias',
  };
}
