/**
 * When a page has come to rest. `installSettling` is sent along with every function that is evaluated in a page, after
 * `installHelpers`, so it stands alone: it may use nothing of this file but itself.
 *
 * A reader looks at what a page shows once it has stopped changing, and clicks what stands still. It offers
 * `emberTest.settled` and `emberTest.aim`.
 */
export function installSettling() {
  if (emberTest.settled) return;
  const later = globalThis.emberWork?.later ?? setTimeout;
  /** A page in a tab behind others draws no frames. */
  const FRAME_AT_THE_LATEST_MS = 250;
  /** Frames without a change that are rest: what is seen, or has another size, is told to the page a frame later. */
  const FRAMES_OF_REST = 3;

  const frame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
      later(resolve, FRAME_AT_THE_LATEST_MS);
    });

  /** What is still on its way to the screen, in words. */
  function pending() {
    const found = [];
    if (document.readyState !== 'complete') found.push('the document');
    // What acts on a lab gets its script when the lab is opened.
    const labs = [...document.querySelectorAll('ember-lab:defined')];
    const isIdle = labs.length > 0 && labs.every(({ status }) => status === 'idle');
    for (const element of emberTest.elements(document)) {
      const { localName } = element;
      if (localName === 'img' && !element.complete && element.loading !== 'lazy') found.push('a picture');
      if (!localName.includes('-')) continue;
      const isBound = ['ember-handle', 'ember-value', 'ember-figure'].includes(localName);
      if (!element.matches(':defined') && !(isIdle && isBound)) found.push(`the script of <${localName}>`);
      if (element.isUpdatePending) found.push(`an update of <${localName}>`);
      if (localName === 'ember-lab' && element.status === 'loading') found.push('the lab to open');
    }
    // A run that trains brings news without end; what it has drawn so far is what a reader sees.
    const work = globalThis.emberWork;
    if (work && !work.trains()) found.push(...work.pending());
    return found;
  }

  /** Waits until nothing is on its way; gives what still is when the time is over. */
  async function settled(limit) {
    const end = performance.now() + limit;
    for (let rest = 0; rest < FRAMES_OF_REST;) {
      await frame();
      const found = pending();
      rest = found.length === 0 ? rest + 1 : 0;
      if (found.length > 0 && performance.now() > end) return [...new Set(found)];
    }
    return [];
  }

  /** The element of a role and a name, once a reader could use it; throws with what stands in the way. */
  function usable(role, named, within) {
    const element = emberTest.one(role, named, within);
    if (element.matches(':disabled') || element.getAttribute('aria-disabled') === 'true')
      throw new Error(`the ${role} "${emberTest.name(element)}" is disabled`);
    return element;
  }

  /**
   * Brings an element into view, waits until it stands still with nothing over it, and gives the place to click.
   * From then on `emberTest.landed` tells what the next click has hit.
   */
  async function aim(role, named, within) {
    let place;
    for (let looks = 0; ; looks += 1) {
      const before = place;
      place = emberTest.place(usable(role, named, within));
      if (before?.x === place.x && before.y === place.y) break;
      if (looks > 20) throw new Error(`the ${role} "${named}" does not stand still`);
      // What comes into view fetches what it shows, and moves what stands below it.
      const late = await settled(5000);
      if (late.length > 0) throw new Error(`the page waits for ${late.join(', ')}`);
    }
    const element = usable(role, named, within);
    const landing = (globalThis.emberLanding = {});
    const accepted = [element, ...(element.labels ?? [])];
    addEventListener(
      'click',
      (event) => {
        if (globalThis.emberLanding !== landing) return;
        const path = event.composedPath();
        if (accepted.some((one) => path.includes(one))) return void (landing.hit = 'it');
        // It has moved away under the pointer: what came in its place must not be set off.
        event.preventDefault();
        event.stopImmediatePropagation();
        const other = path.find((node) => node.matches?.('a, button, input, select, textarea, summary'));
        landing.hit = other ? `"${emberTest.name(other)}"` : 'nothing';
      },
      { capture: true, once: true },
    );
    return emberTest.place(element);
  }

  /** What the click after `aim` has hit: `it`, `nothing`, or another element by its name; `it` too in a page that it led to. */
  async function landed() {
    const landing = globalThis.emberLanding;
    if (!landing) return 'it';
    for (let looks = 0; !landing.hit && looks < 20; looks += 1) await new Promise((done) => later(done, 50));
    globalThis.emberLanding = null;
    return landing.hit ?? 'nothing';
  }

  Object.assign(emberTest, { settled, usable, aim, landed, frame });
}
