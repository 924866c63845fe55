/** Work that waits until somebody is about to see it, or until the page has nothing better to do. */

/** Calls `work` once: when `element` is a screen away from being seen. What is returned gives it up. */
export function whenNear(element: Element, work: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.at(-1)!.isIntersecting) return;
      observer.disconnect();
      work();
    },
    { rootMargin: '100% 0px' },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

/** Calls `work` when the page is idle, `latest` ms from now at the latest. */
export function whenIdle(work: () => void, latest: number): void {
  // WebKit has no idle callbacks.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: latest });
  else setTimeout(work, Math.min(latest, 200));
}
