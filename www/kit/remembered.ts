/** What a reader has chosen once for all labs, such as the language of programs; kept in this browser alone. */

/** What was chosen; null also where the browser refuses storage. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`emberbook.${key}`);
  } catch {
    return null;
  }
}

/** Keeps a choice for the next page; without storage it holds for this one only. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`emberbook.${key}`, value);
  } catch {
    return;
  }
}
