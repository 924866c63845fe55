/** `<ember-code>`: the same model as a program, written from the current settings. */

import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import './copy.js';
import { define } from './define.js';
import { LiveAnswer } from './live.js';
import { LabPart } from './part.js';
import { shared } from './styles.js';
import './tabs.js';
import type { TabChange } from './tabs.js';
import type { Topic } from './topics.js';

/** Answer to `inspect('code')`: a program by language. */
type Programs = { [language: string]: string };

export class EmberCode extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = shared;

  @state() private chosen = '';
  // The programs follow from the settings alone, so steps of a run need not ask for them often.
  private readonly programs = new LiveAnswer<Programs>(
    this,
    () => this.session.request('inspect', { what: 'code', options: {} }) as Promise<Programs>,
    2000,
  );

  protected override render(): TemplateResult {
    const programs = this.programs.value;
    if (!programs) return this.card('code', this.hint('ui.code.before'));
    const names = Object.keys(programs);
    const shown = names.includes(this.chosen) ? this.chosen : (names[0] ?? '');
    return this.card(
      'code',
      html`<ember-tabs
        .tabs=${names.map((name) => ({ id: name, label: this.t(`ui.code.${name}`) }))}
        .chosen=${shown}
        .label=${this.t('parts.code')}
        @tab-change=${(event: TabChange) => (this.chosen = event.detail)}
      >
        <ember-copy
          .text=${programs[shown] ?? ''}
          .label=${this.t(`ui.code.${shown}`)}
          .language=${this.language}
        >
        </ember-copy>
      </ember-tabs>`,
    );
  }
}

define('ember-code', EmberCode);
