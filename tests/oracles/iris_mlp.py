"""The oracle of tests/iris/parity.rs: feed-forward networks on iris in float64 with numpy, gradients by hand.

Writes tests/fixtures/iris_mlp.json: for each case the settings, the initial weights (PyTorch's names and
layout), the rows of every minibatch and the loss of every step.

    pip install numpy==2.4.6
    python tests/oracles/iris_mlp.py
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def load_iris():
    lines = (ROOT / "data" / "iris" / "iris_fisher150.csv").read_text().splitlines()[1:]
    table = np.array([[float(v) for v in line.split(",")] for line in lines])
    x = table[:, :4]
    x = (x - x.min(0)) / (x.max(0) - x.min(0))
    # What the network is given is single precision; all before and after is float64.
    return x.astype(np.float32).astype(np.float64), table[:, 4].astype(int)


ACTIVATIONS = {
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a * a),
    "relu": (lambda z: np.maximum(z, 0), lambda a: (a > 0).astype(float)),
}


def loss_and_gradients(parameters, activation, x, y):
    """Mean cross-entropy of a minibatch and its gradient for [w1, b1, w2, b2, ...], w as [inputs, outputs]."""
    function, slope = ACTIVATIONS[activation]
    layers = len(parameters) // 2
    values = [x]
    for layer in range(layers):
        z = values[-1] @ parameters[2 * layer] + parameters[2 * layer + 1]
        values.append(z if layer == layers - 1 else function(z))
    logits = values[-1]
    shifted = logits - logits.max(1, keepdims=True)
    log_softmax = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    rows = np.arange(len(y))
    loss = -log_softmax[rows, y].mean()
    delta = np.exp(log_softmax)
    delta[rows, y] -= 1
    delta /= len(y)
    gradients = [None] * len(parameters)
    for layer in reversed(range(layers)):
        gradients[2 * layer] = values[layer].T @ delta
        gradients[2 * layer + 1] = delta.sum(0)
        if layer > 0:
            delta = delta @ parameters[2 * layer].T * slope(values[layer])
    return loss, gradients


def updates(rule, rate, gradients, state, step):
    """The change of each parameter by torch.optim's rules."""
    if rule == "sgd":
        return [-rate * g for g in gradients]
    if rule == "momentum":
        state["v"] = [0.9 * v + g for v, g in zip(state.get("v", [0.0] * len(gradients)), gradients)]
        return [-rate * v for v in state["v"]]
    squares = state.get("s", [np.zeros_like(g) for g in gradients])
    if rule == "adagrad":
        state["s"] = [s + g * g for s, g in zip(squares, gradients)]
        return [-rate * g / (np.sqrt(s) + 1e-10) for s, g in zip(state["s"], gradients)]
    if rule == "rmsprop":
        state["s"] = [0.99 * s + 0.01 * g * g for s, g in zip(squares, gradients)]
        return [-rate * g / (np.sqrt(s) + 1e-8) for s, g in zip(state["s"], gradients)]
    means = state.get("m", [np.zeros_like(g) for g in gradients])
    state["m"] = [0.9 * m + 0.1 * g for m, g in zip(means, gradients)]
    state["s"] = [0.999 * s + 0.001 * g * g for s, g in zip(squares, gradients)]
    mean_scale, square_scale = 1 - 0.9**step, 1 - 0.999**step
    return [
        -rate * (m / mean_scale) / (np.sqrt(s / square_scale) + 1e-8) for m, s in zip(state["m"], state["s"])
    ]


def case(name, seed, steps, **settings):
    settings = {"hidden": [6], "activation": "sigmoid", "optimizer": "sgd", "learning_rate": 0.2} | settings
    init_std, init_bias = settings.pop("std", 0.01), settings.pop("bias", 1.0)
    random = np.random.default_rng(seed)
    x, y = load_iris()
    sizes = [4, *settings["hidden"], 3]
    parameters = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        # Rounded to float32, so that both sides begin at the same place.
        parameters.append(random.normal(0, init_std, (inputs, outputs)).astype(np.float32).astype(float))
        parameters.append(np.full(outputs, init_bias))
    weights = []
    for layer in range(len(sizes) - 1):
        w, b = parameters[2 * layer], parameters[2 * layer + 1]
        weights.append({"name": f"fc{layer + 1}.weight", "shape": list(w.T.shape), "values": w.T.ravel().tolist()})
        weights.append({"name": f"fc{layer + 1}.bias", "shape": list(b.shape), "values": b.tolist()})
    train = random.permutation(150)[:120]
    batches, losses, state = [], [], {}
    while len(batches) < steps:
        order = random.permutation(train)
        batches += [order[i : i + 16].tolist() for i in range(0, 120, 16)]
    for step, rows in enumerate(batches[:steps], start=1):
        loss, gradients = loss_and_gradients(parameters, settings["activation"], x[rows], y[rows])
        losses.append(loss)
        changes = updates(settings["optimizer"], settings["learning_rate"], gradients, state, step)
        parameters = [p + change for p, change in zip(parameters, changes)]
    return {"name": name, "settings": settings, "weights": weights, "batches": batches[:steps], "losses": losses}


def cases():
    """All cases of the fixture."""
    return [
        case("the document's run", 12, 1200),
        case("momentum, tanh", 1, 160, optimizer="momentum", learning_rate=0.05, activation="tanh", std=0.3, bias=0.0),
        case("adagrad, two layers", 2, 160, optimizer="adagrad", learning_rate=0.1, hidden=[8, 5], std=0.5, bias=0.1),
        case("rmsprop", 3, 160, optimizer="rmsprop", learning_rate=0.01, std=0.4, bias=0.0),
        case("adam, relu", 4, 160, optimizer="adam", learning_rate=0.01, activation="relu", std=0.6, bias=0.2),
        case("no hidden layer", 5, 160, hidden=[], std=0.1, bias=0.0),
    ]


if __name__ == "__main__":
    target = ROOT / "tests" / "fixtures" / "iris_mlp.json"
    found = cases()
    target.write_text(json.dumps({"cases": found}, separators=(",", ":")) + "\n")
    for one in found:
        print(f"{one['name']}: {one['losses'][0]:.6f} -> {one['losses'][-1]:.6f}")
