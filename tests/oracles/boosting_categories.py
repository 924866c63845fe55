"""What LightGBM predicts by a model whose categories are numbers and truth values (tests/boosting/python.rs).

    python tests/oracles/boosting_categories.py MODEL TABLE

Prints the raw scores of the rows of TABLE, all of whose columns but `label` are categories.
"""

import json
import sys

import lightgbm as lgb
import pandas as pd

booster = lgb.Booster(model_file=sys.argv[1])
rows = pd.read_csv(sys.argv[2]).drop(columns="label").astype("category")
print(json.dumps(booster.predict(rows, raw_score=True).tolist()))
