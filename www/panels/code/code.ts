/** `<ember-code>`: the same model as a program, written from the current settings, to copy or to download. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import '../../kit/copy.js';
import { define } from '../../kit/define.js';
import { download } from '../../kit/download.js';
import { failureText } from '../../lab/failure_text.js';
import { LiveAnswer } from '../../lab/live.js';
import type { AnswerTo } from '../../lab/looks.js';
import { LabPart } from '../../lab/part.js';
import { remember, remembered } from '../../kit/remembered.js';
import { shared } from '../../kit/styles.js';
import type { Draw } from '../lesson_entry.js';
import '../../kit/tabs.js';
import type { TabChange } from '../../kit/tabs.js';
import type { Topic } from '../../lab/topics.js';

/** Most readers come with Python; who has chosen otherwise finds that again. */
const FIRST = 'python';
const CHOICE = 'program';

/** A program by language. */
type Programs = AnswerTo<'code'>;
type Program = Programs[keyof Programs];

export class EmberCode extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      h4 {
        margin-block: 1rem 0.25rem;
      }
      ember-copy + button {
        margin-top: 0.5rem;
      }
    `,
  ];

  /** What the lesson shows beside its programs. */
  @property({ attribute: false }) beside: Draw | null = null;
  @state() private chosen = remembered(CHOICE) ?? FIRST;
  // The programs follow from the settings alone, so steps of a run need not ask for them often.
  private readonly programs = new LiveAnswer<Programs>(this, () => this.session.inspectAny('code', {}), 2000);

  protected override render(): TemplateResult {
    const { value: programs, failure } = this.programs;
    // Which settings have a program is no error.
    if (failure) return this.card('code', html`<p class="muted">${failureText(this.language, failure)}</p>`);
    if (!programs) return this.card('code', this.hint('ui.code.before'));
    const byLanguage = new Map<string, Program>(Object.entries(programs));
    const names = [...byLanguage.keys()].sort(
      (one, other) => Number(other === FIRST) - Number(one === FIRST),
    );
    const shown = names.includes(this.chosen) ? this.chosen : (names[0] ?? '');
    return this.card(
      'code',
      html`<ember-tabs
          .tabs=${names.map((name) => ({ id: name, label: this.t(`ui.code.${name}`) }))}
          .chosen=${shown}
          .label=${this.t('parts.code')}
          @tab-change=${(event: TabChange) => this.choose(event.detail)}
        >
          ${this.program(shown, byLanguage.get(shown))}
        </ember-tabs>
        ${this.beside ? this.beside(this.session) : nothing}`,
    );
  }

  private choose(language: string): void {
    this.chosen = language;
    remember(CHOICE, language);
  }

  private program(language: string, program?: Program): TemplateResult | typeof nothing {
    if (!program) return nothing;
    return html`<h4>${this.t('ui.code.install')}</h4>
      <ember-copy
        .text=${program.install}
        .label=${this.t('ui.code.install')}
        .language=${this.language}
      ></ember-copy>
      <h4>${program.file}</h4>
      <p class="muted">${this.t('ui.code.weights')}</p>
      <ember-copy
        .text=${program.text}
        program=${language}
        .label=${this.t(`ui.code.${language}`)}
        .language=${this.language}
      ></ember-copy>
      <button type="button" @click=${() => download(program.file, program.text, 'text/plain;charset=utf-8')}>
        ${this.t('ui.code.download', { file: program.file })}
      </button>`;
  }
}

define('ember-code', EmberCode);
