/**
 * The cover's curve comes alive: the first lesson's network learns, and its own loss takes the place of the one drawn
 * before. It begins by itself where motion is allowed, once the page is idle and the curve in view; else by a button.
 * Nothing of it is fetched before, and nothing is computed while nobody looks.
 */

import type { EmberLab } from '../embed.js';
import { isRecord } from '../engine/json.js';
import { whenIdle } from '../kit/idle.js';
import { lineOf, placeOf } from './curve.js';

/** Steps between two pictures of the curve, and the time they are given: a run is watched for some seconds. */
const STEPS = 16;
const PAUSE_MS = 60;
/** The page is idle at the latest after this. */
const LATEST_MS = 3_000;
/** Steps that a point of the training curve is the mean of: single minibatches are noise. */
const SPAN = 32;

const opening = document.querySelector<HTMLElement>('[data-alive]');
if (opening) bringAlive(opening);

function bringAlive(place: HTMLElement): void {
  const [run, again] = ['run', 'again'].map((name) => place.querySelector(`button[data-learn="${name}"]`));
  let seed = 1;
  let lab: EmberLab | null = null;
  const learn = (): void => {
    for (const button of [run, again]) button?.toggleAttribute('hidden', true);
    void (async () => {
      lab ??= await openLab(place);
      lab.seed = seed;
      await lab.reset();
      await watch(place, lab);
      seed += 1;
      again?.toggleAttribute('hidden', false);
    })().catch(() => say(place, 'still'));
  };
  run?.addEventListener('click', learn);
  again?.addEventListener('click', learn);
  if (!matchMedia('(prefers-reduced-motion: no-preference)').matches) {
    run?.toggleAttribute('hidden', false);
    return;
  }
  whenIdle(() => void inView(place).then(learn), LATEST_MS);
}

/** A lab without anything to see: its events and answers are all that is wanted. */
async function openLab(place: HTMLElement): Promise<EmberLab> {
  await import(new URL('../embed.js', import.meta.url).href);
  const lab: HTMLElement = document.createElement('ember-lab');
  lab.setAttribute('lesson', place.dataset['alive']!);
  lab.setAttribute('figure', 'charts');
  lab.setAttribute('load', 'eager');
  lab.hidden = true;
  place.append(lab);
  if (!isLab(lab)) throw new Error('embed.js has made no lab of the element');
  await lab.ready;
  return lab;
}

function isLab(element: HTMLElement): element is EmberLab {
  return 'ready' in element;
}

/** Trains step by step and draws what has been learned; waits while nobody looks. */
async function watch(place: HTMLElement, lab: EmberLab): Promise<void> {
  const curves = [...place.querySelectorAll('path[data-curve]')];
  const end = place.querySelector('[data-curve="test"]');
  let steps = 1;
  const onProgress = (event: Event): void => {
    const detail: unknown = event instanceof CustomEvent ? event.detail : null;
    if (!isRecord(detail)) return;
    steps = Number(detail['totalSteps']);
    place.querySelector('[data-epoch]')!.textContent = String(detail['epoch']);
  };
  lab.addEventListener('ember-progress', onProgress);
  end?.toggleAttribute('hidden', true);
  say(place, 'now');
  try {
    while (lab.status !== 'done') {
      await inView(place);
      await lab.step(STEPS);
      const history = await lab.history();
      for (const curve of curves)
        curve.setAttribute('d', lineOf(history, curve.getAttribute('data-curve')!, steps, SPAN));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  } finally {
    lab.removeEventListener('ember-progress', onProgress);
  }
  const { loss, accuracy, rows } = await lab.evaluate('test');
  if (typeof loss === 'number' && end) {
    const [x, y] = placeOf(steps, steps, loss);
    end.setAttribute('cx', String(x));
    end.setAttribute('cy', String(y));
    end.toggleAttribute('hidden', false);
  }
  place.querySelector('[data-right]')!.textContent = `${Math.round(Number(accuracy) * Number(rows))}/${rows}`;
  say(place, 'done');
}

/** Shows one of the sentences that stand there. */
function say(place: HTMLElement, which: string): void {
  for (const said of place.querySelectorAll<HTMLElement>('[data-said]'))
    said.hidden = said.dataset['said'] !== which;
}

/** Resolves when the element is in view on a page that is seen. */
function inView(element: Element): Promise<void> {
  return new Promise((resolve) => {
    let isIn = false;
    const tell = (): void => {
      if (!isIn || document.hidden) return;
      observer.disconnect();
      document.removeEventListener('visibilitychange', tell);
      resolve();
    };
    const observer = new IntersectionObserver((entries) => {
      isIn = entries.at(-1)!.isIntersecting;
      tell();
    });
    observer.observe(element);
    document.addEventListener('visibilitychange', tell);
  });
}
