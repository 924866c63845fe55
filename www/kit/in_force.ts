/** Inputs that show what the reader has chosen while it is being put into force, and go back when that fails. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { live } from 'lit/directives/live.js';

export class InForce implements ReactiveController {
  private isBack = false;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** A value for a property of an input: drawn when it has changed, and once after `takeBack` wherever the input differs. */
  show(value: unknown): unknown {
    return this.isBack ? live(value) : value;
  }

  /** What was chosen could not be had: every input shows again what is in force. */
  takeBack(): void {
    this.isBack = true;
    this.host.requestUpdate();
  }

  hostUpdated(): void {
    this.isBack = false;
  }
}
