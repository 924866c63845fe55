/** What the clusters of a modality come to, in numbers. */

import type { ModalityShown } from '../../generated/sequences.js';

/** Sizes of clusters. */
export interface ClusterSizes {
  clusters: number;
  smallest: number;
  largest: number;
  /** Clusters that no item has as its first code. */
  empty: number;
}

/** Sizes of the clusters of a modality; null where it has none. */
export function sizesOf({ clusters }: Pick<ModalityShown, 'clusters'>): ClusterSizes | null {
  if (clusters.length === 0) return null;
  const sizes = clusters.map(({ length }) => length);
  return {
    clusters: sizes.length,
    smallest: Math.min(...sizes),
    largest: Math.max(...sizes),
    empty: sizes.filter((size) => size === 0).length,
  };
}

/** Numbers of the clusters, the largest first. */
export function bySize({ clusters }: Pick<ModalityShown, 'clusters'>): number[] {
  const size = (cluster: number): number => clusters[cluster]!.length;
  return [...clusters.keys()].sort((one, other) => size(other) - size(one) || one - other);
}

/** Items evenly spread over clusters: the nearest of each cluster in turn, at most `most`. */
export function examplesOf({ clusters }: Pick<ModalityShown, 'clusters'>, most: number): number[] {
  return bySize({ clusters })
    .flatMap((cluster) => clusters[cluster]!.slice(0, 1))
    .slice(0, most);
}
