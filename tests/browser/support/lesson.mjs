/** What several tests share of the iris lesson. */

export const EVERYWHERE = ['chromium', 'firefox', 'webkit'];

/** The default run: 120 training rows in minibatches of 16 are 8 steps an epoch, for 150 epochs. */
export const STEPS_PER_EPOCH = 8;
export const TOTAL_STEPS = 1200;

/** A run long enough to be interrupted in the middle on any machine: 16,000 steps. */
export const LONG_RUN = { epochs: 2000, eval_steps: 500 };
export const LONG_STEPS = 16_000;

/** Parts to hide where only the methods are used, so that nothing is drawn. */
export const ALL_PARTS =
  'story,data,model,settings,run,charts,inside,predict,judgement,mistakes,experiments,goals,code,export,share';

/** The address of the lesson with settings: `{lang: 'en', seed: 3}`. */
export function lesson(parameters = {}) {
  return `iris/?${new URLSearchParams({ lang: 'en', ...parameters })}`;
}

/** The address of the vision lesson with settings. */
export function vision(parameters = {}) {
  return `vision/?${new URLSearchParams({ lang: 'en', ...parameters })}`;
}

/** The address of the boosting lesson with settings. */
export function boosting(parameters = {}) {
  return `boosting/?${new URLSearchParams({ lang: 'en', ...parameters })}`;
}

/** A small network on few digits: a few seconds in any browser. */
export const FEW_DIGITS = { task: 'mnist', filters: '4', dense_units: '32', train_size: '2000', epochs: '4' };

/** Waits, in the page, until a run under way has come to a step; the lab trains on meanwhile. */
export function waitForStep(page, step, selector = 'ember-lab') {
  return page.waitFor(
    `step ${step}`,
    async (selector, step) => ((await document.querySelector(selector).history()).at(-1)?.step ?? -1) >= step,
    selector,
    step,
  );
}
