/** `<ember-training-job>`: a run as a job in a container: arguments, channels, a log that is explained, an archive. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Settings } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { download } from '../../kit/download.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { tarOf } from './tar.js';
import type { Topic } from '../../lab/topics.js';
import type { JobLog } from '../../generated/boosting.js';

/** The document's hyperparameters on SageMaker. */
const DOCUMENT = '--num_leaves 31 --num_round 5';
/** What the document calls otherwise than the settings. */
const ALIASES = new Map([['num_round', 'num_iterations']]);

export class EmberTrainingJob extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      code,
      pre {
        font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', monospace;
        font-size: 0.875rem;
        overflow-wrap: anywhere;
      }
      input[type='text'] {
        width: min(100%, 28rem);
      }
      .scroll {
        max-height: 24rem;
      }
      td code {
        white-space: pre-wrap;
      }
    `,
  ];

  @state() private command = DOCUMENT;
  @state() private wrong = '';
  private readonly log = new LiveAnswer<JobLog>(this, () => this.session.inspect('boosting', 'job', {}), 500);

  protected override render(): TemplateResult {
    const log = this.log.value;
    if (!log) return this.hint('ui.job.before');
    const training = this.session.status === 'training';
    return html`${this.hint('ui.job.intro')}
      <label>
        <code>python train.py</code>
        <input
          type="text"
          spellcheck="false"
          aria-label=${this.t('ui.job.arguments')}
          .value=${this.command}
          @input=${(event: Event) => (this.command = inputOf(event).value)}
        />
      </label>
      <button type="button" class="primary" ?disabled=${training} @click=${() => this.start()}>
        ${this.t('ui.job.start')}
      </button>
      ${this.wrong ? html`<p class="error" role="alert">${this.wrong}</p>` : nothing}
      <h4>${this.t('ui.job.channels')}</h4>
      <ul>
        <li>
          <code>/opt/ml/input/data/train/</code>
          ${this.t('ui.job.rows', { rows: this.count(log.train_rows) })}
        </li>
        <li>
          <code>/opt/ml/input/data/validation/</code>
          ${this.t('ui.job.rows', { rows: this.count(log.valid_rows) })}
        </li>
        <li><code>/opt/ml/model/model.txt</code> ${this.t('ui.job.model')}</li>
      </ul>
      <h4>${this.t('ui.job.log')}</h4>
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.job.log')}>
        <table ${stacking()}>
          <thead>
            <tr>
              <th scope="col" class="left">${this.t('ui.job.line')}</th>
              <th scope="col" class="left">${this.t('ui.job.means')}</th>
            </tr>
          </thead>
          <tbody>
            ${log.lines.map(
              ({ key, text }, index) =>
                html`<tr>
                  <td class="left"><code>${text}</code></td>
                  <td class="left">${this.meaning(log, key, index)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <button type="button" ?disabled=${log.rounds === 0 || training} @click=${() => this.save()}>
        ${this.t('ui.job.save')}
      </button>`;
  }

  /** Each kind of line is explained where it first stands. */
  private meaning({ lines }: JobLog, key: string, index: number): string {
    return lines.findIndex((line) => line.key === key) === index ? this.t(`ui.job.lines.${key}`) : '';
  }

  /** Arguments as settings; what is no setting of the lesson is told and nothing is started. */
  private read(): Settings | null {
    const words = this.command.trim().split(/\s+/).filter(Boolean);
    const changes: Settings = {};
    for (let at = 0; at < words.length; at += 2) {
      const [name, value] = [words[at]!, words[at + 1]];
      const bare = name.replace(/^--/, '').replaceAll('-', '_');
      const setting = ALIASES.get(bare) ?? bare;
      const control = this.session.controls.find((one) => one.name === setting);
      if (!name.startsWith('--') || value === undefined || !control) {
        this.wrong = this.t('ui.job.wrong', { argument: name });
        return null;
      }
      const number = Number(value);
      changes[setting] = control.type === 'choice' || Number.isNaN(number) ? value : number;
    }
    this.wrong = '';
    return changes;
  }

  private start(): void {
    const changes = this.read();
    if (!changes) return;
    const { session } = this;
    session
      .changeSettings(changes)
      .then(() => session.start())
      .catch((thrown: unknown) => session.report(thrown));
  }

  private save(): void {
    this.archive().catch((thrown: unknown) => this.session.report(thrown));
  }

  private async archive(): Promise<void> {
    const model = await this.session.request('exportModel', { format: 'lightgbm' });
    const tar = tarOf([{ name: 'model.txt', bytes: model }]);
    const packed = new Blob([tar]).stream().pipeThrough(new CompressionStream('gzip'));
    download('model.tar.gz', await new Response(packed).blob(), 'application/gzip');
  }
}

define('ember-training-job', EmberTrainingJob);
