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
  // The link itself leads to the lab, and its way back to where one was reading.
  const onClick = ({ target }: Event): void => {
    const link = target instanceof Element ? target.closest<HTMLElement>('a[data-setting]') : null;
    // After the browser has gone where the link leads: it takes the focus along.
    if (link) setTimeout(() => session.want(link.dataset['setting']!));
  };
  document.addEventListener('click', onClick);
  return () => {
    stop();
    document.removeEventListener('click', onClick);
    dock.remove();
    way.end();
  };
}
