/** The boosting lesson. */

import { address } from '../../../browser/support/lessons.mjs';

/** The address of the lesson with settings. */
export const boosting = (parameters) => address('boosting', parameters);
