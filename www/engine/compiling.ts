/** Tells how far a GPU is with the programs that it compiles for the first step of a lab. */

import type { FromWorker } from './protocol.js';

/** The compilations of this worker, as far as somebody waits for them. */
export class Compiling {
  /** Programs to come, about; 0 while nobody waits. */
  private expected = 0;
  private pipelines = 0;

  constructor(private readonly post: (message: FromWorker) => void) {}

  /** A lab is being opened on a GPU, or timed there; its first step compiles about so many programs. */
  begin(expected: number): void {
    if (this.expected === 0) this.pipelines = 0;
    this.expected = Math.max(1, expected);
  }

  /** A program is being compiled. */
  count(): void {
    if (this.expected === 0) return;
    this.pipelines += 1;
    this.post({ event: 'compiling', pipelines: this.pipelines, expected: this.expected });
  }

  /** The first step is done, or will not be. */
  end(): void {
    this.expected = 0;
  }
}
