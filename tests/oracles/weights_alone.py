"""Predicts from a file of weights alone: with numpy, from its tensors and what its metadata say of the model.

    python weights_alone.py weights.safetensors inputs.json

The inputs are rows of numbers in the table's own units, or pictures of red, green, blue and opacity. Prints the class
and the probabilities of each (of a support vector machine the votes), and the ranges of the columns.
"""

import json
import sys

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from safetensors import safe_open

ACTIVATIONS = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": np.tanh,
    "relu": lambda x: np.maximum(x, 0),
}

with safe_open(sys.argv[1], framework="numpy") as file:
    about = json.loads(file.metadata()["emberbook"])
    weights = {name: file.get_tensor(name) for name in file.keys()}
with open(sys.argv[2], encoding="utf-8") as file:
    inputs = json.load(file)

model, classes = about["model"], about["classes"]
activation = ACTIVATIONS.get(model.get("activation"))


def softmax(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()


def scaled(row):
    columns = about["input"]["columns"]
    low, high = [np.array([column[end] for column in columns]) for end in ["min", "max"]]
    width = high - low
    return np.where(width > 0, (np.array(row) - low) / np.where(width > 0, width, 1), 0).astype(np.float32)


def numbered(names):
    """Layers by number: fc1, fc2 and so on."""
    return sorted({int(name[2:].split(".")[0]) for name in names})


def mlp(x):
    layers = numbered(weights)
    for number in layers:
        x = weights[f"fc{number}.weight"] @ x + weights[f"fc{number}.bias"]
        x = activation(x) if number < layers[-1] else x
    return softmax(x)


def svm(x):
    kernel = {"exp": np.exp, "sum": np.sum, "gamma": model.get("gamma"), "x": x.astype(np.float64)}
    alike = [eval(model["kernel"], kernel | {"y": y.astype(np.float64)}) for y in weights["support_vectors"]]
    votes = np.zeros(len(classes))
    for first in range(len(classes)):
        for second in range(first + 1, len(classes)):
            pair = f"pairs.{first}_{second}"
            decision = weights[f"{pair}.coefficients"] @ np.array(alike) + weights[f"{pair}.intercept"][0]
            votes[first if decision > 0 else second] += 1
    return votes


def prepared(picture):
    """The steps that the file names, one after the other."""
    picture = np.array(picture)
    for step in about["input"]["steps"]:
        if step["step"] == "over_white":
            color, alpha = picture[:, :, :3], picture[:, :, 3:]
            picture = eval(step["color"], {"color": color, "alpha": alpha})
        elif step["step"] == "nearest":
            for axis, new in enumerate([about["input"]["height"], about["input"]["width"]]):
                place = {"i": np.arange(new), "old": picture.shape[axis], "new": new}
                picture = picture.take(eval(step["pixel"], place), axis)
        elif step["step"] == "divide":
            picture = picture.astype(np.float32) / np.float32(step["by"])
        else:
            raise ValueError(step)
    return picture


def conv_net(x):
    for number in range(len(model["filters"])):
        name = "conv2d" if number == 0 else f"conv2d_{number}"
        kernel = weights[f"{name}.kernel"]
        windows = sliding_window_view(x, kernel.shape[:2], (0, 1))
        x = activation(np.einsum("hwcij,ijco->hwo", windows, kernel) + weights[f"{name}.bias"])
        rows, columns = x.shape[0] // 2, x.shape[1] // 2
        x = x[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2, -1).max(axis=(1, 3))
    x = activation(x.ravel() @ weights["dense.kernel"] + weights["dense.bias"])
    x = x @ weights["dense_1.kernel"] + weights["dense_1.bias"]
    if model["output"] == "softmax":
        return softmax(x)
    second = 1 / (1 + np.exp(-x[0]))
    return np.array([1 - second, second])


PREDICT = {
    "mlp": lambda row: mlp(scaled(row)),
    "softmax": lambda row: softmax(weights["linear.weight"] @ scaled(row) + weights["linear.bias"]),
    "svm": lambda row: svm(scaled(row)),
    "conv_net": lambda picture: conv_net(prepared(picture)),
}

predicted = [PREDICT[model["kind"]](each) for each in inputs]
answer = {
    "classes": [classes[row.argmax()] for row in predicted],
    "probabilities": [row.tolist() for row in predicted],
    "columns": about["input"].get("columns"),
}
print(json.dumps(answer))
