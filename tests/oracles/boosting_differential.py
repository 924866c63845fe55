"""Random tables and parameters with what LightGBM 4.6.0 makes of them: the oracle of crates/gbdt/tests/differential.rs.

Each set is drawn from the seed and its number alone. Most tables are small (2 to 60 rows), where most differences lie;
their values are what tables from outside hold: gaps, infinities, -0, denormals, 1e300, 2^53, huge category codes, ties,
neighbouring numbers, sparse columns that exclude each other, weights of zero, a single class. A set is one line of JSON;
the lines are packed with gzip. Training is single-threaded and deterministic. A set that LightGBM refuses holds the
reason, one on which its process ends holds `died`.

`--again` trains anew on the sets of a file, such as those that went wrong once (crates/gbdt/tests/cases.jsonl.gz).

    pip install -r tests/oracles/requirements.txt
    python tests/oracles/boosting_differential.py --sets 200 --seed 2 --most-rows 60 --out crates/gbdt/tests/differential.jsonl.gz
"""

import argparse
import gzip
import json
import os
import signal

import lightgbm as lgb
import numpy as np

ALWAYS = {"num_threads": 1, "deterministic": True, "force_col_wise": True, "verbosity": -1}
SECONDS = 60
# Rows whose predictions are kept.
PREDICTED = 8
METRICS = {
    "regression": ["l2", "l1", "rmse"],
    "regression_l1": ["l1", "l2"],
    "huber": ["huber", "l2"],
    "poisson": ["poisson", "l2"],
    "binary": ["auc", "binary_logloss", "binary_error", "average_precision"],
    "cross_entropy": ["cross_entropy"],
    "multiclass": ["multi_logloss", "multi_error"],
    "multiclassova": ["multi_logloss", "multi_error"],
}


class Draw:
    """Choices of one set."""

    def __init__(self, seed, number):
        self.random = np.random.default_rng([seed, number])

    def chance(self, probability):
        return self.random.random() < probability

    def one(self, choices):
        return choices[self.random.integers(len(choices))]

    def rows(self, most):
        kind = self.random.random()
        if kind < 0.7:
            rows = self.random.integers(2, 61)
        elif kind < 0.9:
            rows = self.random.integers(61, 401)
        elif kind < 0.97:
            rows = self.random.integers(401, 3001)
        else:
            rows = self.random.integers(9_990, 12_001)
        return int(rows) if rows <= most else int(self.random.integers(2, most + 1))

    def numbers(self, rows):
        """A column of numbers of one kind or another."""
        random = self.random
        kind = self.one("normal few ties small sparse constant wide huge tiny neighbours signs steps".split())
        if kind == "normal":
            values = random.normal(size=rows)
        elif kind == "few":
            values = random.choice(random.normal(size=3), rows)
        elif kind == "ties":
            values = random.integers(0, self.one([2, 3, 5, 20]), rows).astype(float)
        elif kind == "small":
            values = random.integers(-3, 4, rows) / 2
        elif kind == "sparse":
            values = np.where(random.random(rows) < self.one([0.6, 0.8, 0.95]), 0.0, random.integers(-2, 9, rows))
        elif kind == "constant":
            values = np.full(rows, self.one([0.0, 1.0, -3.5]))
        elif kind == "wide":
            values = random.normal(size=rows) * 10.0 ** random.integers(-40, 41, rows)
        elif kind == "huge":
            values = random.choice([1e300, -1e300, 2.0**53, 2.0**53 + 2, 1.7e308, -1.7e308, 1e38], rows)
        elif kind == "tiny":
            values = random.choice([0.0, -0.0, 5e-324, -5e-324, 1e-35, -1e-35, 1.1e-35, 1e-310, 1e-36, 1.0], rows)
        elif kind == "neighbours":
            start = self.one([1.0, 0.1, -7.3])
            near = [start, np.nextafter(start, 9), np.nextafter(np.nextafter(start, 9), 9), start * (1 + 1e-12)]
            values = random.choice(near, rows)
        elif kind == "signs":
            values = random.choice([-2.0, -1.0, -0.0, 0.0, 1.0, 2.0], rows)
        else:
            values = np.floor(np.arange(rows) / max(1, rows / self.one([2, 4, 50])))
        values = np.asarray(values, dtype=float)
        if self.chance(0.3):
            values[random.random(rows) < self.one([0.05, 0.3, 0.9])] = np.nan
        if self.chance(0.08):
            values[random.random(rows) < 0.1] = self.one([np.inf, -np.inf])
        return values

    def categories(self, rows):
        """A column of category codes."""
        random = self.random
        many = self.one([2, 3, 5, 12, 40, 90])
        codes = np.minimum(random.integers(0, many, rows), random.integers(0, many, rows)).astype(float)
        kind = self.random.random()
        if kind < 0.15:
            codes = codes * self.one([7, 1000, 3001])
        elif kind < 0.25:
            codes[random.random(rows) < 0.1] = self.one([2.0**31, 2.0**31 + 5, 1e300, np.inf, -np.inf, -1, -7, 2.5])
        if self.chance(0.25):
            codes[random.random(rows) < self.one([0.05, 0.4])] = np.nan
        return codes


def parameters(draw, objective):
    """LightGBM's parameters, most at their defaults."""
    given = {"objective": objective}

    def perhaps(probability, name, choices):
        if draw.chance(probability):
            given[name] = draw.one(choices)

    perhaps(0.7, "min_data_in_leaf", [0, 1, 1, 2, 3, 5, 10])
    perhaps(0.3, "min_sum_hessian_in_leaf", [0, 0, 1e-6, 0.1, 1.0, 5.0])
    perhaps(0.4, "num_leaves", [2, 3, 4, 7, 15, 63])
    perhaps(0.2, "max_depth", [1, 2, 3, 5, 0, -1])
    perhaps(0.5, "learning_rate", [0.01, 0.3, 0.5, 1.0, 1.7])
    perhaps(0.3, "min_data_in_bin", [1, 1, 2, 5])
    perhaps(0.2, "max_bin", [2, 3, 4, 8, 16, 300])
    perhaps(0.15, "lambda_l1", [0.01, 0.5, 3.0])
    perhaps(0.15, "lambda_l2", [0.01, 0.5, 10.0])
    perhaps(0.12, "max_delta_step", [0.1, 0.5, 2.0])
    perhaps(0.12, "path_smooth", [1e-16, 0.5, 1.0, 20.0])
    perhaps(0.15, "min_gain_to_split", [0.001, 0.1, 1.0])
    perhaps(0.25, "min_data_per_group", [1, 2, 5, 20])
    perhaps(0.25, "cat_smooth", [0, 0.5, 1.0, 3.0])
    perhaps(0.15, "cat_l2", [0.0, 1.0])
    perhaps(0.15, "max_cat_to_onehot", [1, 2, 8, 64])
    perhaps(0.1, "max_cat_threshold", [1, 2, 4])
    perhaps(0.1, "use_missing", [False])
    perhaps(0.12, "zero_as_missing", [True])
    perhaps(0.15, "feature_pre_filter", [False])
    perhaps(0.15, "boost_from_average", [False])
    perhaps(0.2, "feature_fraction", [0.3, 0.5, 0.8])
    perhaps(0.15, "feature_fraction_bynode", [0.3, 0.5, 0.8])
    perhaps(0.1, "feature_fraction_seed", [7, 1234])
    perhaps(0.1, "seed", [0, 1, 42, 123456])
    perhaps(0.1, "extra_trees", [True])
    perhaps(0.06, "bin_construct_sample_cnt", [2, 5, 20, 50, 500])
    perhaps(0.03, "data_random_seed", [5])
    perhaps(0.05, "enable_bundle", [False])
    if draw.chance(0.3):
        perhaps(0.9, "bagging_fraction", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
        perhaps(0.9, "bagging_freq", [1, 1, 2, 3])
        perhaps(0.2, "bagging_seed", [9, 77])
        if objective == "binary":
            perhaps(0.3, "pos_bagging_fraction", [0.4, 0.8])
            perhaps(0.3, "neg_bagging_fraction", [0.3, 0.9])
    elif draw.chance(0.15):
        given["data_sample_strategy"] = "goss"
        perhaps(0.5, "top_rate", [0.1, 0.3, 0.5])
        perhaps(0.5, "other_rate", [0.05, 0.2, 0.5])
        given["learning_rate"] = draw.one([0.3, 0.5, 1.0])
    if draw.chance(0.12):
        given["boosting"] = "dart"
        perhaps(0.5, "drop_rate", [0.3, 0.8, 1.0])
        perhaps(0.5, "skip_drop", [0.0, 0.2])
        perhaps(0.3, "max_drop", [1, 2, 0, -1])
        perhaps(0.3, "uniform_drop", [True])
        perhaps(0.3, "xgboost_dart_mode", [True])
    elif draw.chance(0.06):
        given["boosting"] = "rf"
        given.setdefault("feature_fraction", 0.8)
    if objective == "binary":
        perhaps(0.1, "is_unbalance", [True])
        if "is_unbalance" not in given:
            perhaps(0.15, "scale_pos_weight", [0.3, 4.0])
        perhaps(0.1, "sigmoid", [0.5, 2.0])
    return given


def label(draw, objective, rows, columns):
    random = draw.random
    signal_ = np.nan_to_num(columns[0], nan=0.0, posinf=1.0, neginf=-1.0)
    signal_ = np.clip(signal_, -5, 5) + random.normal(size=rows)
    if objective in ("binary", "cross_entropy"):
        if draw.chance(0.06):
            return np.full(rows, float(draw.one([0, 1])))
        if objective == "cross_entropy" and draw.chance(0.6):
            return np.clip(random.normal(size=rows) * 0.5 + 0.5, 0, 1)
        return (signal_ > np.quantile(signal_, draw.one([0.5, 0.5, 0.3, 0.9]))).astype(float)
    if objective in ("multiclass", "multiclassova"):
        return np.clip(np.round(signal_), 0, draw.one([1, 2, 2])).astype(float)
    if objective == "poisson":
        return np.floor(np.abs(signal_))
    kind = draw.random.random()
    if kind < 0.1:
        return np.full(rows, draw.one([0.0, 2.5]))
    if kind < 0.15:
        return random.choice([3.4e38, 1e38, -2e38, 1.0], rows)
    if kind < 0.3:
        return np.round(signal_)
    return signal_ * draw.one([1.0, 1.0, 1000.0, 1e-6])


def numbers(values):
    return " ".join("nan" if np.isnan(value) else repr(float(value)).removesuffix(".0") for value in values)


def one_set(seed, number, most_rows, objectives):
    draw = Draw(seed, number)
    rows = draw.rows(most_rows)
    objective = draw.one(objectives)
    count = draw.one([1, 1, 2, 3, 4, 6])
    columns = [draw.numbers(rows) for _ in range(count)]
    categorical = []
    if draw.chance(0.35):
        categorical = sorted({int(draw.random.integers(count)) for _ in range(draw.one([1, 1, 2]))})
        for column in categorical:
            columns[column] = draw.categories(rows)
    if draw.chance(0.15):
        # Columns of which at most one is not zero, but for a few rows: what is bundled.
        many = draw.one([3, 8, 12])
        sparse = np.zeros((many, rows))
        place = draw.random.integers(0, many, rows)
        sparse[place, np.arange(rows)] = draw.random.integers(1, 5, rows)
        for _ in range(draw.one([0, 0, 1, 2])):
            sparse[draw.random.integers(many), draw.random.integers(rows)] = 3.0
        columns += list(sparse)
    given = parameters(draw, objective)
    labels = np.asarray(label(draw, objective, rows, columns), dtype=np.float32)
    if objective.startswith("multiclass"):
        given["num_class"] = int(max(2, labels.max() + 1)) + int(draw.chance(0.1))
    if draw.chance(0.12):
        signs = [int(draw.one([-1, 0, 1])) for _ in columns]
        if not any(signs[column] for column in categorical):
            given["monotone_constraints"] = signs
            if draw.chance(0.3):
                given["monotone_penalty"] = draw.one([0.5, 1.5, 3.0])
    weights = None
    if draw.chance(0.25):
        weights = np.asarray(draw.random.choice([0.5, 1.0, 2.0, 3.25], rows), dtype=np.float32)
        if draw.chance(0.3):
            weights[draw.random.random(rows) < 0.3] = 0
    valid = int(draw.random.integers(1, max(2, rows // 3))) if rows >= 6 and draw.chance(0.5) else 0
    metrics = []
    if valid:
        order = draw.random.permutation(len(METRICS[objective]))
        metrics = [METRICS[objective][place] for place in order[: draw.one([1, 2, 2])]]
        if draw.chance(0.5):
            given["early_stopping_round"] = draw.one([1, 2, 3])
            if draw.chance(0.3):
                given["first_metric_only"] = True
            if draw.chance(0.2):
                given["early_stopping_min_delta"] = draw.one([0.001, 0.1])
    rounds = int(draw.one([1, 2, 3, 5, 9]))
    record = {"set": number, "params": given, "rounds": rounds, "categorical": categorical, "valid": valid}
    record["columns"] = [numbers(column) for column in columns]
    record["label"] = numbers(labels)
    if weights is not None:
        record["weight"] = numbers(weights)
    record["asked"] = metrics
    return answered(record)


def answered(record):
    """A set with what LightGBM makes of it."""

    def floats(name):
        return np.array([float(number) for number in record[name].split()], dtype=np.float32)

    columns = [[float(number) for number in column.split()] for column in record["columns"]]
    weights = floats("weight") if "weight" in record else None
    named = [record[name] for name in ("categorical", "valid", "asked", "params", "rounds")]
    try:
        record.update(trained(columns, floats("label"), weights, *named))
    except lgb.basic.LightGBMError as error:
        record["refused"] = str(error)
    return record


def trained(columns, labels, weights, categorical, valid, metrics, given, rounds):
    table = np.column_stack(columns)
    split = len(labels) - valid
    parts = [slice(0, split), slice(split, None)]

    def dataset(part, reference=None):
        weight = None if weights is None else weights[part]
        named = categorical or "auto"
        return lgb.Dataset(
            table[part],
            labels[part],
            weight=weight,
            categorical_feature=named,
            reference=reference,
            params={**given, **ALWAYS},
            free_raw_data=False,
        )

    train = dataset(parts[0])
    sets, recorded, callbacks = [train], {}, []
    if valid:
        sets.append(dataset(parts[1], train))
        callbacks.append(lgb.record_evaluation(recorded))
    booster = lgb.train(
        {**given, **ALWAYS, "metric": metrics or "none"},
        train,
        rounds,
        valid_sets=sets if valid else None,
        valid_names=["train", "valid"] if valid else None,
        callbacks=callbacks,
        # Written and read again, a tree of one leaf would lose its weight.
        keep_training_booster=True,
    )
    best = booster.best_iteration or -1
    text = booster.model_to_string(num_iteration=best)
    return {
        "best": booster.best_iteration,
        "metrics": {name: {metric: numbers(of) for metric, of in values.items()} for name, values in recorded.items()},
        "model": text[: text.index("\nparameters:")],
        "raw": numbers(np.ravel(booster.predict(table[:PREDICTED], num_iteration=best, raw_score=True))),
        "answers": numbers(np.ravel(booster.predict(table[:PREDICTED], num_iteration=best))),
    }


def apart(number, make):
    """Makes a set in a process of its own: on some LightGBM's ends."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(SECONDS)
        with os.fdopen(writing, "w") as pipe:
            pipe.write(json.dumps(make()))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    if status != 0:
        return {"set": number, "died": status}
    return json.loads(text)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--sets", type=int, default=200)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--most-rows", type=int, default=12_000)
    arguments.add_argument("--objectives", default=",".join(METRICS))
    arguments.add_argument("--again")
    arguments.add_argument("--out", required=True)
    given = arguments.parse_args()
    objectives = given.objectives.split(",")
    if given.again:
        with gzip.open(given.again, "rt") as file:
            kept = ["set", "params", "rounds", "categorical", "valid", "columns", "label", "weight", "asked"]
            sets = [{name: value for name, value in json.loads(line).items() if name in kept} for line in file]
        makers = [(record["set"], lambda record=record: answered(record)) for record in sets]
    else:
        range_ = range(given.first, given.first + given.sets)
        makers = [
            (number, lambda number=number: one_set(given.seed, number, given.most_rows, objectives))
            for number in range_
        ]
    with open(given.out, "wb") as file, gzip.GzipFile("", "wb", 9, file, 0) as packer:
        for number, make in makers:
            packer.write((json.dumps(apart(number, make)) + "\n").encode())


if __name__ == "__main__":
    main()
