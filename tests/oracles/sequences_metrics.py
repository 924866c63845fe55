"""Hit rate, mean reciprocal rank and NDCG at k of next items, counted by hand: tests/fixtures/sequences_metrics.json.

    python tests/oracles/sequences_metrics.py

One item is right. Of equal scores every order is equally likely, and the figure is the mean over all of them: with g
items scored higher and t items (the right one among them) of the same score, the right one stands at g + 1, ..., g + t
with the chance 1 / t each. At rank r: HR@k = [r <= k], MRR@k = [r <= k] / r, NDCG@k = [r <= k] / log2(r + 1); the ideal
list has the right item in front, so that nothing is divided by. The published program divides by the sum of
1 / log2(i + 1) over i <= k, as if k items were right; `as_written` are its figures.

The expected figures are written out by hand as terms; the function below counts all orders one by one and must agree.
"""

import itertools
import json
from math import log2, prod
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "fixtures" / "sequences_metrics.json"


def gain(rank):
    return 1 / log2(rank + 1)


# Scores of items 0, 1, 2, ...; the right one; k; HR, MRR and NDCG by hand.
CASES = {
    "in front": ([9, 5, 4, 3, 2, 1], 0, 5, 1, 1, 1),
    "third": ([3, 9, 5, 1, 2, 0], 0, 5, 1, 1 / 3, gain(3)),
    "at k": ([2, 9, 8, 7, 6, 1], 0, 5, 1, 1 / 5, gain(5)),
    "behind k": ([1, 9, 8, 7, 6, 5], 0, 5, 0, 0, 0),
    # Ranks 2 and 3, half each.
    "tie within k": ([7, 9, 7, 1, 0, -1], 0, 5, 1, (1 / 2 + 1 / 3) / 2, (gain(2) + gain(3)) / 2),
    # Ranks 5 and 6: half of the orders hit.
    "tie across k": ([3, 9, 8, 7, 6, 3], 0, 5, 1 / 2, 1 / 5 / 2, gain(5) / 2),
    # Ranks 4, 5, 6: two thirds hit.
    "tie of three across k": ([3, 9, 8, 7, 3, 3], 0, 5, 2 / 3, (1 / 4 + 1 / 5) / 3, (gain(4) + gain(5)) / 3),
    # Of seven items any may stand anywhere: chance.
    "all equal": ([1] * 7, 3, 2, 2 / 7, (1 + 1 / 2) / 7, (gain(1) + gain(2)) / 7),
    "zeros of both signs are equal": ([0.0, -0.0, 1.0], 1, 2, 1 / 2, 1 / 2 / 2, gain(2) / 2),
    # k beyond the number of items is no error and no smaller k.
    "k beyond all": ([1, 2, 3], 0, 20, 1, 1 / 3, gain(3)),
    "one item": ([4], 0, 5, 1, 1, 1),
    "last of many": ([0, *range(1, 30)], 0, 20, 0, 0, 0),
    "twentieth of many": ([10.5, *range(1, 30)], 0, 20, 1, 1 / 20, gain(20)),
}


def all_orders(scores, right, k):
    """Mean over every order in which equal scores can stand."""
    above = sum(score > scores[right] for score in scores)
    level = [item for item, score in enumerate(scores) if score == scores[right]]
    ranks = [above + 1 + order.index(right) for order in itertools.permutations(level)]
    mean = lambda figure: sum(figure(rank) for rank in ranks if rank <= k) / len(ranks)
    assert len(ranks) == prod(range(1, len(level) + 1))
    return mean(lambda rank: 1), mean(lambda rank: 1 / rank), mean(gain)


def main():
    written = []
    for name, (scores, right, k, *by_hand) in CASES.items():
        found = all_orders(scores, right, k)
        assert all(abs(a - b) < 1e-12 for a, b in zip(found, by_hand)), (name, found, by_hand)
        hit, reciprocal, ndcg = by_hand
        # With one right item, always.
        assert ndcg >= reciprocal
        written.append(
            {
                "name": name,
                "scores": scores,
                "right": right,
                "k": k,
                "hr": hit,
                "mrr": reciprocal,
                "ndcg": ndcg,
                "as_written_ndcg": ndcg / sum(gain(rank) for rank in range(1, k + 1)),
            }
        )
    # Twelve histories at once, fewer than k = 20: nobody's k is 12.
    at_twenty = [all_orders(case["scores"], case["right"], 20) for case in written[:12]]
    means = {name: sum(one[at] for one in at_twenty) / 12 for at, name in enumerate(("hr", "mrr", "ndcg"))}
    constants = {str(k): sum(gain(rank) for rank in range(1, k + 1)) for k in (5, 20)}
    assert abs(constants["5"] - 2.9485) < 1e-4 and abs(constants["20"] - 7.0403) < 1e-4
    TARGET.write_text(
        json.dumps({"cases": written, "mean_of_first_12_at_20": means, "as_written_divides_by": constants}) + "\n"
    )
    print(len(written), "cases,", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
