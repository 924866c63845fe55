"""The oracle of the multimodal sequence graph: nodes, relations and positions of hand-written histories.

Writes tests/fixtures/sequences_graphs.json. The rules are those of the MMSR paper and of its published program (see
the lesson's text), stated here in two ways: matrices written by hand for small histories, and the rules as a function,
which must agree with every one of them.

    pip install numpy==2.4.6
    python tests/oracles/sequences_graphs.py

A history is a list of [item, image codes, text codes]; an item without a picture or without words has no codes of that
kind. Nodes are [type, id], type 1 item, 2 image code, 3 text code, ordered by type and then by id; items and codes of
either kind are numbered apart. `relations[i][j]` is the relation of node i towards node j:

    0 none   1 itself   2 out: i stands directly before j   3 in: directly behind   4 both
    5 item to image   6 image to item   7 item to text   8 text to item   9 image to text   10 text to image

5 to 10 join what belongs to one item. 2 to 4 join neighbours in the sequence, items with items, image codes with image
codes, text codes with text codes, each code of an item with each of the next one. `positions` are the places of the
history, from 0, where a node occurs.

`code` is the graph that the published program builds where it differs from `paper`: where an item follows itself, it
skips not only the item's edge but also the edges among codes of that step.
"""

import itertools
import json
from pathlib import Path

import numpy as np

TARGET = Path(__file__).resolve().parent.parent / "fixtures" / "sequences_graphs.json"
ITEM, IMAGE, TEXT = 1, 2, 3
SELF, OUT, IN, BOTH = 1, 2, 3, 4
BETWEEN = {(ITEM, IMAGE): 5, (IMAGE, ITEM): 6, (ITEM, TEXT): 7, (TEXT, ITEM): 8, (IMAGE, TEXT): 9, (TEXT, IMAGE): 10}


def channels(step):
    """The nodes of one step of a history by type."""
    item, images, texts = step
    return {ITEM: [(ITEM, item)], IMAGE: [(IMAGE, code) for code in images], TEXT: [(TEXT, code) for code in texts]}


def graph(history, as_code=False):
    steps = [channels(step) for step in history]
    nodes = sorted({node for step in steps for group in step.values() for node in group})
    place = {node: at for at, node in enumerate(nodes)}
    relations = np.zeros((len(nodes), len(nodes)), dtype=int)
    for step in steps:
        for (one, other), relation in BETWEEN.items():
            for a, b in itertools.product(step[one], step[other]):
                relations[place[a], place[b]] = relation
    np.fill_diagonal(relations, SELF)
    for before, behind in itertools.pairwise(steps):
        if as_code and before[ITEM] == behind[ITEM]:
            continue
        for kind in (ITEM, IMAGE, TEXT):
            for a, b in itertools.product(before[kind], behind[kind]):
                i, j = place[a], place[b]
                if i == j or relations[i, j] == BOTH:
                    continue
                if relations[j, i] == OUT:
                    relations[i, j] = relations[j, i] = BOTH
                else:
                    relations[i, j], relations[j, i] = OUT, IN
    positions = [
        [at for at, step in enumerate(steps) if node in [one for group in step.values() for one in group]]
        for node in nodes
    ]
    return {"nodes": [list(node) for node in nodes], "relations": relations.tolist(), "positions": positions}


def matrix(text):
    return [[int(word) for word in line.split()] for line in text.strip().splitlines()]


# Written by hand, without the function above. Items A = 1 and B = 2.
A, B, C = [1, [0], [5]], [2, [3], [6]], [4, [3], [5]]
A2 = [1, [0, 1], [5]]
BY_HAND = {
    # Rows and columns: A, its image code, its text code.
    "one_item": ([A], matrix("1 5 7\n6 1 9\n8 10 1"), None),
    # A, B, image codes 0 and 3, text codes 5 and 6: each channel has one edge out and one in.
    "two_items": (
        [A, B],
        matrix(
            """
            1 2 5 0 7 0
            3 1 0 5 0 7
            6 0 1 2 9 0
            0 6 3 1 0 9
            8 0 10 0 1 2
            0 8 0 10 3 1
            """
        ),
        None,
    ),
    # Nothing is before anything else: as one item, with three places.
    "one_item_three_times": ([A, A, A], matrix("1 5 7\n6 1 9\n8 10 1"), None),
    # There and back: the edges of the sequence are both.
    "there_and_back": (
        [A, B, A],
        matrix(
            """
            1 4 5 0 7 0
            4 1 0 5 0 7
            6 0 1 4 9 0
            0 6 4 1 0 9
            8 0 10 0 1 4
            0 8 0 10 4 1
            """
        ),
        None,
    ),
    # An item that follows itself, one code of each kind: paper and program agree, as a code has no edge to itself.
    "twice_then_another": (
        [A, A, B],
        matrix(
            """
            1 2 5 0 7 0
            3 1 0 5 0 7
            6 0 1 2 9 0
            0 6 3 1 0 9
            8 0 10 0 1 2
            0 8 0 10 3 1
            """
        ),
        None,
    ),
    # Two image codes 0 and 1 of A: 0 stands before 1 and 1 before 0 in the step from A to A. The program skips that.
    "twice_then_another_two_codes": (
        [A2, A2, B],
        matrix(
            """
            1 2 5 5 0 7 0
            3 1 0 0 5 0 7
            6 0 1 4 2 9 0
            6 0 4 1 2 9 0
            0 6 3 3 1 0 9
            8 0 10 10 0 1 2
            0 8 0 0 10 3 1
            """
        ),
        matrix(
            """
            1 2 5 5 0 7 0
            3 1 0 0 5 0 7
            6 0 1 0 2 9 0
            6 0 0 1 2 9 0
            0 6 3 3 1 0 9
            8 0 10 10 0 1 2
            0 8 0 0 10 3 1
            """
        ),
    ),
    # B and C share the image code 3, A and C the text code 5. In the channel of texts 5 is before 6 and 6 before 5.
    "shared_codes": (
        [A, B, C],
        matrix(
            """
            1 2 0 5 0 7 0
            3 1 2 0 5 0 7
            0 3 1 0 5 7 0
            6 0 0 1 2 9 0
            0 6 6 3 1 9 9
            8 0 8 10 10 1 4
            0 8 0 0 10 4 1
            """
        ),
        None,
    ),
    # B has no picture: no edge of the channel of images leads over it, 0 and 3 are not neighbours.
    "no_picture": (
        [A, [2, [], [6]], C],
        matrix(
            """
            1 2 0 5 0 7 0
            3 1 2 0 0 0 7
            0 3 1 0 5 7 0
            6 0 0 1 0 9 0
            0 0 6 0 1 9 0
            8 0 8 10 10 1 4
            0 8 0 0 0 4 1
            """
        ),
        None,
    ),
    # B has no words.
    "no_words": (
        [A, [2, [3], []]],
        matrix(
            """
            1 2 5 0 7
            3 1 0 5 0
            6 0 1 2 9
            0 6 3 1 0
            8 0 10 0 1
            """
        ),
        None,
    ),
    # B has neither: its one node hangs on the sequence of items.
    "neither": ([A, [2, [], []]], matrix("1 2 5 7\n3 1 0 0\n6 0 1 9\n8 0 10 1"), None),
    # A single item without codes: a node with nothing but itself.
    "isolated": ([[1, [], []]], matrix("1"), None),
}

# By the function alone.
BY_RULE = {
    # Two codes of each kind, some shared: the edge between codes 0 and 1 stems from the step from 1 to 3.
    "two_codes_each": [[1, [0, 1], [5, 6]], [3, [1, 2], [6, 7]]],
    # Nine steps over four items with returns, repeats and gaps.
    "long": [
        [1, [0], [5]],
        [2, [1], []],
        [1, [0], [5]],
        [3, [], [6]],
        [3, [], [6]],
        [4, [1], [5]],
        [2, [1], []],
        [3, [], [6]],
        [1, [0], [5]],
    ],
    # Three items of one picture code and one text code: each channel of codes has one node.
    "all_codes_shared": [[1, [0], [5]], [2, [0], [5]], [3, [0], [5]]],
}


def check_where_they_differ():
    """Over random histories the program's graph differs only where an item follows itself and has several codes."""
    random = np.random.default_rng(13)
    differing = 0
    for _ in range(4000):
        each = int(random.integers(1, 4))
        codes = lambda: sorted(random.choice(5, each, replace=False).tolist()) if random.random() < 0.9 else []
        items = [[item, codes(), codes()] for item in range(4)]
        history = [items[item] for item in random.integers(0, 4, random.integers(1, 9))]
        paper, code = graph(history), graph(history, as_code=True)
        repeats = any(a is b and (len(a[1]) > 1 or len(a[2]) > 1) for a, b in itertools.pairwise(history))
        assert repeats or paper == code, history
        differing += paper != code
        relations = np.array(paper["relations"])
        # Each relation has its counterpart in the other direction.
        counterpart = np.array([0, 1, 3, 2, 4, 6, 5, 8, 7, 10, 9])
        assert (counterpart[relations] == relations.T).all()
    assert differing > 100
    print(f"{differing} of 4000 random histories have another graph in the program")


def main():
    check_where_they_differ()
    cases = []
    for name, (history, paper, code) in BY_HAND.items():
        assert graph(history)["relations"] == paper, name
        assert graph(history, as_code=True)["relations"] == (paper if code is None else code), name
        cases.append({"name": name, "by_hand": True, "history": history, **graph(history)})
        if code is not None:
            cases[-1]["relations_as_code"] = code
    for name, history in BY_RULE.items():
        cases.append({"name": name, "by_hand": False, "history": history, **graph(history)})
        code = graph(history, as_code=True)["relations"]
        if code != cases[-1]["relations"]:
            cases[-1]["relations_as_code"] = code
    TARGET.write_text(json.dumps({"cases": cases}, separators=(",", ":")) + "\n")
    print(len(cases), "histories,", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
