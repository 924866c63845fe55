/** Takes the reader to a setting that a text has asked for, once the panel that has it is there. */

import type { ReactiveController } from 'lit';
import type { Control } from '../engine/protocol.js';
import type { LabPart } from './part.js';

export class WantedSetting implements ReactiveController {
  private stopListening: (() => void) | null = null;

  /** `has` says which settings stand in the host, `show` opens what one stands behind and puts the focus on it. */
  constructor(
    private readonly host: LabPart,
    private readonly has: (control: Control) => boolean,
    private readonly show: (name: string) => void,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    this.stopListening ??= this.host.session.topics.listen(['wanted'], () => this.host.requestUpdate());
    const { session, captioned } = this.host;
    const control = session.controls.find(({ name }) => name === session.wanted);
    // In a figure the same panel stands beside its sentence; the whole lab is where the link leads.
    if (!control || captioned || !this.has(control)) return;
    session.wanted = null;
    this.show(control.name);
  }

  hostDisconnected(): void {
    this.stopListening?.();
    this.stopListening = null;
  }
}
