"""The figures of the iris lesson's text: means over seeds of runs in float64, with the rules of iris_mlp.py.

Prints one line for each row of the tables in www/lessons/iris/{zh,en}.md: test accuracy with the last weights and
with the best on dev, and the step by which the mean loss of an epoch first falls below 0.9 (median over seeds).
Then, by scikit-learn, the cross-validation of softmax regression and support vector machines (stratified, five folds,
ten times) in centimetres and on scaled columns, and the same of RBF machines for several widths.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python tests/oracles/iris_figures.py [seeds]
"""

import sys

import numpy as np
from sklearn.datasets import load_iris as load_centimetres
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.svm import SVC

from iris_mlp import load_iris, loss_and_gradients, updates, ACTIVATIONS

X, Y = load_iris()
# 0.9 is the figure of the goal `plateau`; 150 rows are cut into 120, 15 and 15.
PLATEAU, TRAIN, DEV = 0.9, 120, 135


def logits(parameters, activation, x):
    value = x
    for layer in range(len(parameters) // 2):
        value = value @ parameters[2 * layer] + parameters[2 * layer + 1]
        if layer < len(parameters) // 2 - 1:
            value = ACTIVATIONS[activation][0](value)
    return value


def accuracy(parameters, activation, rows):
    return (logits(parameters, activation, X[rows]).argmax(1) == Y[rows]).mean()


def run(seed, split="disjoint", hidden=(6,), activation="sigmoid", std=0.01, bias=1.0, rule="sgd", rate=0.2, batch=16, epochs=150):
    """Test accuracy of the last and of the best-dev weights, and the step at which the plateau is left."""
    random = np.random.default_rng(seed)
    if split == "disjoint":
        order = random.permutation(150)
        train, dev, test = order[:TRAIN], order[TRAIN:DEV], order[DEV:]
    else:
        train, dev, test = (random.permutation(150)[a:b] for a, b in ((0, TRAIN), (TRAIN, DEV), (DEV, 150)))
    sizes = [4, *hidden, 3]
    parameters = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        parameters += [random.normal(0, std, (inputs, outputs)), np.full(outputs, float(bias))]
    steps_per_epoch = -(-TRAIN // batch)
    state, step, left = {}, 0, None
    best, best_parameters = 0.0, parameters
    for epoch in range(epochs):
        order, losses = random.permutation(train), []
        for start in range(0, TRAIN, batch):
            rows = order[start : start + batch]
            loss, gradients = loss_and_gradients(parameters, activation, X[rows], Y[rows])
            losses.append(loss)
            changes = updates(rule, rate, gradients, state, step + 1)
            parameters = [p + change for p, change in zip(parameters, changes)]
            if step > 0 and (step % 50 == 0 or step == epochs * steps_per_epoch - 1):
                score = accuracy(parameters, activation, dev)
                if score > best:
                    best, best_parameters = score, parameters
            step += 1
        if left is None and np.mean(losses) < PLATEAU:
            left = (epoch + 1) * steps_per_epoch
    return accuracy(parameters, activation, test), accuracy(best_parameters, activation, test), left or np.inf


ROWS = [
    ("as corrected", {}),
    ("split as written", {"split": "as_written"}),
    ("init_std 0.5, init_bias 0", {"std": 0.5, "bias": 0}),
    ("tanh", {"activation": "tanh"}),
    ("ReLU", {"activation": "relu"}),
    ("momentum", {"rule": "momentum"}),
    ("Adam, learning_rate 0.01", {"rule": "adam", "rate": 0.01}),
    ("hidden 6, 6", {"hidden": (6, 6)}),
    ("hidden 6, 6, init_std 0.5, init_bias 0", {"hidden": (6, 6), "std": 0.5, "bias": 0}),
    ("batch_size 120", {"batch": 120}),
    ("batch_size 120, epochs 1,200", {"batch": 120, "epochs": 1200}),
]

def softmax(strength):
    return LogisticRegression(C=strength, max_iter=10_000)


MODELS = [
    ("softmax, C = 1", softmax(1)),
    ("softmax, C = 500", softmax(500)),
    ("SVM, RBF, C = 1", SVC()),
    ("SVM, linear, C = 1", SVC(kernel="linear")),
]
GAMMAS = [0.01, 0.1, "scale", 10, 100]


def print_cross_validation(name, model, x):
    scores = cross_val_score(model, x, Y, cv=RepeatedStratifiedKFold(n_splits=5, n_repeats=10, random_state=0))
    fitted = model.fit(x, Y)
    support = f"  support vectors {fitted.n_support_.sum()}" if isinstance(fitted, SVC) else ""
    print(
        f"{name:40} cross-validated {scores.mean():.3f} (sd {scores.std(ddof=1):.3f})"
        f"  trained on all rows {fitted.score(x, Y):.3f}{support}"
    )


def print_classical_models():
    centimetres = load_centimetres().data
    for name, model in MODELS:
        print_cross_validation(f"{name}, centimetres", model, centimetres)
        print_cross_validation(f"{name}, scaled", model, X)
    for gamma in GAMMAS:
        print_cross_validation(f"SVM, RBF, gamma = {gamma}, scaled", SVC(gamma=gamma), X)
    print(f"gamma = scale is {1 / (X.shape[1] * X.var()):.2f}")


if __name__ == "__main__":
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    for name, settings in ROWS:
        last, best, left = np.array([run(seed, **settings) for seed in range(seeds)]).T
        goal = (last > 0.93).mean()
        print(
            f"{name:40} last {last.mean():.3f} (sd {last.std():.3f})  best on dev {best.mean():.3f} (sd {best.std():.3f})"
            f"  below 0.9 by step {np.median(left):.0f}  at least 14 of 15: {goal:.2f}"
        )
    print_classical_models()
