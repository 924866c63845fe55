/** What the figures were taken on. */

import { readFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** @param {string} browserVersion */
export async function machine(browserVersion) {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: (await distribution()) ?? `${type()} ${release()}`,
    browser: `Chromium ${browserVersion}, headless`,
    node: process.version,
  };
}

/** Other programs at work make every figure worse: the mean number of busy processes over the last minute. */
export const load = () => loadavg()[0];

async function distribution() {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(text)?.[1] ?? null;
}
