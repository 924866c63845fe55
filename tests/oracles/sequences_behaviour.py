"""How the sequences of the lesson are made, and the best that anything could predict of them.

Written before any model had seen such a sequence; the constants and the reason for each are in
data/sequences/behaviour.json. The lesson has the same rules in Rust with its own generator: what is equal is the
distribution, not the sequences.

    pip install numpy==2.4.6 pillow==13.0.0
    python tests/oracles/sequences_behaviour.py calibrate     the three utilities at which each signal halves the choice
    python tests/oracles/sequences_behaviour.py ceilings      the tables of data/sequences/README.md
    python tests/oracles/sequences_behaviour.py write         tests/fixtures/sequences_behaviour.json

The rule. A user looks at all 360 items and takes i with the probability

    p(i) = (1 - noise) softmax(U)(i) + noise / 360

of a multinomial logit (McFadden 1974), where h_1 is the item last taken, h_2 the one before, and so on:

    U(i) =  taste of the user for the group of i, N(0, group_taste^2), and for its subgroup, N(0, subgroup_taste^2)
         -  popularity_exponent * ln(popularity rank of i)                                       Zipf's law
         +  order_strength * order_utility * [subgroup of i is a successor of the subgroup of h_1]
         +  image_strength * image_utility * look(h_1, i)
         +  text_strength  * text_utility  * mean of word(h_k, i) over k = 1..min(text_memory, length)
         +  repeat_utility * [i was taken before]
         +  cold_utility   * [i is cold and the place is not among those held out]

Looks are remembered for one step and words for several, as the document supposes. The first item has no h_1: the three
signals are 0 there. Drawn once for the world: the order of popularity (a permutation), the successors of each
subgroup (as many others as `successors`; if b is a successor of a then a is none of b, so that the order has a
direction), the cold items (at most one of a subgroup). A history has shortest_history items and one more with the
probability 1 - 1/(1 + mean_history - shortest_history) again and again, at most longest_history. Its last max(1, floor(0.2 length))
items are for testing, as many before them for validation; both are the places held out.

look(a, b): the cosine of the mean colours of the pictures over white in a grid of 4 by 4 (48 numbers, less their mean
over all items). word(a, b): n / (1 + n) for n tags or titles that both have, in Chinese or English: one in common says
much, a fifth little more. Both are 0 for an item and itself: nobody takes a thing because it resembles itself.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "data" / "sequences"
SIDE, COLUMNS = 32, 20
SIGNALS = ("order", "image", "text")
KNOBS = {
    "none": (0, 0, 0),
    "order": (1, 0, 0),
    "image": (0, 1, 0),
    "text": (0, 0, 1),
    "order, image": (1, 1, 0),
    "order, text": (1, 0, 1),
    "image, text": (0, 1, 1),
    "all": (1, 1, 1),
}


def read_items():
    with open(DATA / "items.tsv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def looks(items, grid):
    """The mean colours over white in cells of a grid, in 0..1."""
    sheet = np.asarray(Image.open(DATA / "emoji.png"), dtype=float) / 255
    features = []
    for index in range(len(items)):
        top, left = index // COLUMNS * SIDE, index % COLUMNS * SIDE
        cell = sheet[top : top + SIDE, left : left + SIDE]
        white = cell[:, :, :3] * cell[:, :, 3:] + 1 - cell[:, :, 3:]
        features.append(white.reshape(grid, SIDE // grid, grid, SIDE // grid, 3).mean((1, 3)).reshape(-1))
    return np.array(features)


def shared_words(items):
    """How many titles and tags, in both languages, each pair has in common: n / (1 + n); 0 on the diagonal."""
    sets = []
    for item in items:
        texts = [item["title_zh"], *item["tags_zh"].split("|"), item["title_en"], *item["tags_en"].split("|")]
        sets.append({text.lower() for text in texts if text})
    shared = np.array([[len(one & other) for other in sets] for one in sets], dtype=float)
    np.fill_diagonal(shared, 0)
    return shared / (1 + shared)


def cosines(features):
    """Cosines of all pairs; 0 on the diagonal and for a vector of zeros."""
    lengths = np.linalg.norm(features, axis=1, keepdims=True)
    unit = np.divide(features, lengths, out=np.zeros_like(features), where=lengths > 0)
    found = unit @ unit.T
    np.fill_diagonal(found, 0)
    return found


class World:
    def __init__(self, constants, seed=None):
        self.c = constants
        self.items = read_items()
        count = len(self.items)
        self.random = np.random.default_rng(constants["world_seed"] if seed is None else seed)
        names = lambda key: sorted({item[key] for item in self.items})
        self.groups, self.subgroups = names("group"), names("subgroup")
        self.group = np.array([self.groups.index(item["group"]) for item in self.items])
        self.subgroup = np.array([self.subgroups.index(item["subgroup"]) for item in self.items])
        raw = looks(self.items, constants["image_grid"])
        self.look = cosines(raw - raw.mean(0))
        self.word = shared_words(self.items)
        self.popularity = self.random.permutation(count)
        self.popular = -constants["popularity_exponent"] * np.log(1 + self.popularity)
        self.successor = self.draw_successors(constants["successors"])
        self.follows = self.successor[self.subgroup][:, self.subgroup].astype(float)
        self.cold = np.zeros(count, dtype=bool)
        for subgroup in self.random.permutation(len(self.subgroups))[: constants["cold_items"]]:
            self.cold[self.random.choice(np.flatnonzero(self.subgroup == subgroup))] = True

    def draw_successors(self, each):
        """Subgroup by subgroup in random order; one that already leads here is left out."""
        count = len(self.subgroups)
        found = np.zeros((count, count), dtype=bool)
        for subgroup in self.random.permutation(count):
            free = np.flatnonzero(~found[:, subgroup] & (np.arange(count) != subgroup))
            found[subgroup, self.random.choice(free, each, replace=False)] = True
        return found

    def lengths(self, users):
        more = self.random.geometric(1 / (1 + self.c["mean_history"] - self.c["shortest_history"]), users) - 1
        return np.minimum(self.c["shortest_history"] + more, self.c["longest_history"])

    def draw_tastes(self, users):
        """Of groups [users, 5] and of subgroups [users, 36], both in the order of their names."""
        by_group = self.random.normal(0, self.c["group_taste"], (users, len(self.groups)))
        return by_group, self.random.normal(0, self.c["subgroup_taste"], (users, len(self.subgroups)))

    def tastes(self, users):
        """What a user's taste gives each item."""
        by_group, by_subgroup = self.draw_tastes(users)
        return by_group[:, self.group] + by_subgroup[:, self.subgroup]

    def signals(self, taken, place):
        """What the three signals give each item where the items before `place` are taken: [3, users, items]."""
        found = np.zeros((3, len(taken), len(self.items)))
        if place > 0:
            found[0] = self.c["order_utility"] * self.follows[taken[:, place - 1]]
            found[1] = self.c["image_utility"] * self.look[taken[:, place - 1]]
            memory = range(max(0, place - self.c["text_memory"]), place)
            found[2] = self.c["text_utility"] * np.mean([self.word[taken[:, at]] for at in memory], axis=0)
        return found

    def common(self, taken, place, held_out):
        """Popularity, repeats and cold items."""
        found = np.tile(self.popular, (len(taken), 1))
        seen = np.zeros(found.shape, dtype=bool)
        for at in range(place):
            seen[np.arange(len(taken)), taken[:, at]] = True
        return found + self.c["repeat_utility"] * seen + self.c["cold_utility"] * (self.cold & ~held_out[:, None])

    def chances(self, utility):
        shifted = np.exp(utility - utility.max(-1, keepdims=True))
        soft = shifted / shifted.sum(-1, keepdims=True)
        return (1 - self.c["noise"]) * soft + self.c["noise"] / len(self.items)

    def test_count(self, lengths):
        return np.maximum(1, (self.c["held_out_share"] * lengths + 1e-9).astype(int))

    def make(self, users, knobs):
        """Histories and tastes: taken [users, longest], lengths, taste [users, items]."""
        lengths, taste = self.lengths(users), self.tastes(users)
        taken = np.zeros((users, lengths.max()), dtype=int)
        kept = lengths - 2 * self.test_count(lengths)
        for place in range(lengths.max()):
            on = np.flatnonzero(lengths > place)
            utility = taste[on] + self.common(taken[on], place, place >= kept[on])
            utility += np.tensordot(knobs, self.signals(taken[on], place), 1)
            chances = self.chances(utility).cumsum(1)
            drawn = (self.random.random((len(on), 1)) * chances[:, -1:] > chances).sum(1)
            taken[on, place] = drawn
        return taken, lengths, taste

    def held_out_chances(self, taken, lengths, taste, knobs, place):
        """Of users whose place `place` is for testing: their rows and the true chances of all items there."""
        on = np.flatnonzero((place < lengths) & (place >= lengths - self.test_count(lengths)))
        utility = taste[on] + self.common(taken[on], place, np.ones(len(on), dtype=bool))
        return on, self.chances(utility + np.tensordot(knobs, self.signals(taken[on], place), 1))


def figures(chances, targets):
    """Hit rate and mean reciprocal rank at 20, log-likelihood, entropy; sums and count. Equal chances do not occur."""
    own = chances[np.arange(len(targets)), targets]
    rank = 1 + (chances > own[:, None]).sum(1)
    top = rank <= 20
    entropy = -(chances * np.log(chances)).sum(1)
    return np.array([top.sum(), (top / rank).sum(), np.log(own).sum(), entropy.sum(), len(targets)])


def ceiling(world, made, knobs, known=None):
    """What knows the rule and the tastes reaches at the places for testing; `known` are the signals it may use."""
    taken, lengths, taste = made
    total = np.zeros(5)
    for place in range(lengths.max()):
        on, chances = world.held_out_chances(taken, lengths, taste, knobs if known is None else known, place)
        if len(on):
            total += figures(chances, taken[on, place])
    return total[:4] / total[4]


def ceiling_of_histories(world, made, knobs, users, particles):
    """The same for what knows the rule but sees histories alone: tastes drawn from their distribution, each weighted
    by how well it explains the history so far (importance sampling)."""
    taken, lengths, _ = made
    total = np.zeros(5)
    drawn = world.tastes(particles)
    kept = lengths - 2 * world.test_count(lengths)
    for user in range(users):
        likelihood = np.zeros(particles)
        row = taken[user : user + 1]
        for place in range(lengths[user]):
            held_out = np.array([place >= kept[user]])
            given = world.common(row, place, held_out)[0] + np.tensordot(knobs, world.signals(row, place), 1)[0]
            chances = world.chances(drawn + given)
            if place >= lengths[user] - world.test_count(lengths[user : user + 1])[0]:
                weights = np.exp(likelihood - likelihood.max())
                mixed = weights @ chances / weights.sum()
                total += figures(mixed[None], row[:, place])
            likelihood += np.log(chances[:, row[0, place]])
    return total[:4] / total[4]


def mean_entropy(world, users, knobs):
    """Of the true distribution over all places behind the first, in nats."""
    taken, lengths, taste = world.make(users, knobs)
    total = count = 0
    for place in range(1, lengths.max()):
        on = np.flatnonzero(lengths > place)
        utility = taste[on] + world.common(taken[on], place, np.zeros(len(on), dtype=bool))
        chances = world.chances(utility + np.tensordot(knobs, world.signals(taken[on], place), 1))
        total -= (chances * np.log(chances)).sum()
        count += len(on)
    return total / count


def calibrate(constants):
    """The utilities at which the mean entropy of what comes next falls by ln 2 against a world without signals."""
    base = np.mean([mean_entropy(World(constants, seed), 3000, (0, 0, 0)) for seed in range(3)])
    print(f"without signals {base:.3f} nats: a choice among {np.exp(base):.0f} items")
    for signal, name in enumerate(SIGNALS):
        knobs = np.eye(3)[signal]
        low, high = 0.0, 20.0
        for _ in range(9):
            middle = (low + high) / 2
            tried = {**constants, f"{name}_utility": middle}
            entropy = np.mean([mean_entropy(World(tried, seed), 1500, knobs) for seed in range(3)])
            low, high = (middle, high) if base - entropy < np.log(2) else (low, middle)
        print(f"{name}_utility {middle:.2f}")


def ceilings(constants):
    world = World(constants)
    print("| signals | HR@20 | MRR@20 | choice among |")
    for name, knobs in KNOBS.items():
        made = world.make(10000, knobs)
        hits, reciprocal, _, entropy = ceiling(world, made, knobs)
        print(f"| {name} | {hits:.3f} | {reciprocal:.3f} | {np.exp(entropy):.0f} |", flush=True)
        if name == "all":
            for left_out in range(3):
                known = [0 if signal == left_out else 1 for signal in range(3)]
                hits, reciprocal, _, _ = ceiling(world, made, knobs, known)
                print(f"| all, blind to {SIGNALS[left_out]} | {hits:.3f} | {reciprocal:.3f} |", flush=True)
    print("histories alone:")
    for name in ("none", "order", "image", "text", "all"):
        knobs = KNOBS[name]
        made = world.make(3000, knobs)
        hits, reciprocal, _, _ = ceiling_of_histories(world, made, knobs, 1500, 500)
        print(f"| {name} | {hits:.3f} | {reciprocal:.3f} |", flush=True)


def write(constants):
    """What another statement of the rule can be held against: similarities of some items, and the chances of all items
    at two places of one history in one world."""
    world = World(constants)
    names = [item["hexcode"] for item in world.items]
    some = [names.index(code) for code in ("1F34E", "1F353", "1F40E", "1F4D5", "2615")]
    by_group, by_subgroup = world.draw_tastes(1)
    taste = by_group[:, world.group] + by_subgroup[:, world.subgroup]
    history = [names.index(code) for code in ("1F34E", "1F34C", "1F40E", "1F34E", "1F4D5", "1F355")]
    knobs = (1.0, 0.5, 0.75)
    places = []
    for place, held_out in ((0, False), (2, False), (6, True)):
        utility = taste + world.common(np.array([history]), place, np.array([held_out]))
        utility += np.tensordot(knobs, world.signals(np.array([history]), place), 1)
        places.append({"place": place, "held_out": held_out, "chances": world.chances(utility)[0]})
    written = {
        "items": some,
        "looks": looks(world.items, constants["image_grid"])[some],
        "look": world.look[some][:, some],
        "word": world.word[some][:, some],
        "popularity_ranks": 1 + world.popularity,
        "subgroups": world.subgroups,
        "successors": [np.flatnonzero(row) for row in world.successor],
        "cold": np.flatnonzero(world.cold),
        "groups": world.groups,
        "group_taste": by_group[0],
        "subgroup_taste": by_subgroup[0],
        "knobs": dict(zip(SIGNALS, knobs)),
        "history": history,
        "places": places,
    }
    target = HERE.parent / "fixtures" / "sequences_behaviour.json"
    target.write_text(json.dumps(plain(written), separators=(",", ":")) + "\n")
    print(target, target.stat().st_size)


def plain(value):
    """Nine significant digits."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(one) for one in value]
    if isinstance(value, np.integer):
        return int(value)
    return float(f"{value:.9g}") if isinstance(value, (float, np.floating)) else value


def main():
    constants = json.loads((DATA / "behaviour.json").read_text())["constants"]
    {"calibrate": calibrate, "ceilings": ceilings, "write": write}[sys.argv[1]](constants)


if __name__ == "__main__":
    main()
