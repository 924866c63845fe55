"""The oracle of tests/sequences/browser/parity.mjs: MMSR of sequences_model.py on data that a page can be given.

Writes tests/fixtures/sequences_lab.json: two tables and two arrays as a reader brings them, the settings of the lab, the
initial weights by the names of the lab, and for either mode the scores of all items after some histories before the first
step and behind the last, what the layer holds of one history, the gradients of the first step and the loss of each of 100. The vectors of pictures and words go through a linear layer in place of codes, so that nothing but
the network is learned; a minibatch holds all examples, so that their order does not matter.

    pip install numpy==2.4.6 jax==0.10.2 jaxlib==0.10.2
    python tests/oracles/sequences_lab.py

    vector of an item's picture: f W_f + b_f with its features f, shared by no other item; words likewise
    histories are cut as the lab cuts them: the last fifth judges, as much before it chooses, one item at least of each
"""

import json
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from sequences_layers import exact, listed, single
from sequences_model import RATE, WIDTH, prepared, scores, states, trained

TARGET = Path(__file__).resolve().parent.parent / "fixtures" / "sequences_lab.json"
STEPS, POSITIONS, IMAGE_COLUMNS, TEXT_COLUMNS = 100, 150, 5, 4
ITEMS, BLIND, MUTE, NEITHER = 9, 4, 7, 8
# Returns, an item that follows itself, items without vectors in the middle, first and last; two histories that are too
# short to be cut, or to be learned from.
HISTORIES = [
    [0, 3],
    [4, 1, 2],
    [2, 8, 5, 1, 6],
    [0, 1, 0, 4, 7, 2, 3, 6, 5, 1],
    [5, 5, 5, 8, 3, 3, 7, 0],
    [6, 2, 6, 1, 4, 0, 2],
]
# Of the histories whose scores are compared: one item, one item three times, an item without vectors, all kinds.
ASKED = [[3], [5, 5, 5], [2, 8], [0, 1, 0, 4, 7, 2, 3]]
# The places of HISTORIES beyond the longest one have vectors of zeros, which nothing looks at.
LONGEST = 10
NAMES = {
    "nodes.items.table": "items",
    "nodes.images.Features.layer.weight": "image_weight",
    "nodes.images.Features.layer.bias": "image_bias",
    "nodes.texts.Features.layer.weight": "text_weight",
    "nodes.texts.Features.layer.bias": "text_bias",
    "nodes.kinds.table": "types",
    "nodes.positions.table": "positions",
    "nodes.mix": "W",
    **{
        f"layer.Han.{part}.{kind}": (name, at)
        for part, name in {"query": "W_Q", "key": "W_K", "value": "W_V"}.items()
        for at, kind in enumerate(("item", "image", "text"))
    },
    "layer.Han.relations": "a",
    "layer.Han.gate.hidden.weight": "W_1",
    "layer.Han.gate.hidden.bias": "b_1",
    "layer.Han.gate.score.weight": "W_2",
    "layer.Han.gate.score.bias": "b_2",
    "layer.Han.concat.weight": "W_c",
    "layer.Han.concat.bias": "b_c",
}
SHAPES = {
    "items": (ITEMS, WIDTH),
    "image_weight": (IMAGE_COLUMNS, WIDTH),
    "image_bias": (WIDTH,),
    "text_weight": (TEXT_COLUMNS, WIDTH),
    "text_bias": (WIDTH,),
    "types": (3, WIDTH),
    "positions": (POSITIONS, WIDTH),
    "W": (3 * WIDTH, WIDTH),
    "W_Q": (3, WIDTH, WIDTH),
    "W_K": (3, WIDTH, WIDTH),
    "W_V": (3, WIDTH, WIDTH),
    "a": (4, WIDTH),
    "W_1": (WIDTH, WIDTH),
    "b_1": (WIDTH,),
    "W_2": (WIDTH, 1),
    "b_2": (1,),
    # There in every form of the layer; this one does without.
    "W_c": (2 * WIDTH, WIDTH),
    "b_c": (WIDTH,),
}


def examples():
    """What is learned from: histories, and what comes next in each."""
    found = []
    for items in HISTORIES:
        held_out = 0 if len(items) < 3 else max(1, len(items) // 5)
        found += [(items[:at], items[at]) for at in range(1, len(items) - 2 * held_out)]
    return found


def with_tables(p, vectors):
    """The vectors of pictures and words as tables with a row for each item."""
    images, texts = vectors
    image_codes = images @ p["image_weight"] + p["image_bias"]
    return p | {"image_codes": image_codes, "text_codes": texts @ p["text_weight"] + p["text_bias"]}


def case(weights, vectors, item_codes, mode):
    build = lambda histories: prepared(histories, item_codes, ITEMS, POSITIONS, mode)
    learned, asked = build([history for history, _ in examples()]), build(ASKED)
    scores_of = lambda p, graphs: scores(with_tables(p, vectors), graphs, mode, "last")
    # At the real weights, outside of differentiation: no value near a kink (see sequences_layers.py).
    scores_of(weights, learned)
    before = scores_of(weights, asked)
    _, inside = states(with_tables(weights, vectors), asked[-1], mode)
    targets = np.array([target for _, target in examples()])
    losses, gradients, behind = trained(lambda p: scores_of(p, learned), weights, targets, STEPS)
    print(mode, "loss", losses[0], losses[-1])
    return {
        "mode": mode,
        "before": before,
        # Not far from kinks any more, which do no harm to values.
        "after": jax.jit(lambda p: scores_of(p, asked))(behind),
        "inside": {
            "gate": inside["gate"][:, 0],
            "within": inside["alpha_heho"],
            "between": inside["alpha_hohe"],
            "hohe_from_he": float(jnp.abs(inside["hohe"] - inside["he"]).max()),
        },
        "gradients": by_lab(gradients),
        "losses": losses,
    }


def by_lab(values):
    """By the names of the lab."""
    of = lambda name: values[name[0]][name[1]] if isinstance(name, tuple) else values[name]
    return {f"Graph.{ours}": of(theirs) for ours, theirs in NAMES.items()}


def tables():
    taken = [
        f"u{user},i{item},{1_700_000_000 + 100 * user + at}"
        for user, items in enumerate(HISTORIES)
        for at, item in enumerate(items)
    ]
    items = [f"i{item},Thing {item}" for item in range(ITEMS)]
    return {"taken.csv": "\n".join(["user,item,time", *taken, ""]), "items.csv": "\n".join(["id,title", *items, ""])}


def main():
    random = np.random.default_rng(3)
    images, texts = single(random, (ITEMS, IMAGE_COLUMNS), 1.0), single(random, (ITEMS, TEXT_COLUMNS), 1.0)
    images[[BLIND, NEITHER]] = 0
    texts[[MUTE, NEITHER]] = 0
    # With features the number of an item's code is its own.
    codes = lambda vectors, item: [item] if vectors[item].any() else []
    item_codes = [[codes(images, item), codes(texts, item)] for item in range(ITEMS)]
    weights = {name: single(random, shape, 0.5) for name, shape in SHAPES.items()}
    weights["positions"][LONGEST:] = 0
    settings = {
        "dataset": "own",
        "model": "mmsr",
        "modality": "features",
        "dim": WIDTH,
        "learning_rate": RATE,
        "batch_size": 64,
        "epochs": STEPS,
        "dropout": 0,
        "attention_dropout": 0,
        "clusters": 2,
        "encoder_epochs": 10,
    }
    assert len(examples()) <= settings["batch_size"] and max(map(len, HISTORIES)) <= LONGEST
    written = {
        "tables": tables(),
        "vectors": exact({"image": images, "text": texts}),
        "settings": settings,
        "histories": [[f"i{item}" for item in history] for history in ASKED],
        "weights": exact(by_lab(weights)),
        "cases": [listed(case(weights, (images, texts), item_codes, mode)) for mode in ("paper", "code")],
    }
    TARGET.write_text(json.dumps(written, separators=(",", ":")) + "\n")
    print(TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
