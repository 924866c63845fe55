/** What the two modalities of the data in use are called: pictures and words, or what stands in their place. */

import type { Settings } from '../../engine/protocol.js';

/** The modalities as the looks name them. */
export const CHANNELS = ['image', 'text'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Under which key the words of a modality stand (`ui.channels.<key>`): films have genres in place of pictures. */
export function channelKey(settings: Settings, channel: Channel): Channel | 'genres' {
  return channel === 'image' && settings['dataset'] === 'movielens' ? 'genres' : channel;
}
