/** Where the time of a run goes. */

/** Cases that are named as the slowest. */
const NAMED = 10;

/** The seconds that cases took, with the lane and the browser of each. */
export class Times {
  #entries = [];

  add(lane, browser, name, seconds) {
    this.#entries.push({ lane, browser, name, seconds });
  }

  /** The time by lane and by browser, and the slowest cases, line by line; nothing when no case ran in a browser. */
  lines() {
    const timed = this.#entries.filter(({ browser }) => browser);
    if (timed.length === 0) return [];
    const slowest = timed.toSorted((one, other) => other.seconds - one.seconds).slice(0, NAMED);
    return [
      ...sums(timed, ({ lane }) => `lane ${lane}`),
      ...sums(timed, ({ browser }) => browser),
      'the slowest cases:',
      ...slowest.map(({ browser, name, seconds }) => `${inSeconds(seconds)}  ${browser}: ${name}`),
    ];
  }
}

/** A line for each group, in the order of their names: its seconds and how many cases they were. */
function sums(entries, nameOf) {
  return [...new Set(entries.map(nameOf))].sort().map((name) => {
    const group = entries.filter((entry) => nameOf(entry) === name);
    const seconds = group.reduce((sum, entry) => sum + entry.seconds, 0);
    return `${inSeconds(seconds)}  ${name}, ${group.length} cases`;
  });
}

const inSeconds = (seconds) => `${seconds.toFixed(1).padStart(7)} s`;
