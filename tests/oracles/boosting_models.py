"""Model files of several versions of LightGBM, with what LightGBM predicts by them (tests/boosting/models.rs).

    python tests/oracles/boosting_models.py

Adds the models of the LightGBM at hand to `tests/fixtures/boosting_models/models.json.gz`, which holds those of 2.2.3,
3.3.5, 4.6.0 and 4.7.0: run it once with each. Each entry holds the text of the file, rows (null is missing), and for
each row and class the raw score and the answer, as Python writes them, row by row; those of 4.6.0 the contributions of
the columns, too.
"""

import gzip
import json
import random
from pathlib import Path

import lightgbm as lgb
import numpy as np

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "boosting_models" / "models.json.gz"
ROWS = 160
SHOWN = 24
COMMON = {"num_leaves": 5, "min_data_in_leaf": 3, "num_threads": 1, "verbosity": -1, "seed": 1}
CATEGORIES = {"min_data_per_group": 3, "cat_smooth": 1, "max_cat_to_onehot": 1}


def table():
    """A column of numbers with gaps, one of categories, one of zeros and counts."""
    draw = random.Random(11)
    rows = [
        [
            float("nan") if draw.random() < 0.1 else round(draw.gauss(0, 2), 2),
            float(draw.randrange(40)),
            float(max(0, draw.randrange(-6, 9))),
        ]
        for _ in range(ROWS)
    ]
    return np.array(rows)


def score(row):
    number = 0 if np.isnan(row[0]) else row[0]
    return number + (2 if row[1] % 3 == 0 else -1) + 0.3 * row[2]


def models():
    rows = table()
    scores = np.array([score(row) for row in rows])
    draw = random.Random(5)
    noise = np.array([draw.gauss(0, 1) for _ in range(ROWS)])
    number = np.round(scores + noise, 2)
    two = (scores + noise > 0).astype(float)
    three = np.clip(np.floor((scores + noise) / 2 + 1.5), 0, 2)
    share = np.round(1 / (1 + np.exp(-scores)), 3)
    count = np.floor(np.abs(number)) + 1
    groups = [8] * (ROWS // 8)

    def train(parameters, labels, rounds=3, group=None, categories=(1,), **others):
        data = lgb.Dataset(rows, labels, group=group, categorical_feature=list(categories), free_raw_data=False)
        return lgb.train({**COMMON, **CATEGORIES, **parameters}, data, rounds, **others)

    for name in ["regression", "regression_l1", "huber", "fair", "quantile", "mape"]:
        yield name, train({"objective": name}, number)
    for name in ["poisson", "gamma", "tweedie"]:
        yield name, train({"objective": name}, count)
    yield "sqrt", train({"objective": "regression", "reg_sqrt": True}, number)
    yield "binary", train({"objective": "binary"}, two)
    yield "steep", train({"objective": "binary", "sigmoid": 2.5}, two)
    for name in ["xentropy", "xentlambda"]:
        yield name, train({"objective": name}, share)
    yield "multiclass", train({"objective": "multiclass", "num_class": 3}, three)
    yield "multiclassova", train({"objective": "multiclassova", "num_class": 3, "sigmoid": 0.5}, three)
    yield "lambdarank", train({"objective": "lambdarank"}, three, group=groups)
    forest = {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6}
    yield "forest", train({"objective": "binary", **forest}, two, 4)
    yield "forest_multiclass", train({"objective": "multiclass", "num_class": 3, **forest}, three)
    yield "dart", train({"objective": "binary", "boosting": "dart", "drop_rate": 0.9}, two, 6)
    yield "zero_as_missing", train({"objective": "binary", "zero_as_missing": True}, two, categories=())
    yield "no_missing", train({"objective": "binary", "use_missing": False}, two, categories=())
    yield "one_leaf", train({"objective": "binary", "min_data_in_leaf": 100}, two)
    yield "monotone", train({"objective": "binary", "monotone_constraints": [1, 0, 0]}, two, categories=())

    def residual(predicted, data):
        return predicted - data.get_label(), np.ones(len(predicted))

    if int(lgb.__version__.split(".")[0]) >= 4:
        yield "own_loss", train({"objective": residual}, number)
    else:
        yield "own_loss", train({}, number, fobj=residual)
    if lgb.__version__ >= "3":
        yield "rank_xendcg", train({"objective": "rank_xendcg"}, three, group=groups)
        yield "linear", train({"objective": "regression", "linear_tree": True}, number, categories=())


def main():
    held = json.loads(gzip.decompress(FILE.read_bytes())) if FILE.exists() else {}
    rows = table()[:SHOWN]
    # Values that no training row has: far away, between categories, and no category at all.
    rows = np.vstack([rows, [[1e300, 2.9, -0.0], [-1e300, -0.5, 1e-36], [0, 1e9, np.nan], [np.inf, 3e9, 1]]])
    for name, booster in models():
        answer = {}
        for kind, raw in [("raw", True), ("answers", False)]:
            values = np.asarray(booster.predict(rows, raw_score=raw)).ravel()
            answer[kind] = [repr(float(value)) for value in values]
        if lgb.__version__ == "4.6.0" and not name == "linear":
            values = booster.predict(rows, pred_contrib=True)
            answer["contributions"] = [repr(float(value)) for value in np.asarray(values).ravel()]
        held[f"{lgb.__version__}/{name}"] = {"text": booster.model_to_string(), **answer}
    held["rows"] = [[None if np.isnan(value) else repr(float(value)) for value in row] for row in rows]
    text = json.dumps(held, sort_keys=True)
    FILE.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(lgb.__version__, len(held) - 1, "models,", FILE.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
