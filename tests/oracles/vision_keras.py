"""The oracle of tests/vision/parity.rs: convolutional networks in Keras with the optimisers of TensorFlow 2.0, in float64.

Writes tests/fixtures/vision_keras.json: two small networks, one that ends with softmax and one with a sigmoid, each with
pictures, initial weights, the rows of every minibatch, what each layer makes of the first minibatch, the gradients of
that minibatch, and for each optimiser the loss of every step, the running accuracy of every epoch (from `fit`) and the
weights after the last step. After them the summary tables of the document's own networks.

    pip install tensorflow-cpu==2.21.0 tf-keras==2.21.0
    python tests/oracles/vision_keras.py
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
import tf_keras as keras

ROOT = Path(__file__).resolve().parent.parent.parent
# The optimisers as TensorFlow 2.0 had them (optimizer_v2); the newer ones place ε differently in RMSprop.
OPTIMIZERS = {
    "adam": (keras.optimizers.legacy.Adam, {}),
    "rmsprop": (keras.optimizers.legacy.RMSprop, {}),
    "adagrad": (keras.optimizers.legacy.Adagrad, {}),
    "sgd": (keras.optimizers.legacy.SGD, {}),
    "momentum": (keras.optimizers.legacy.SGD, {"momentum": 0.9}),
}
RATES = {"adam": 0.01, "rmsprop": 0.005, "adagrad": 0.05, "sgd": 0.1, "momentum": 0.03}
ROWS, BATCH, STEPS = 24, 5, 50
# Steps of an epoch; the last has four rows.
EPOCH = -(-ROWS // BATCH)


def build(height, width, channels, filters, kernel_size, dense_units, outputs):
    """The document's kind of network, under the names Keras gives layers in a fresh session."""
    keras.backend.clear_session()
    layers = [keras.layers.Input((height, width, channels))]
    for maps in filters:
        layers.append(keras.layers.Conv2D(maps, (kernel_size, kernel_size), activation="relu"))
        layers.append(keras.layers.MaxPooling2D(2, 2))
    layers.append(keras.layers.Flatten())
    layers.append(keras.layers.Dense(dense_units, activation="relu"))
    layers.append(keras.layers.Dense(outputs, activation="sigmoid" if outputs == 1 else "softmax"))
    return keras.Sequential(layers)


def loss_name(outputs):
    return "binary_crossentropy" if outputs == 1 else "sparse_categorical_crossentropy"


def summary(model):
    """The rows of `model.summary()`: name, kind, shape without the batch, parameters."""
    kinds = {"Conv2D": "conv2d", "MaxPooling2D": "max_pooling2d", "Flatten": "flatten", "Dense": "dense"}
    return [
        {
            "name": layer.name,
            "kind": kinds[type(layer).__name__],
            "shape": list(layer.output_shape[1:]),
            "parameters": layer.count_params(),
        }
        for layer in model.layers
    ]


def numbers(array):
    """Nine digits: more than a float32 holds."""
    return [float(f"{value:.9g}") for value in np.asarray(array).ravel()]


def named(model, arrays):
    """Weights, or gradients of them, as `layer.kernel` and `layer.bias`."""
    names = [weight.name.split(":")[0].replace("/", ".") for weight in model.weights]
    return [
        {"name": name, "shape": list(np.shape(array)), "values": numbers(array)} for name, array in zip(names, arrays)
    ]


def pictures(random, labels, height, width, channels):
    """Noisy bytes; the class is the corner a brighter spot lies in."""
    found = random.integers(0, 100, (len(labels), height, width, channels))
    for picture, label in zip(found, labels):
        top, left = divmod(int(label), 2)
        top, left = top * (height - 7) + random.integers(0, 3), left * (width - 6) + random.integers(0, 3)
        picture[top : top + 4, left : left + 4] += random.integers(60, 156)
    return found.astype(np.uint8)


def case(name, seed, network, classes):
    random = np.random.default_rng(seed)
    labels = random.permutation(np.arange(ROWS) % classes)
    bytes_ = pictures(random, labels, network["height"], network["width"], network["channels"])
    x, y = bytes_ / 255.0, labels.astype(np.float64)
    batches = []
    while len(batches) < STEPS:
        order = random.permutation(ROWS)
        batches += [order[i : i + BATCH] for i in range(0, ROWS, BATCH)]

    model = build(**network)
    # Glorot as Keras has it, drawn here so that it repeats, and rounded to float32, so that both sides begin at the
    # same place; biases are not 0, so that they are seen to be used.
    initial = []
    for weight in model.weights:
        if len(weight.shape) == 1:
            drawn = random.uniform(-0.1, 0.1, weight.shape)
        else:
            fans = np.prod(weight.shape[:-2]) * (weight.shape[-2] + weight.shape[-1])
            drawn = random.uniform(-1, 1, weight.shape) * np.sqrt(6 / fans)
        initial.append(drawn.astype(np.float32).astype(np.float64))
    model.set_weights(initial)

    first = batches[0]
    inner = keras.Model(model.inputs, [layer.output for layer in model.layers[:-1]])
    values = inner(x[first])
    layers = [
        {"name": layer.name, "shape": list(value.shape), "values": numbers(value)}
        for layer, value in zip(model.layers, values)
        if layer.name != "flatten"
    ]
    kernel, bias = initial[-2:]
    logits = values[-1].numpy() @ kernel + bias
    with tf.GradientTape() as tape:
        losses = keras.losses.get(loss_name(network["outputs"]))(y[first][:, None], model(x[first]))
        loss = tf.reduce_mean(losses)
    gradients = tape.gradient(loss, model.trainable_variables)

    found = {
        "name": name,
        "network": network,
        "classes": classes,
        "pictures": bytes_.ravel().tolist(),
        "labels": labels.tolist(),
        "batches": [rows.tolist() for rows in batches],
        "layers": layers,
        "logits": {"shape": list(logits.shape), "values": numbers(logits)},
        "gradients": named(model, gradients),
        "runs": [],
    }
    found["initial"] = named(model, initial)
    for optimizer, (rule, constants) in OPTIMIZERS.items():
        rate = RATES[optimizer]

        def fresh():
            model = build(**network)
            model.compile(rule(learning_rate=rate, **constants), loss_name(network["outputs"]), metrics=["accuracy"])
            model.set_weights(initial)
            return model

        model = fresh()
        losses = [model.train_on_batch(x[rows], y[rows])[0] for rows in batches]
        fitted, accuracies = fresh(), []
        for epoch in range(0, STEPS, EPOCH):
            order = np.concatenate(batches[epoch : epoch + EPOCH])
            history = fitted.fit(x[order], y[order], BATCH, epochs=1, shuffle=False, verbose=0).history
            accuracies += history["accuracy"]
        for one, other in zip(model.get_weights(), fitted.get_weights()):
            assert np.allclose(one, other, atol=1e-12), "both ways of training agree"
        found["runs"].append(
            {
                "optimizer": optimizer,
                "learning_rate": rate,
                "losses": numbers(losses),
                "accuracies": numbers(accuracies),
                "weights": named(model, model.get_weights()),
            }
        )
        print(f"{name}, {optimizer}: {losses[0]:.4f} -> {losses[-1]:.4f}, accuracy {accuracies[0]:.3f} -> {accuracies[-1]:.3f}")
    return found


def summaries():
    """The document's networks and those that stand in for them."""

    def one(name, side, channels, filters, dense_units, outputs):
        network = {"height": side, "width": side, "channels": channels, "filters": filters, "kernel_size": 3}
        network |= {"dense_units": dense_units, "outputs": outputs}
        model = build(**network)
        print(f"{name}: {model.count_params()} parameters")
        return {"name": name, "network": network, "layers": summary(model), "parameters": model.count_params()}

    five = [16, 32, 64, 64, 64]
    return [
        one("mnist", 28, 1, [16], 128, 10),
        one("mnist, course", 28, 1, [32], 128, 10),
        one("mnist, feed-forward", 28, 1, [], 128, 10),
        one("horse or human", 300, 3, five, 512, 1),
        one("horse or human, 128", 128, 3, five, 512, 1),
        one("horse or human, 94", 94, 3, five, 512, 1),
        one("happy or sad", 300, 3, [32, 64, 64], 512, 1),
        one("happy or sad, 150", 150, 3, [32, 64, 64], 512, 1),
        one("happy or sad, course", 150, 3, [16, 32, 32], 512, 1),
    ]


if __name__ == "__main__":
    keras.backend.set_floatx("float64")
    softmax = {"height": 17, "width": 14, "channels": 1, "filters": [5, 6], "kernel_size": 3, "dense_units": 7}
    sigmoid = softmax | {"channels": 3, "filters": [4, 5], "dense_units": 6}
    found = {
        "cases": [
            case("softmax", 1, softmax | {"outputs": 4}, 4),
            case("sigmoid", 2, sigmoid | {"outputs": 1}, 2),
        ],
        "summaries": summaries(),
    }
    target = ROOT / "tests" / "fixtures" / "vision_keras.json"
    target.write_text(json.dumps(found, separators=(",", ":")) + "\n")
    print(f"{target.stat().st_size} bytes")
