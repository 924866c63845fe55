/** `<ember-filter-bench>`: a 3×3 filter to type on a picture, what it makes of it, and the nine products behind each pixel. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { PictureInput } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { failureText } from '../../lab/failure_text.js';
import './filter_editor.js';
import type { FilterChange } from './filter_editor.js';
import './filter_pictures.js';
import { FILTER_SETTINGS, FilterSettings, ORIENTATIONS } from './filter_settings.js';
import { askForFilter, type Filtered, type FilterQuestion } from './filtered.js';
import type { Orientation } from '../../generated/vision.js';
import { FILTERS } from './filters.js';
import '../../kit/help.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import '../../looks/pictures/picture_source.js';
import type { PicturesTaken } from '../../looks/pictures/picture_source.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

export class EmberFilterBench extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      fieldset {
        border: 0;
        margin: 0.75rem 0;
        padding: 0;
        min-width: 0;
      }
      .head {
        position: relative;
        display: flex;
        gap: 0.25rem;
        align-items: center;
      }
      .name {
        font-weight: 600;
        font-size: 0.9375rem;
      }
      .choices {
        gap: 0 1.25rem;
      }
      h4 {
        margin-top: 1.25rem;
      }
    `,
  ];

  /** The reader's own picture, grey and no larger than the worker has made it. */
  @state() private own: { name: string; image: ImageData } | null = null;
  /** Why a picture of the reader's could not be used. */
  @state() private problem: { thrown: unknown } | null = null;
  @state() private busy = false;

  private readonly settings = new FilterSettings(this);
  private readonly answer = new LiveAnswer<Filtered>(
    this,
    () => {
      const { question } = this.settings;
      return question && askForFilter(this.session, question, this.own ? [this.own] : []);
    },
    // A frame: what is typed is seen at once.
    16,
  );

  protected override render(): TemplateResult {
    const { question } = this.settings;
    if (!question) return this.hint('ui.filter_bench.before');
    const filtered = this.answer.value;
    const { failure } = this.answer;
    return html`${this.hint('ui.filter_bench.intro')}
      <ember-filter-editor
        .filter=${question.filter}
        .weight=${question.weight}
        .language=${this.language}
        ?fixedFilter=${this.isLocked('filter')}
        ?fixedWeight=${this.isLocked('weight')}
        @filter-change=${({ detail }: FilterChange) => this.change(detail)}
      ></ember-filter-editor>
      ${this.orientationChoice(question.orientation)}
      ${failure ? html`<p class="error" role="alert">${failureText(this.language, failure)}</p>` : nothing}
      ${
        filtered
          ? html`<ember-filter-pictures
              .filtered=${filtered}
              .name=${this.own?.name ?? this.t('ui.filter_bench.ascent')}
              .language=${this.language}
            ></ember-filter-pictures>`
          : this.hint('ui.filter_bench.before')
      }
      ${this.ownPicture()}`;
  }

  private orientationChoice(chosen: Orientation): TemplateResult | typeof nothing {
    const setting = FILTER_SETTINGS.orientation;
    if (this.session.options.hide.includes(setting)) return nothing;
    const name = this.t(`controls.${setting}.label`);
    return html`<fieldset ?disabled=${this.isLocked('orientation')}>
      <legend class="visually-hidden">${name}</legend>
      <div class="head">
        <span class="name" aria-hidden="true">${name}</span>
        <ember-help
          .name=${name}
          .text=${this.t(`controls.${setting}.help`)}
          .language=${this.language}
        ></ember-help>
      </div>
      <div class="row choices">
        ${ORIENTATIONS.map(
          (orientation) =>
            html`<label class="choice"
              ><input
                type="radio"
                name="orientation"
                .checked=${orientation === chosen}
                @change=${() => this.change({ orientation })}
              />${this.t(`controls.${setting}.options.${orientation}`)}</label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  /** Whether the page's author has fixed a part of the filter. */
  private isLocked(part: keyof FilterQuestion): boolean {
    return this.session.options.lock.includes(FILTER_SETTINGS[part]);
  }

  private ownPicture(): TemplateResult {
    return html`<h4>${this.t('ui.filter_bench.own')}</h4>
      ${this.hint('ui.filter_bench.own_help')}
      <ember-picture-source
        label=${this.t('ui.filter_bench.choose')}
        .language=${this.language}
        camera
        ?disabled=${this.busy}
        @pictures-taken=${(event: PicturesTaken) => void this.take(event.detail[0]!)}
      ></ember-picture-source>
      <div role="status">
        ${
          this.problem
            ? html`<p class="error">${failureText(this.language, this.problem.thrown)}</p>`
            : nothing
        }
      </div>
      <button type="button" ?disabled=${!this.own} @click=${() => this.use(null)}>
        ${this.t('ui.filter_bench.back')}
      </button>`;
  }

  /** Has the worker read a picture once; from then on it is sent as the grey bytes that came back. */
  private async take(input: PictureInput): Promise<void> {
    this.busy = true;
    this.problem = null;
    try {
      const identity = { filter: FILTERS['identity']!, weight: 1, orientation: 'corrected' } as const;
      const { original } = await askForFilter(this.session, identity, [input]);
      this.use({ name: input.name, image: original });
    } catch (thrown) {
      this.problem = { thrown };
    }
    this.busy = false;
  }

  private use(own: { name: string; image: ImageData } | null): void {
    this.own = own;
    this.problem = null;
    this.answer.refresh();
  }

  private change(changes: Partial<FilterQuestion>): void {
    this.settings.change(changes);
    this.requestUpdate();
    this.answer.refresh();
  }
}

define('ember-filter-bench', EmberFilterBench);
