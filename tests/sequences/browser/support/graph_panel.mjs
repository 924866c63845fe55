/** The panel in which a history and its graph are in the reader's hand. */

const [PART, ROW, PICTURE] = ['ember-history-graph', 'ember-history-row', 'ember-graph-picture'];

export class GraphPanel {
  /** Selectors of what stands in it. */
  static PART = PART;
  static TOOLS = 'ember-hand-tools';
  static NEXT = 'ember-graph-next';
  static ATTENTION = 'ember-graph-attention';
  static PICTURE = PICTURE;

  #page;
  #t;

  constructor(page, t) {
    this.#page = page;
    this.#t = t;
  }

  /** Opens it, and waits until a history is in hand; `t` gives the words of the page's language. */
  static async open(page, t) {
    await page.openTab(t('ui.inside.graph'), 'ember-inside');
    await page.show(PART);
    await page.waitForCount(1, 'button', t('ui.graph.undo'), GraphPanel.TOOLS);
    return new GraphPanel(page, t);
  }

  /** Names of the steps, the oldest first. */
  steps() {
    return this.#page.names('button', ROW);
  }

  /** Titles of the steps: a name is "2: Strawberry". */
  async titles() {
    return (await this.steps()).map((name) => name.slice(name.indexOf(': ') + 2));
  }

  /** Names of the nodes. */
  nodes() {
    return this.#page.names('button', PICTURE);
  }

  /** Chooses a step, from 0. */
  async choose(step) {
    await this.#page.click('button', (await this.steps())[step], ROW);
  }

  /** Chooses the first node whose name holds a text, or takes it away where a click does, and gives its name. */
  async node(part) {
    const name = (await this.nodes()).find((known) => known.includes(part));
    await this.#page.click('button', name, PICTURE);
    return name;
  }

  /** Uses a tool by the name of its words, such as `undo`. */
  async use(tool) {
    await this.#page.click('button', this.#t(`ui.graph.${tool}`), GraphPanel.TOOLS);
    await this.#page.settled();
  }

  /** How many nodes and edges the graph has, by what a screen reader is told of its picture. */
  async waitForSize({ nodes, edges }) {
    const count = (number) => number.toLocaleString('en');
    const name = this.#t('ui.graph.picture', { nodes: count(nodes.length), edges: count(edges.length) });
    await this.#page.waitForCount(1, 'group', name, PICTURE);
  }
}
