/** `<ember-made-world>`: a made world to set up, what it looks like, and what the model found of it. */

import { css, html, nothing, type TemplateResult } from 'lit';
import '../../kit/chart/chart.js';
import type { PlotContent } from '../../kit/chart/plot-spec.js';
import { framedCellGuide } from '../../kit/cells.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Settings } from '../../engine/protocol.js';
import type { Topic } from '../../lab/topics.js';
import type { Found, MadeWorld } from '../../generated/movies.js';
import { verdict, WORLDS } from './worlds.js';

const INTERVAL_MS = 1000;

export class EmberMadeWorld extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      .row {
        margin-bottom: 0.75rem;
      }
      .pictures {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
        gap: 1rem;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.25rem 1rem;
        margin: 0 0 0.75rem;
      }
      dd {
        margin: 0;
      }
    `,
  ];

  private readonly answer = new LiveAnswer<MadeWorld>(
    this,
    () => this.session.inspect('movies', 'world', {}),
    INTERVAL_MS,
  );

  protected override render(): TemplateResult {
    const world = this.answer.value;
    return html`${this.hint('ui.world.intro')} ${this.wizard()}
    ${world ? html`${this.pictures(world)} ${this.found(world)}` : this.hint('ui.world.before')}`;
  }

  /** Buttons that make another world; what each sets is told beside it. */
  private wizard(): TemplateResult {
    const settings = this.session.opened?.settings ?? {};
    const chosen = Object.entries(WORLDS).find(([, values]) =>
      Object.entries(values).every(([name, value]) => settings[name] === value),
    )?.[0];
    return html`<div class="row" role="group" aria-label=${this.t('ui.world.worlds')}>
        ${Object.entries(WORLDS).map(([name, values]) => this.world(name, values, name === chosen))}
      </div>
      <p class="muted" role="status">${this.t(`ui.world.about.${chosen ?? 'own'}`)}</p>`;
  }

  private world(name: string, values: Settings, chosen: boolean): TemplateResult {
    return html`<button
      type="button"
      aria-pressed=${chosen ? 'true' : 'false'}
      @click=${() => void this.session.changeSettings(values).catch(() => undefined)}
    >
      ${this.t(`ui.world.names.${name}`)}
    </button>`;
  }

  private pictures(world: MadeWorld): TemplateResult {
    return html`<div class="pictures">
      ${this.picture(world, 'truth', world.truth)} ${this.picture(world, 'rated', world.rated)}
    </div>`;
  }

  private picture(
    world: MadeWorld,
    which: 'truth' | 'rated',
    values: readonly (number | null)[],
  ): TemplateResult {
    const taste = (index: number | undefined): string =>
      world.tastes === 0
        ? this.t('ui.world.no_taste')
        : this.t('ui.world.taste', { number: this.count((index ?? 0) + 1) });
    const rows = world.user_tastes.map((_, row) => row);
    const columns = world.film_tastes.length;
    const content: PlotContent = {
      kind: 'heatmap',
      rows: rows.length,
      columns,
      values: [...values],
      row_labels: world.user_tastes.map((index) => taste(index)),
      column_labels: [],
      scale: 'sequential',
      range: [0.5, 5],
      x_label: this.t('ui.world.films'),
      y_label: this.t('ui.world.users'),
      legend_label: this.t('ui.world.stars'),
    };
    return html`<div>
      <h4>${this.t(`ui.world.pictures.${which}`)}</h4>
      <ember-chart
        .content=${content}
        .guide=${framedCellGuide(rows, columns, (row, column) => {
          const value = values[row * columns + column];
          return {
            title: this.t('ui.world.cell', {
              user: taste(world.user_tastes[row]),
              film: taste(world.film_tastes[column]),
            }),
            entries: [
              {
                label: this.t('ui.world.stars'),
                value: typeof value === 'number' ? this.number(value, 2) : this.t('ui.world.not_rated'),
              },
            ],
          };
        })}
        .base=${this.session.base}
        .language=${this.language}
        height="360"
        label=${this.t(`ui.world.pictures.${which}`)}
        name="movies-world-${which}"
      ></ember-chart>
    </div>`;
  }

  private found(world: MadeWorld): TemplateResult {
    const { found } = world;
    return html`<h4>${this.t('ui.world.recovered')}</h4>
      <p>
        ${this.t('ui.world.hidden', {
          floor: this.number(world.noise_floor, 2),
          spread: this.number(world.taste_spread, 2),
          ratings: this.number(world.ratings_per_user, 3),
        })}
      </p>
      ${
        found
          ? html`<p role="status"><b>${this.t(`ui.world.verdicts.${verdict(world.tastes, found)}`)}</b></p>
              ${this.figures(found)}`
          : this.hint('ui.world.untrained')
      }`;
  }

  private figures(found: Found): TemplateResult {
    const lines: [string, number | null][] = [
      ['taste', found.taste],
      ['popularity', found.popularity],
      ['user_vectors', found.user_vectors],
      ['film_vectors', found.film_vectors],
      ['truth_rmse', found.truth_rmse],
    ];
    return html`<dl>
      ${lines.map(([name, value]) =>
        value === null
          ? nothing
          : html`<dt>${this.t(`ui.world.figures.${name}`)}</dt>
              <dd>${this.number(value, 2)}</dd>`,
      )}
    </dl>`;
  }
}

define('ember-made-world', EmberMadeWorld);
