/** `<ember-untrained>`: says that a network answers by its initial weights alone, as long as it does. */

import { nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../kit/define.js';
import { shared } from '../kit/styles.js';
import { LabPart } from '../lab/part.js';
import type { Topic } from '../lab/topics.js';
import { isUntrained } from '../lab/untrained.js';

export class EmberUntrained extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'progress'];
  static override styles = [shared];

  /** The key of what it says. */
  @property() says = '';

  protected override render(): TemplateResult | typeof nothing {
    return isUntrained(this.session) ? this.hint(this.says) : nothing;
  }
}

define('ember-untrained', EmberUntrained);
