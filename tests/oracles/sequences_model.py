"""The oracle of MMSR as a whole, from histories to the loss, in float64 with JAX.

Writes tests/fixtures/sequences_model.json: items with their codes, examples (a history and the item that follows), the
initial weights, and for each case the first scores, the gradients of the first minibatch, and the loss of each of 20
steps of Adam at 0.002 in PyTorch's form on the same minibatch.

    pip install numpy==2.4.6 jax==0.10.2 jaxlib==0.10.2
    python tests/oracles/sequences_model.py

    node n:  [e_n ; type_n ; mean of the position vectors of n's places] W,  W of shape [3 d, d], no bias
    then one layer of HAN-GNN with the gate, non-invasive, as in sequences_layers.py, dropout off
    P: the state of the last item's node (`last`), or the mean over the places of the history of their items' states
    (`mean`: an item that occurs twice counts twice)
    score of an item v: P . e_v over all items, with the item's own vector; loss: the mean of cross-entropy

`code` builds the graph and the layer as the published program does. Positions count from 0, the oldest.
"""

import json
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from sequences_graphs import graph
from sequences_layers import exact, han, listed, names_used, single

TARGET = Path(__file__).resolve().parent.parent / "fixtures" / "sequences_model.json"
WIDTH, ITEMS, CODES, POSITIONS, STEPS, RATE = 8, 9, 4, 6, 20, 2e-3
# Image and text codes of each item, two of either kind; item 4 has no picture, item 7 no words.
ITEM_CODES = [
    [[0, 1], [2, 3]],
    [[1, 2], [0, 2]],
    [[2, 3], [0, 1]],
    [[0, 3], [1, 3]],
    [[], [1, 2]],
    [[1, 3], [0, 3]],
    [[0, 2], [2, 3]],
    [[2, 3], []],
    [[0, 1], [0, 1]],
]
EXAMPLES = [([0], 3), ([2, 5], 1), ([1, 1, 4], 6), ([3, 7, 3], 8), ([6, 0, 8, 6, 4], 2), ([5, 5, 5], 0)]
CASES = [("paper", "last"), ("code", "last"), ("paper", "mean")]


def prepared(histories, item_codes, codes, positions, mode):
    """The graph of each history: rows of the table of items, image codes and text codes, types, shares of the positions,
    relations, and the node of each of the history's items."""
    items, found = len(item_codes), []
    for history in histories:
        built = graph([[item, *item_codes[item]] for item in history], as_code=mode == "code")
        nodes = [tuple(node) for node in built["nodes"]]
        types, ids = np.array([node[0] for node in nodes]), np.array([node[1] for node in nodes])
        places = np.zeros((len(nodes), positions))
        for node, at in enumerate(built["positions"]):
            places[node, at] = 1 / len(at)
        # One table of items, image codes, text codes.
        rows = ids + np.array([0, items, items + codes])[types - 1]
        found.append((rows, types, places, np.array(built["relations"]), [nodes.index((1, item)) for item in history]))
    return found


def states(p, of_graph, mode):
    """The states of a graph's nodes, and what is inside of the layer."""
    rows, types, places, relations, _ = of_graph
    table = jnp.concatenate([p["items"], p["image_codes"], p["text_codes"]])
    layer = {name: p[name] for name in names_used("gate")}
    node = jnp.concatenate([table[rows], p["types"][types - 1], places @ p["positions"]], 1) @ p["W"]
    return han(layer, node, types, relations, mode, "gate", False)


def scores(p, graphs, mode, pooling):
    found = []
    for of_graph in graphs:
        (behind, _), history = states(p, of_graph, mode), of_graph[-1]
        found.append(behind[history[-1]] if pooling == "last" else behind[np.array(history)].mean(0))
    return jnp.stack(found) @ p["items"].T


def trained(scores_of, weights, targets, steps):
    """Losses, the gradients of the first step, and the last weights: Adam in PyTorch's form, always on the same minibatch."""

    def loss(p):
        given = jax.nn.log_softmax(scores_of(p), axis=1)
        return -given[np.arange(len(targets)), targets].mean()

    step_of = jax.jit(jax.value_and_grad(loss))
    p = {name: one.copy() for name, one in weights.items()}
    mean, square, losses, gradients = {}, {}, [], None
    for step in range(1, steps + 1):
        value, found = step_of(p)
        losses.append(float(value))
        gradients = found if gradients is None else gradients
        for name, gradient in found.items():
            mean[name] = 0.9 * mean.get(name, 0) + 0.1 * gradient
            square[name] = 0.999 * square.get(name, 0) + 0.001 * gradient**2
            rate = RATE / (1 - 0.9**step)
            p[name] = p[name] - rate * mean[name] / (jnp.sqrt(square[name] / (1 - 0.999**step)) + 1e-8)
    assert losses[-1] < losses[0]
    return losses, gradients, p


def case(weights, mode, pooling):
    graphs = prepared([history for history, _ in EXAMPLES], ITEM_CODES, CODES, POSITIONS, mode)
    targets = np.array([target for _, target in EXAMPLES])
    scores_of = lambda p: scores(p, graphs, mode, pooling)
    # At the real weights, outside of differentiation: no value near a kink (see sequences_layers.py).
    first = scores_of(weights)
    losses, gradients, _ = trained(scores_of, weights, targets, STEPS)
    return {
        "mode": mode,
        "pooling": pooling,
        "scores": first,
        "losses": losses,
        "gradients": {name: one for name, one in gradients.items() if np.abs(one).max() > 0},
    }


def main():
    random = np.random.default_rng(3)
    shapes = {
        "items": (ITEMS, WIDTH),
        "image_codes": (CODES, WIDTH),
        "text_codes": (CODES, WIDTH),
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
    }
    weights = {name: single(random, shape, 0.5) for name, shape in shapes.items()}
    written = {
        "width": WIDTH,
        "item_codes": ITEM_CODES,
        "examples": [{"history": history, "target": target} for history, target in EXAMPLES],
        "learning_rate": RATE,
        "weights": exact(weights),
        "cases": [listed(case(weights, *one)) for one in CASES],
    }
    TARGET.write_text(json.dumps(written, separators=(",", ":")) + "\n")
    print(TARGET.stat().st_size, "bytes", [one["losses"][:1] + one["losses"][-1:] for one in written["cases"]])


if __name__ == "__main__":
    main()
