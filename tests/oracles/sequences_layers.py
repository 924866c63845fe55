"""The oracle of the layers over a multimodal sequence graph, and of those that late fusion uses, in float64 with JAX.

Writes tests/fixtures/sequences_layers.json: inputs, weights, outputs, loss and its gradients by every weight and by the
input. The loss is the sum of the output times a fixed random `projection`. A weight whose gradient is not listed has
one of zeros.

    pip install numpy==2.4.6 jax==0.10.2 jaxlib==0.10.2
    python tests/oracles/sequences_layers.py

Everything is written densely, over all pairs of nodes, with what is not an edge left out of the softmax; vectors are
rows, so that a weight of shape [in, out] stands to the right. Nodes have types 1 item, 2 image code, 3 text code;
weights of types are listed in that order. Relations are numbered as in sequences_graphs.py. Dropout is off.

HAN-GNN (MMSR, section 4.2), d wide, slope 0.1 of LeakyReLU l:

    q, k, v(h)_i = h_i W_Q, h_i W_K, h_i W_V of i's type
    ho:  e_ij = l(a_r . (v_i * v_j)),  r the relation among {1, 2, 3, 4},  h_i = sum_j softmax_j(e_ij) v_j
    he:  e_ij = l(q_i . k_j),  over the relations {1, 5, ..., 10}
    heho:  ho with v of the states he;   hohe:  he with q and k of the states ho
        values: v(h) of the layer's input (non-invasive), or v of the states of the first phase (invasive)
    gate: s(x) = relu(x W_1 + b_1) W_2 + b_2,  softmax over s(hohe), s(heho),  the weighted sum of both
    concat: [h_ho, h_he] W_c + b_c

`code` is what the published program computes: q = k = v = h W_Q; hohe scores with q and k of the input, so that it
equals he; heho scores with the states he themselves, not projected again; invasive, the values are the states of the
first phase themselves. Which activation follows is not known; there is none, as in the program.
"""

import json
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from sequences_graphs import graph

jax.config.update("jax_enable_x64", True)

TARGET = Path(__file__).resolve().parent.parent / "fixtures" / "sequences_layers.json"
WIDTH = 8
HOMOGENEOUS, HETEROGENEOUS = (1, 2, 3, 4), (1, 5, 6, 7, 8, 9, 10)
GRAPHS = {
    # Twelve nodes: returns, an item that follows itself, shared codes, an item without picture and words.
    "twelve": [
        [1, [0, 1], [5]],
        [2, [1], [6]],
        [1, [0, 1], [5]],
        [3, [2], [6]],
        [3, [2], [6]],
        [4, [], []],
        [7, [3], [8]],
    ],
    # Five nodes, one item without words.
    "five": [[1, [0], [5]], [2, [3], []]],
    # One node with nothing but itself.
    "isolated": [[1, [], []]],
}


def leaky(x, slope=0.1):
    far_from_kink(x)
    return jnp.where(x > 0, x, slope * x)


def relu(x):
    far_from_kink(x)
    return jax.nn.relu(x)


def far_from_kink(x):
    """Where slopes jump, single precision may stand on the other side: no value may lie near. What is being
    differentiated has no values yet."""
    if not isinstance(x, jax.core.Tracer):
        assert np.abs(x).min() > 1e-5


def attention(scores, edges):
    """Softmax of each row over its edges."""
    scores = jnp.where(edges, scores, -jnp.inf)
    shifted = jnp.exp(scores - scores.max(-1, keepdims=True))
    return shifted / shifted.sum(-1, keepdims=True)


def typed(h, types, weight):
    """Each row times the weight of its type."""
    return jnp.einsum("ni,nio->no", h, weight[types - 1])


def content_scores(v, relations, a):
    """a_r . (v_i * v_j); `a` has a row for each relation from 1, others do not count."""
    by_relation = jnp.einsum("rd,id,jd->rij", a, v, v)
    chosen = jnp.clip(relations - 1, 0, len(a) - 1)
    return jnp.take_along_axis(by_relation, chosen[None], axis=0)[0]


def han(p, h, types, relations, mode, order, invasive):
    homo, hete = np.isin(relations, HOMOGENEOUS), np.isin(relations, HETEROGENEOUS)
    project = lambda x, name: typed(x, types, p["W_Q" if mode == "code" else name])
    among = lambda v: attention(leaky(content_scores(v, relations, p["a"])), homo)
    between = lambda q, k: attention(leaky(q @ k.T), hete)
    q, k, v = (project(h, name) for name in ("W_Q", "W_K", "W_V"))
    alpha_ho, alpha_he = among(v), between(q, k)
    ho, he = alpha_ho @ v, alpha_he @ v
    inside = {"alpha_ho": alpha_ho, "alpha_he": alpha_he, "ho": ho, "he": he}
    if order == "concat":
        return jnp.concatenate([ho, he], 1) @ p["W_c"] + p["b_c"], inside
    if mode == "code":
        alpha_heho, alpha_hohe = among(he), between(q, k)
        values_heho, values_hohe = (he, ho) if invasive else (v, v)
    else:
        alpha_heho, alpha_hohe = among(project(he, "W_V")), between(project(ho, "W_Q"), project(ho, "W_K"))
        values_heho, values_hohe = (project(he, "W_V"), project(ho, "W_V")) if invasive else (v, v)
    heho, hohe = alpha_heho @ values_heho, alpha_hohe @ values_hohe
    inside |= {"alpha_heho": alpha_heho, "alpha_hohe": alpha_hohe, "heho": heho, "hohe": hohe}
    if order == "he_ho":
        return heho, inside
    if order == "ho_he":
        return hohe, inside
    score = lambda x: relu(x @ p["W_1"] + p["b_1"]) @ p["W_2"] + p["b_2"]
    gate = jax.nn.softmax(jnp.concatenate([score(hohe), score(heho)], 1), axis=1)
    inside["gate"] = gate
    return gate[:, :1] * hohe + gate[:, 1:] * heho, inside


def neighbours(relations):
    return relations > 0


def gcn(p, h, types, relations):
    """relu(sum_j d_ij h_j W), d_ij = 1 / sqrt(|N_i| |N_j|); a node is its own neighbour once."""
    a = neighbours(relations).astype(float)
    degree = a.sum(1)
    return relu((a / np.sqrt(np.outer(degree, degree))) @ h @ p["W"]), {}


def gcn_plain(p, h, types, relations):
    """As in the program: relu(A h W + b), A is 1 where there is any relation."""
    return relu(neighbours(relations).astype(float) @ h @ p["W"] + p["b"]), {}


def sage(p, h, types, relations):
    """GraphSAGE with the aggregator gcn as in the program: relu((A h) W), a sum and no mean."""
    return relu((neighbours(relations).astype(float) @ h) @ p["W"]), {}


def gat(p, h, types, relations):
    """relu(sum_j alpha_ij h_j W), alpha_ij = softmax_j(LeakyReLU_0.2(a . [h_i W, h_j W])), one head."""
    x = h @ p["W"]
    left, right = x @ p["a"][:WIDTH], x @ p["a"][WIDTH:]
    alpha = attention(leaky(left[:, None] + right[None], 0.2), neighbours(relations))
    return relu(alpha @ x), {"alpha": alpha}


def rgat(p, h, types, relations):
    """e_ij = LeakyReLU_0.1(m_r a_r . (x_i * x_j)), x = h W, over all ten relations; no bias, no activation behind."""
    x = h @ p["W"]
    multiplier = p["m"][jnp.clip(relations - 1, 0)]
    alpha = attention(leaky(multiplier * content_scores(x, relations, p["a"])), neighbours(relations))
    return alpha @ x, {"alpha": alpha}


def key_value(p, h, types, relations, mode):
    """e_ij = LeakyReLU_0.1(q_i . k_j) over all relations; `code`: q = k = v."""
    q, k, v = (typed(h, types, p["W_Q" if mode == "code" else name]) for name in ("W_Q", "W_K", "W_V"))
    alpha = attention(leaky(q @ k.T), neighbours(relations))
    return alpha @ v, {"alpha": alpha}


def single(random, shape, scale):
    """Drawn in single precision, so that both sides begin with the same."""
    return random.normal(0, scale, shape).astype(np.float32).astype(np.float64)


def listed(value):
    """Eight significant digits: as many as single precision has."""
    if isinstance(value, dict):
        return {key: listed(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [listed(one) for one in value]
    if isinstance(value, (jnp.ndarray, np.ndarray)):
        return listed(value.tolist())
    return float(f"{value:.8g}") if isinstance(value, float) else value


def exact(value):
    """Single precision in nine digits, which name it."""
    if isinstance(value, np.ndarray):
        return exact(value.tolist())
    if isinstance(value, list):
        return [exact(one) for one in value]
    if isinstance(value, dict):
        return {key: exact(one) for key, one in value.items()}
    return float(f"{value:.9g}") if isinstance(value, float) else value


def judged(forward, weights, h, projection):
    """Output, loss, gradients and what is inside of `forward(weights, h)`."""
    forward(weights, h)

    def loss(weights, h):
        output, inside = forward(weights, h)
        return (output * projection).sum(), (output, inside)

    (value, (output, inside)), (by_weights, by_input) = jax.value_and_grad(loss, (0, 1), has_aux=True)(weights, h)
    check(lambda w, x: loss(w, x)[0], weights, h, by_weights, by_input)
    gradients = {name: one for name, one in by_weights.items() if np.abs(one).max() > 0}
    return {
        "output": output,
        "loss": float(value),
        "gradients": gradients,
        "input_gradient": by_input,
    }, inside


def check(loss, weights, h, by_weights, by_input):
    """The gradients against differences along a random direction."""
    random = np.random.default_rng(5)
    along = {name: random.normal(size=one.shape) for name, one in weights.items()}
    along_h, by = random.normal(size=h.shape), 1e-6
    moved = lambda sign: loss({n: w + sign * by * along[n] for n, w in weights.items()}, h + sign * by * along_h)
    difference = (moved(1) - moved(-1)) / (2 * by)
    slope = sum((by_weights[name] * along[name]).sum() for name in weights) + (by_input * along_h).sum()
    assert abs(difference - slope) < 1e-6 * max(1, abs(slope)), (difference, slope)


def graph_cases():
    random = np.random.default_rng(1)
    shared = {
        "W_Q": (3, WIDTH, WIDTH),
        "W_K": (3, WIDTH, WIDTH),
        "W_V": (3, WIDTH, WIDTH),
        "a": (4, WIDTH),
        "W_1": (WIDTH, WIDTH),
        "b_1": (WIDTH,),
        "W_2": (WIDTH, 1),
        "b_2": (1,),
        "W_c": (2 * WIDTH, WIDTH),
        "b_c": (WIDTH,),
    }
    # Large enough that attention is far from uniform and LeakyReLU sees both signs.
    draw = lambda shapes: {name: single(random, shape, 0.5) for name, shape in shapes.items()}
    weights = {"han": draw(shared)}
    square, bias = (WIDTH, WIDTH), (WIDTH,)
    weights["gcn"] = draw({"W": square})
    weights["gcn_plain"] = draw({"W": square, "b": bias})
    weights["sage"] = draw({"W": square})
    weights["gat"] = draw({"W": square, "a": (2 * WIDTH,)})
    weights["rgat"] = draw({"W": square, "a": (10, WIDTH), "m": (10,)})
    weights["key_value"] = draw({name: shared[name] for name in ("W_Q", "W_K", "W_V")})
    graphs, cases = {}, []
    for name, history in GRAPHS.items():
        built = graph(history)
        count = len(built["nodes"])
        graphs[name] = {
            "history": history,
            "types": [kind for kind, _ in built["nodes"]],
            "relations": built["relations"],
            "input": single(random, (count, WIDTH), 1.0),
            "projection": single(random, (count, WIDTH), 1.0),
        }
    for name, one in graphs.items():
        types, relations = np.array(one["types"]), np.array(one["relations"])
        kept = {}
        for mode in ("paper", "code"):
            for order in ("gate", "ho_he", "he_ho", "concat"):
                for invasive in (False, True):
                    # The small graphs have the default alone; concat has one phase.
                    if (order == "concat" and invasive) or (name != "twelve" and (order != "gate" or invasive)):
                        continue
                    forward = lambda p, h: han(p, h, types, relations, mode, order, invasive)
                    used = {key: weights["han"][key] for key in names_used(order)}
                    found, inside = judged(forward, used, one["input"], one["projection"])
                    for key, alpha in inside.items():
                        assert not key.startswith("alpha") or np.allclose(alpha.sum(1), 1, atol=1e-14)
                    case = {"layer": "han", "graph": name, "mode": mode, "order": order, "invasive": invasive, **found}
                    if order == "gate" and not invasive:
                        case["inside"] = inside
                        kept[mode] = inside
                    cases.append(case)
        # The first step of hohe has no effect in the program, to the bit; in the paper's layer it has.
        assert (kept["code"]["hohe"] == kept["code"]["he"]).all()
        if name != "isolated":
            assert not np.allclose(kept["code"]["heho"], kept["code"]["he"])
            assert not np.allclose(kept["paper"]["hohe"], kept["paper"]["he"])
        for layer in (gcn, gcn_plain, sage, gat, rgat):
            if name == "five":
                continue
            forward = lambda p, h: layer(p, h, types, relations)
            found, inside = judged(forward, weights[layer.__name__], one["input"], one["projection"])
            cases.append({"layer": layer.__name__, "graph": name, **found, "inside": inside})
        for mode in ("paper", "code") if name == "twelve" else ():
            forward = lambda p, h: key_value(p, h, types, relations, mode)
            found, inside = judged(forward, weights["key_value"], one["input"], one["projection"])
            cases.append({"layer": "key_value", "graph": name, "mode": mode, **found, "inside": inside})
    return {
        "weights": exact(weights),
        "graphs": exact(graphs),
        "cases": listed(cases),
    }


def names_used(order):
    own = {"gate": ("W_1", "b_1", "W_2", "b_2"), "concat": ("W_c", "b_c")}.get(order, ())
    return ("W_Q", "W_K", "W_V", "a", *own)


def gru(p, x, lengths):
    """PyTorch's cell; weights [3 d, in], rows of the reset gate, the update gate and the candidate. The states behind
    each step [sequences, steps, d]; a sequence that has ended keeps its state. It begins with zeros.

        r = sigmoid(W_ir x + b_ir + W_hr h + b_hr),  z likewise
        n = tanh(W_in x + b_in + r * (W_hn h + b_hn)),   h' = (1 - z) n + z h
    """
    h = jnp.zeros((len(x), WIDTH))
    states = []
    for step in range(x.shape[1]):
        from_input = jnp.split(x[:, step] @ p["weight_ih"].T + p["bias_ih"], 3, axis=1)
        from_state = jnp.split(h @ p["weight_hh"].T + p["bias_hh"], 3, axis=1)
        r, z = (jax.nn.sigmoid(from_input[gate] + from_state[gate]) for gate in (0, 1))
        n = jnp.tanh(from_input[2] + r * from_state[2])
        h = jnp.where((step < lengths)[:, None], (1 - z) * n + z * h, h)
        states.append(h)
    return jnp.stack(states, 1)


def normalised(x, scale, shift):
    """Layer norm with the variance over n and 1e-5 added to it."""
    centred = x - x.mean(-1, keepdims=True)
    return centred / jnp.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5) * scale + shift


def self_attention(p, x, lengths):
    """One block, one head, in the manner of SASRec with the norm in front. Each place sees itself and those before it:

        y = x + softmax(Q K' / sqrt(d)) V W_O,  Q, K, V = norm_1(x) W_Q, norm_1(x) W_K, norm_1(x) W_V
        z = y + relu(norm_2(y) W_1 + b_1) W_2 + b_2,   the output is norm_3(z)

    x holds the positions already. [sequences, steps, d]; places behind a sequence's end are 0.
    """
    first = normalised(x, p["scale_1"], p["shift_1"])
    q, k, v = (first @ p[name] for name in ("W_Q", "W_K", "W_V"))
    steps = np.arange(x.shape[1])
    alpha = attention(q @ jnp.swapaxes(k, 1, 2) / np.sqrt(WIDTH), steps[:, None] >= steps[None])
    y = x + alpha @ v @ p["W_O"]
    second = normalised(y, p["scale_2"], p["shift_2"])
    z = y + relu(second @ p["W_1"] + p["b_1"]) @ p["W_2"] + p["b_2"]
    ended = (steps[None] >= lengths[:, None])[:, :, None]
    return jnp.where(ended, 0, normalised(z, p["scale_3"], p["shift_3"]))


def sequence_cases():
    random = np.random.default_rng(2)
    lengths = np.array([5, 3, 1])
    x = single(random, (3, 5, WIDTH), 1.0)
    projection = single(random, (3, 5, WIDTH), 1.0)
    for row, length in enumerate(lengths):
        x[row, length:], projection[row, length:] = 0, 0
    cell = {
        "weight_ih": single(random, (3 * WIDTH, WIDTH), 0.5),
        "weight_hh": single(random, (3 * WIDTH, WIDTH), 0.5),
        "bias_ih": single(random, (3 * WIDTH,), 0.5),
        "bias_hh": single(random, (3 * WIDTH,), 0.5),
    }
    block = {name: single(random, (WIDTH, WIDTH), 0.5) for name in ("W_Q", "W_K", "W_V", "W_O", "W_1", "W_2")}
    block |= {name: single(random, (WIDTH,), 0.5) for name in ("b_1", "b_2", "shift_1", "shift_2", "shift_3")}
    block |= {f"scale_{at}": exact_ones(random) for at in (1, 2, 3)}
    cases = {}
    for name, layer, weights in (("gru", gru, cell), ("self_attention", self_attention, block)):
        found, _ = judged(lambda p, given: (layer(p, given, lengths), {}), weights, x, projection)
        cases[name] = {"weights": exact(weights), **listed(found)}
    return {"lengths": lengths.tolist(), "input": exact(x), "projection": exact(projection), **cases}


def exact_ones(random):
    return (1 + single(random, (WIDTH,), 0.1)).astype(np.float32).astype(np.float64)


def main():
    written = {"width": WIDTH, "graph": graph_cases(), "sequence": sequence_cases()}
    TARGET.write_text(json.dumps(written, separators=(",", ":")) + "\n")
    print(len(written["graph"]["cases"]), "cases of layers over graphs,", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
