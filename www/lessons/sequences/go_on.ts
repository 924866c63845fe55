/** Going on from the weights of this step under other settings. */

import type { Settings } from '../../engine/protocol.js';
import type { LabSession } from '../../lab/session.js';

/**
 * The weights are taken out before the lab is opened anew, and put back before its first step. Rejects with `EmberError`.
 */
export async function goOnWith(session: LabSession, settings: Settings): Promise<void> {
  const weights = await session.request('exportModel', { format: 'safetensors' });
  await session.changeSettings(settings);
  await session.importModel(weights);
}
