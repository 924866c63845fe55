/** What stands below the picture of a graph: it comes behind the picture, which a page may show first. */

import './graph_attention.js';
import './graph_list.js';
import './graph_matrix.js';
import './hand_tools.js';
import './train_on.js';
import './train_on_hand.js';
