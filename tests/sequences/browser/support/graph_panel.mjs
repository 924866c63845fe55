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
  async use(tool, fill) {
    await this.#page.click('button', this.#t(`ui.graph.${tool}`, fill), GraphPanel.TOOLS);
    await this.#page.settled();
  }

  /** Takes `image` or `text` from all steps. */
  without(channel) {
    return this.use('without', { what: this.#t(`ui.graph.what.all.${channel}`) });
  }

  /** Chooses among the ways to see and to touch the graph, such as `views.matrix` or `take_away`. */
  async choice(key) {
    await this.#page.click('radio', this.#t(`ui.graph.${key}`), PART);
  }

  /** Finds an item by its title in a search, `add` or `set_next`. */
  async find(search, title) {
    await this.#page.click('combobox', this.#t(`ui.graph.${search}`), PART);
    await this.#page.type(title);
    await this.#page.press('Enter');
    await this.#page.settled();
  }

  /** Waits until the next item has a rank, which may be said beside the one before the changes. */
  async waitForRank({ next }, before, items) {
    const [now, then] = [next.rank, before.next.rank].map((rank) => rank.toLocaleString('en'));
    const rank = now === then ? now : this.#t('ui.graph.from_to', { from: then, to: now });
    await this.#page.waitForText(this.#t('ui.graph.rank_of', { rank, of: items }), GraphPanel.NEXT);
  }

  /** How many nodes and edges the graph has, by what a screen reader is told of its picture. */
  async waitForSize({ nodes, edges }) {
    const count = (number) => number.toLocaleString('en');
    const name = this.#t('ui.graph.picture', { nodes: count(nodes.length), edges: count(edges.length) });
    await this.#page.waitForCount(1, 'group', name, PICTURE);
  }
}
