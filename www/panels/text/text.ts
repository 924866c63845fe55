/**
 * The living text of a lesson's page: its figures, handles and values act on the page's one lab, and names of settings
 * lead to them. Only those of the language shown are bound; the others draw nothing.
 */

import type { LabSession } from '../../lab/session.js';
import type { LessonEntry } from '../lesson_entry.js';
import { EmberDock } from './dock.js';
import { EmberFigure } from './figure.js';
import { EmberHandle } from './handle.js';
import { EmberValue } from './value.js';
import { WayToLab } from '../workbench/way_to_lab.js';

const LIVING = 'ember-figure, ember-handle, ember-value';

/** Binds the elements of a page to the lab in it; what is returned releases them. */
export function bindText(lab: Element, session: LabSession, entry: LessonEntry): () => void {
  const dock = new EmberDock();
  dock.session = session;
  const bind = (): void => {
    for (const element of document.querySelectorAll(LIVING)) {
      const shown = element.closest<HTMLElement>('[lang]')?.lang.startsWith(session.language.code);
      if (!shown) continue;
      if (element instanceof EmberFigure) {
        const front = element.matches('h1 ~ figure:not(h2 ~ figure) *');
        Object.assign(element, { entry, dock, front });
      }
      if (element instanceof EmberFigure || element instanceof EmberHandle || element instanceof EmberValue) {
        element.session = session;
      }
    }
  };
  bind();
  document.body.append(dock);
  dock.watch(lab);
  const way = new WayToLab(lab, session);
  const stop = session.topics.listen(['words'], bind);
  // As the link would: to the lab, with a way back. Firefox goes there later, and would take the focus along.
  const onClick = (event: MouseEvent): void => {
    const { target, ctrlKey, metaKey, shiftKey } = event;
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[data-setting]') : null;
    if (!link || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    history.pushState(history.state, '', link.hash);
    document.getElementById(link.hash.slice(1))?.scrollIntoView();
    session.want(link.dataset['setting']!);
  };
  document.addEventListener('click', onClick);
  return () => {
    stop();
    document.removeEventListener('click', onClick);
    dock.remove();
    way.end();
  };
}
