/** Who is told of what: the session speaks by topic, the parts of the lab listen to those they show. */

/** What may have changed. */
export type Topic =
  'status' | 'opened' | 'progress' | 'runs' | 'notices' | 'goals' | 'words' | 'level' | 'wanted';

/** Listeners by topic. */
export class Topics {
  private readonly listeners = new Map<Topic, Set<() => void>>();

  /** Calls `listener` whenever one of the topics is announced; returns what ends that. */
  listen(topics: readonly Topic[], listener: () => void): () => void {
    for (const topic of topics) this.of(topic).add(listener);
    return () => topics.forEach((topic) => this.of(topic).delete(listener));
  }

  /** Tells the listeners of the topics; one who listens to several is told once. */
  announce(...topics: Topic[]): void {
    const told = new Set<() => void>();
    for (const topic of topics) for (const listener of this.of(topic)) told.add(listener);
    for (const listener of told) listener();
  }

  private of(topic: Topic): Set<() => void> {
    let listeners = this.listeners.get(topic);
    if (!listeners) this.listeners.set(topic, (listeners = new Set()));
    return listeners;
  }
}
