"""LightGBM on the table that the bench hands to the lab: seconds of 100 rounds with one thread, binning included.

    python boosting_lightgbm.py table.csv train_rows rounds

Prints JSON. Two sums are taken: with the metrics of every round, as the lab records them, and without any.
"""

import json
import sys
import time

import lightgbm as lgb
import numpy as np

BINARY = {
    "objective": "binary",
    "num_leaves": 31,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "verbosity": -1,
}


def run(rows, label, train_rows, rounds, metrics):
    begin = time.perf_counter()
    train = lgb.Dataset(rows[:train_rows], label[:train_rows], params={"num_threads": 1, "verbosity": -1})
    train.construct()
    binned = time.perf_counter()
    sets = {}
    if metrics:
        valid = lgb.Dataset(rows[train_rows:], label[train_rows:], reference=train)
        sets = {"valid_sets": [train, valid], "valid_names": ["train", "valid"]}
    parameters = {**BINARY, "metric": ["auc", "binary_logloss"] if metrics else "none"}
    booster = lgb.train(parameters, train, rounds, **sets)
    end = time.perf_counter()
    booster.predict(rows, raw_score=True, num_threads=1)
    return {
        "binning": binned - begin,
        "all": end - begin,
        "predict": time.perf_counter() - end,
    }


def main():
    path, train_rows, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    table = np.loadtxt(path, delimiter=",", skiprows=1)
    results = {"version": lgb.__version__}
    # Where all rows are learned from there are none to judge by.
    for name, metrics in (("with_metrics", True), ("alone", False)):
        if not metrics or train_rows < len(table):
            results[name] = run(table[:, :-1], table[:, -1], train_rows, rounds, metrics)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
