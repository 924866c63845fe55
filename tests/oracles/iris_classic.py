"""The oracle of tests/iris/classic_parity.rs: softmax regression and support vector machines on iris with scikit-learn.

Writes tests/fixtures/iris_classic.json. Every model is fitted on all 150 rows, either on the four features scaled
to 0...1 by their own ranges or on the raw petal length and width, as the document's softmax regression is.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python tests/oracles/iris_classic.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def load_iris():
    lines = (ROOT / "data" / "iris" / "iris_fisher150.csv").read_text().splitlines()[1:]
    table = np.array([[float(v) for v in line.split(",")] for line in lines])
    return table[:, :4], table[:, 4].astype(int)


def rounded(values, digits):
    return np.round(np.asarray(values, dtype=float), digits).tolist()


def softmax_regression(name, rows, labels, c, probes):
    model = LogisticRegression(C=c, solver="lbfgs", tol=1e-10, max_iter=100_000).fit(rows, labels)
    # The figures the document shows are those of scikit-learn's default tolerance of 1e-4, short of the minimum.
    default = LogisticRegression(C=c, solver="lbfgs").fit(rows, labels)
    logits = rows @ model.coef_.T + model.intercept_
    logarithms = logits - logits.max(1, keepdims=True)
    logarithms -= np.log(np.exp(logarithms).sum(1, keepdims=True))
    cross_entropy = -logarithms[np.arange(len(labels)), labels]
    slope = np.exp(logarithms)
    slope[np.arange(len(labels)), labels] -= 1
    gradient = c * slope.T @ rows + model.coef_
    # An oracle that has not reached the minimum would excuse the same in what it judges.
    assert np.abs(gradient).max() < 1e-3 * max(c, 1), f"{name}: {np.abs(gradient).max()}"
    return {
        "name": name,
        "c": c,
        "weights": rounded(model.coef_, 10),
        "intercepts": rounded(model.intercept_, 10),
        "objective": float(c * cross_entropy.sum() + 0.5 * (model.coef_**2).sum()),
        "mean_cross_entropy": float(cross_entropy.mean()),
        "accuracy": float(model.score(rows, labels)),
        "probes": [
            {
                "row": probe,
                "class": int(model.predict([probe])[0]),
                "probabilities": model.predict_proba([probe])[0].tolist(),
                "stopped_early": default.predict_proba([probe])[0].tolist(),
            }
            for probe in probes
        ],
    }


def support_vector_machine(features, rows, labels, kernel, c, gamma):
    model = SVC(
        C=c,
        kernel=kernel,
        gamma=gamma or "scale",
        tol=1e-6,
        decision_function_shape="ovo",
    ).fit(rows, labels)
    return {
        "name": f"{kernel}, C = {c}, gamma = {gamma}, {features}",
        "features": features,
        "kernel": kernel,
        "c": c,
        "gamma": gamma,
        "support": model.support_.tolist(),
        "decisions": rounded(model.decision_function(rows), 9),
        "predictions": model.predict(rows).tolist(),
    }


def main():
    rows, labels = load_iris()
    scaled = (rows - rows.min(0)) / (rows.max(0) - rows.min(0))
    petal = rows[:, 2:]
    settings = [("linear", 1.0, None), ("linear", 10.0, None), ("rbf", 1.0, "scale"), ("rbf", 1.0, 0.5)]
    fixture = {
        "softmax": [
            {"features": "scaled", **softmax_regression("C = 1", scaled, labels, 1.0, [])},
            {"features": "scaled", **softmax_regression("C = 500", scaled, labels, 500.0, [])},
            {"features": "petal", **softmax_regression("the document's", petal, labels, 500.0, [[5.0, 2.0]])},
        ],
        "gamma_scale": {
            "scaled": float(1 / (scaled.shape[1] * scaled.var())),
            "petal": float(1 / (petal.shape[1] * petal.var())),
        },
        "svm": [
            support_vector_machine(features, values, labels, *setting)
            for features, values in (("scaled", scaled), ("petal", petal))
            for setting in settings
        ],
    }
    path = ROOT / "tests" / "fixtures" / "iris_classic.json"
    path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
