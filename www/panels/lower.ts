/** The panels that stand below the first screens: fetched when the lab is drawn, so that the first step does not wait. */

import './code/code.js';
import './experiments/experiments.js';
import './export/export.js';
import './mistakes/mistakes.js';
import './share/share.js';
