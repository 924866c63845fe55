/** Choices of how a page is seen, kept for the next one where the browser allows it; nothing of them leaves the machine. */

/** What was chosen before; null also where the browser refuses storage. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`emberbook.${key}`);
  } catch {
    return null;
  }
}

/** Keeps a choice; without storage it holds for this page only. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`emberbook.${key}`, value);
  } catch {
    return;
  }
}
