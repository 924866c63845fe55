/** The lessons that are there. */
export const LESSONS: readonly string[] = ['iris', 'vision', 'boosting'];
