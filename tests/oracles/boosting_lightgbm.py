"""The oracle of tests/boosting/parity.rs: LightGBM trained on small made-up tables with each of its ways.

Writes a folder for each set into tests/fixtures/boosting (and one for the lesson's own table beside it): `rows.csv.gz` (label, weight where there is one, features;
a missing value is empty), `model.txt.gz` as LightGBM writes it, and `outputs.json`: the parameters, raw scores,
contributions and leaves of the first rows, and the metrics of every round. Training is single-threaded and
deterministic. The tables are drawn from a fixed seed and have few digits, so that a number in a file is the very
number that was trained on; run again, the script writes the same bytes.

    pip install -r tests/oracles/requirements.txt
    python tests/oracles/boosting_lightgbm.py
"""

import gzip
import json
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "boosting"
ALWAYS = {"num_threads": 1, "deterministic": True, "force_col_wise": True, "verbosity": -1}
RAW_ROWS, CONTRIBUTION_ROWS, LEAF_ROWS = 300, 20, 100


def packed(path, text):
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, 0) as packer:
        packer.write(text.encode())


def cell(value):
    if isinstance(value, str):
        return value
    return "" if pd.isna(value) else repr(float(value)).removesuffix(".0")


def write(name, rows, label, parameters, rounds, *, categorical=(), weight=None, valid=0, metrics=(), stopping=0):
    """Trains on all rows but the last `valid`, which are judged by."""
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    frame = rows if isinstance(rows, pd.DataFrame) else None
    names = list(frame.columns) if frame is not None else [f"Column_{i}" for i in range(rows.shape[1])]
    count = len(label)
    parts = [slice(0, count - valid), slice(count - valid, count)]

    def dataset(part, reference=None):
        given = frame.iloc[part] if frame is not None else rows[part]
        return lgb.Dataset(
            given,
            label[part],
            weight=None if weight is None else weight[part],
            categorical_feature="auto" if frame is not None else list(categorical),
            reference=reference,
            free_raw_data=False,
        )

    train = dataset(parts[0])
    sets, set_names = [train], ["train"]
    if valid:
        sets.append(dataset(parts[1], train))
        set_names.append("valid")
    recorded, callbacks = {}, []
    if metrics:
        callbacks.append(lgb.record_evaluation(recorded))
    if stopping:
        callbacks.append(lgb.early_stopping(stopping, verbose=False))
    booster = lgb.train(
        {**parameters, **ALWAYS, "metric": list(metrics) or "none"},
        train,
        rounds,
        valid_sets=sets if metrics else None,
        valid_names=set_names if metrics else None,
        callbacks=callbacks,
    )

    lines = [",".join(["label"] + (["weight"] if weight is not None else []) + names)]
    table = frame.astype(object).to_numpy() if frame is not None else rows
    for row in range(count):
        head = [label[row]] + ([weight[row]] if weight is not None else [])
        lines.append(",".join(cell(value) for value in [*head, *table[row]]))
    packed(folder / "rows.csv.gz", "\n".join(lines) + "\n")
    packed(folder / "model.txt.gz", booster.model_to_string(num_iteration=-1))

    def first(number):
        return frame.iloc[:number] if frame is not None else rows[:number]

    def predicted(number, **kind):
        return np.asarray(booster.predict(first(number), num_iteration=-1, **kind)).ravel().tolist()

    outputs = {
        "params": parameters,
        "rounds": rounds,
        "trees": booster.num_trees(),
        "categorical": list(categorical),
        "weight": weight is not None,
        "valid_rows": valid,
        "best_iteration": booster.best_iteration if stopping else 0,
        "metrics": recorded,
        "raw": predicted(RAW_ROWS, raw_score=True),
        "contrib": predicted(CONTRIBUTION_ROWS, pred_contrib=True),
        "leaf": predicted(LEAF_ROWS, pred_leaf=True),
    }
    (folder / "outputs.json").write_text(json.dumps(outputs) + "\n")


def few_digits(values):
    return np.round(values * 64) / 64


def main():
    draw = np.random.default_rng(1)
    binary = {"objective": "binary"}
    rows = few_digits(draw.normal(size=(2000, 8)))
    rows[:, 3] = 5
    rows[:, 4] = draw.integers(0, 4, 2000)
    rows[draw.random(2000) < 0.4, 5] = 0
    label = (rows[:, 0] + rows[:, 1] * rows[:, 2] + draw.normal(size=2000) > 0.3).astype(float)
    two = ("auc", "binary_logloss", "binary_error")
    write("plain_binary", rows, label, binary, 10, valid=400, metrics=two + ("average_precision",))

    missing = rows.copy()
    missing[draw.random(missing.shape) < 0.2] = np.nan
    missing[:, 6] = np.where(draw.random(2000) < 0.5, np.nan, 1)
    missing[:, 7] = np.nan
    # Where the value is missing says something.
    missing[(label == 1) & (draw.random(2000) < 0.5), 5] = np.nan
    write("missing_values", missing, label, binary, 15)

    kinds = rows.copy()
    kinds[:, 0] = draw.integers(0, 3, 2000)
    kinds[:, 1] = draw.integers(0, 12, 2000)
    kinds[:, 2] = np.minimum(draw.integers(0, 60, 2000), draw.integers(0, 60, 2000))
    kinds[draw.random(2000) < 0.1, 1] = np.nan
    odd = (kinds[:, 2] % 7 < 3) ^ (kinds[:, 0] == 1) ^ (draw.random(2000) < 0.2)
    write("few_categories", kinds, odd.astype(float), binary, 15, categorical=(0, 1, 2))

    many = few_digits(draw.normal(size=(6000, 5)))
    many[:, 0] = np.minimum(draw.integers(0, 300, 6000), draw.integers(0, 300, 6000))
    many[:, 1] = draw.integers(0, 60, 6000)
    many[:, 2] = draw.integers(0, 12, 6000)
    odd = (many[:, 0] * 7 % 11 < 4) ^ (many[:, 1] % 5 == 1) ^ (draw.random(6000) < 0.2)
    write("many_categories", many, odd.astype(float), binary, 20, categorical=(0, 1, 2))

    weight = draw.integers(1, 17, 2000) / 8
    write("weights", rows, label, binary, 10, weight=weight, metrics=two)

    three = np.digitize(rows[:, 0] + rows[:, 1] + draw.normal(size=2000) * 0.5, [-0.5, 0.5]).astype(float)
    several = {"objective": "multiclass", "num_class": 3}
    write("three_classes", rows, three, several, 12, valid=300, metrics=("multi_logloss", "multi_error"))

    number = few_digits(rows[:, 0] * 2 + rows[:, 1] ** 2 + draw.normal(size=2000))
    ridge = {"objective": "regression", "lambda_l2": 1.0}
    write("regression", rows, number, ridge, 20, metrics=("l2", "l1"))
    write("regression_weights", rows, number, {"objective": "regression"}, 10, weight=weight, metrics=("l2",))

    large = draw.integers(0, 200, (20000, 8)).astype(float) - 50
    above = large[:, 0] + large[:, 1] * large[:, 2] / 50 + draw.normal(size=20000) * 40 > 60
    above = above.astype(float)
    write("many_leaves", large, above, {**binary, "num_leaves": 63, "learning_rate": 0.05}, 50)

    medium, of_medium = large[:4000], above[:4000]
    goss = {**binary, "data_sample_strategy": "goss", "learning_rate": 0.3, "bagging_seed": 7}
    write("goss", medium, of_medium, goss, 15)
    bagging = {**binary, "bagging_fraction": 0.6, "bagging_freq": 2, "bagging_seed": 5}
    columns = {"feature_fraction": 0.6, "feature_fraction_seed": 3}
    write("bagging", medium, of_medium, {**bagging, **columns}, 15)
    small_bag = {**binary, "bagging_fraction": 0.4, "bagging_freq": 1, "bagging_seed": 5}
    write("bagging_by_node", medium, of_medium, {**small_bag, "feature_fraction_bynode": 0.5}, 15)
    write("one_seed", medium, of_medium, {**bagging, **columns, "seed": 11}, 8)

    dart = {**binary, "boosting": "dart", "drop_rate": 0.3, "skip_drop": 0.3, "drop_seed": 9}
    write("dart", rows, label, dart, 25, valid=400, metrics=two)
    uniform = {**dart, "uniform_drop": True, "xgboost_dart_mode": True}
    write("dart_uniform", rows, label, uniform, 15, valid=400, metrics=two)

    regularised = {
        **binary,
        "lambda_l1": 0.5,
        "lambda_l2": 2.0,
        "max_delta_step": 0.4,
        "path_smooth": 3.0,
        "max_depth": 5,
        "min_gain_to_split": 0.1,
        "min_data_in_leaf": 10,
        "min_sum_hessian_in_leaf": 0.5,
        "max_bin": 63,
        "min_data_in_bin": 5,
    }
    odd = ((kinds[:, 2] % 7 < 3) ^ (kinds[:, 0] == 1) ^ (draw.random(2000) < 0.2)).astype(float)
    write("regularised", kinds, odd, regularised, 15, categorical=(0, 1, 2))

    rare = (draw.random(2000) < 0.04).astype(float)
    write("unbalanced", rows, rare, {**binary, "is_unbalance": True}, 10)
    write("positive_weight", rows, rare, {**binary, "scale_pos_weight": 7.5}, 10)

    stopped = {**binary, "learning_rate": 0.3}
    write("early_stopping", rows, label, stopped, 200, valid=600, metrics=two, stopping=5)

    sparse = np.zeros((3000, 16))
    place = draw.integers(0, 12, 3000)
    sparse[np.arange(3000), place] = draw.integers(1, 9, 3000)
    sparse[:, 12:] = few_digits(draw.normal(size=(3000, 4)))
    odd = ((place % 3 == 0) ^ (sparse[:, 12] > 0) ^ (draw.random(3000) < 0.2)).astype(float)
    write("sparse_bundles", sparse, odd, binary, 15)

    write("zero_as_missing", rows, label, {**binary, "zero_as_missing": True}, 10)
    write("no_missing", missing, label, {**binary, "use_missing": False}, 10)
    start = {**binary, "min_data_in_leaf": 5, "boost_from_average": False}
    write("small", rows[:500, :3], label[:500], start, 5)

    # The shape of the document's run: 3 of 2,379 and none of 199.
    shape = np.minimum(draw.integers(0, 40, (2578, 14)), draw.integers(0, 40, (2578, 14))).astype(float)
    three_buyers = np.zeros(2578)
    three_buyers[[5, 700, 1500]] = 1
    write("rare_positives", shape, three_buyers, binary, 10, valid=199, metrics=("auc",))

    frame = pd.DataFrame({"age": rows[:1500, 0], "balance": rows[:1500, 1]})
    cities = np.array(["上海", "北京", "成都", "武汉", "西安", "昆明"], dtype=object)
    jobs = np.array(["admin", "services", "retired"], dtype=object)
    city, job = draw.integers(0, 6, 1500), draw.integers(0, 3, 1500)
    frame["city"] = pd.Categorical(np.where(draw.random(1500) < 0.1, None, cities[city]))
    frame["job"] = pd.Categorical(jobs[job])
    odd = ((city % 2 == 0) ^ (job == 1) ^ (draw.random(1500) < 0.2)).astype(float)
    write("pandas_table", frame, odd, binary, 12, categorical=(2, 3))


def bank():
    """A model of LightGBM for the lesson's own table, as somebody might bring it: categories numbered as they are met."""
    table = pd.read_csv(FOLDER.parent.parent.parent / "data" / "bank-uci.csv.gz", keep_default_na=False)
    rows = table.drop(columns=["id", "y"])
    texts = [name for name in rows.columns if not pd.api.types.is_numeric_dtype(rows[name])]
    for name in texts:
        rows[name] = pd.factorize(rows[name])[0]
    train = lgb.Dataset(
        rows.to_numpy(dtype=float),
        (table["y"] == "yes").astype(float),
        feature_name=list(rows.columns),
        categorical_feature=[list(rows.columns).index(name) for name in texts],
    )
    booster = lgb.train({"objective": "binary", "num_leaves": 15, **ALWAYS}, train, 20)
    folder = FOLDER.parent / "boosting_bank"
    folder.mkdir(parents=True, exist_ok=True)
    packed(folder / "model.txt.gz", booster.model_to_string())
    first = table.drop(columns=["id", "y"]).head(50)
    outputs = {
        "csv": first.to_csv(index=False, lineterminator="\n"),
        "raw": booster.predict(rows.head(50).to_numpy(dtype=float), raw_score=True).tolist(),
    }
    (folder / "outputs.json").write_text(json.dumps(outputs) + "\n")


if __name__ == "__main__":
    main()
    bank()
