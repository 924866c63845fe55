"""What LightGBM says of models that this project wrote (tests/boosting/python.rs).

    python tests/oracles/boosting_reads.py FOLDER

For each folder inside FOLDER: loads `model.txt`, reads the fixture's table of the same name, and writes `raw.json`
with the raw scores of its rows, row by row.
"""

import json
import sys
from pathlib import Path

import lightgbm as lgb
import pandas as pd

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "boosting"


def rows_of(name):
    outputs = json.loads((FIXTURES / name / "outputs.json").read_text())
    table = pd.read_csv(FIXTURES / name / "rows.csv.gz")
    features = table.iloc[:, 1 + bool(outputs["weight"]) :]
    texts = [column for column in features if not pd.api.types.is_numeric_dtype(features[column])]
    if not texts:
        return features.to_numpy(dtype=float)
    # LightGBM maps the texts to the numbers of training by the model's own list.
    return features.astype({column: "category" for column in texts})


def main():
    for folder in sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir()):
        booster = lgb.Booster(model_file=folder / "model.txt")
        scores = booster.predict(rows_of(folder.name), raw_score=True, num_iteration=-1)
        (folder / "raw.json").write_text(json.dumps(scores.ravel().tolist()))


if __name__ == "__main__":
    main()
