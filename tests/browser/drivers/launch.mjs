/** Starts browsers by name, each when it is first wanted, and ends them all. */

import { launchChromium } from './chromium.mjs';
import { launchFirefox } from './firefox.mjs';
import { launchWebKit } from './webkit.mjs';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The browsers of the tests; `chromium-webgpu` is Chromium with a software adapter. What needs no WebGPU runs in Chromium
 * without windows where that is here: the same engine, and a sixth less of the processor's time.
 */
const BROWSERS = {
  chromium: { program: headlessShell() ?? programOf('CHROME', 'chromium'), launch: launchChromium },
  'chromium-webgpu': {
    program: programOf('CHROME', 'chromium'),
    launch: (options) => launchChromium({ ...options, webgpu: true }),
  },
  firefox: { program: programOf('FIREFOX', 'firefox-esr'), launch: launchFirefox },
  webkit: { program: programOf('WEBKIT_DRIVER', 'WebKitWebDriver'), launch: launchWebKit },
};

export class Browsers {
  #running = new Map();

  constructor(siteUrl) {
    this.siteUrl = siteUrl;
  }

  /** The program that is missing for a browser, or null when it can be started. */
  static missing(name) {
    const { program } = BROWSERS[name];
    return onPath(program) ? null : program;
  }

  /** The browser of that name that a lane has, started if it is not running yet. */
  async get(name, lane) {
    const key = keyOf(name, lane);
    if (!this.#running.has(key)) {
      const { program, launch } = BROWSERS[name];
      this.#running.set(key, launch({ executable: onPath(program), siteUrl: this.siteUrl }));
    }
    return this.#running.get(key);
  }

  /** Ends the browser of a lane; it may be started again. */
  end(name, lane) {
    return this.#end(keyOf(name, lane));
  }

  async endAll() {
    for (const key of [...this.#running.keys()]) await this.#end(key);
  }

  async #end(key) {
    const running = this.#running.get(key);
    this.#running.delete(key);
    const browser = await running?.catch(() => null);
    await browser?.close();
  }
}

const keyOf = (name, lane) => `${name} ${lane}`;

function programOf(variable, standard) {
  return process.env[variable] || standard;
}

/** Chromium without windows, or null where there is none or another Chromium is named. */
function headlessShell() {
  const { CHROME, HEADLESS_SHELL } = process.env;
  return HEADLESS_SHELL || (CHROME ? null : onPath('chromium-headless-shell'));
}

/** Full path of a program, or null where there is none. */
function onPath(program) {
  if (program.includes('/')) return existsSync(program) ? program : null;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null;
}
