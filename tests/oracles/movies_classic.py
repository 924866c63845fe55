"""What scikit-learn makes of a small table of ratings: tests/fixtures/movies_classic.json.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python tests/oracles/movies_classic.py

Metrics: `ndcg_score`, which takes the mean over all orders of equal scores; precision and recall of the first k of
rankings without equal scores; errors of stars. Models: biases as one ridge regression on dummies, cosines,
`TruncatedSVD`, EASE as a ridge regression of each film on all others, tf-idf of genres and title words.
"""

import json
import pathlib

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error, ndcg_score, precision_score, recall_score, root_mean_squared_error
from sklearn.metrics.pairwise import cosine_similarity

TARGET = pathlib.Path(__file__).parent.parent / "fixtures" / "movies_classic.json"
USERS, FILMS, GENRES, WORDS = 14, 10, 4, 6
FILM_SHRINKAGE, USER_SHRINKAGE, DECAY, FACTORS = 3.0, 5.0, 2.0, 3


def rankings(random):
    for case in range(40):
        films = int(random.integers(5, 40))
        # Few different scores: many are equal. In every fourth case none are.
        scores = random.permutation(films) if case % 4 == 0 else random.integers(0, max(2, films // 3), films)
        relevant = random.random(films) < 0.25
        relevant[random.integers(films)] = True
        k = int(random.integers(1, films + 1))
        figures = {"ndcg": ndcg_score([relevant], [scores], k=k)}
        if case % 4 == 0:
            shown = np.isin(np.arange(films), np.argsort(-scores)[:k])
            figures["precision"] = precision_score(relevant, shown) * shown.sum() / k
            # Ours is divided by min(k, relevant).
            figures["recall"] = recall_score(relevant, shown) * relevant.sum() / min(k, relevant.sum())
        yield {"scores": scores.tolist(), "relevant": np.flatnonzero(relevant).tolist(), "k": k, **figures}


def biases(users, films, stars):
    """Minimises Σ (r - μ - b_u - b_f)² + λ_f Σ b_f² + λ_u Σ b_u²: a ridge of weight 1 on scaled dummies."""
    design = np.zeros((len(stars), USERS + FILMS))
    rows = np.arange(len(stars))
    design[rows, users] = 1 / np.sqrt(USER_SHRINKAGE)
    design[rows, USERS + films] = 1 / np.sqrt(FILM_SHRINKAGE)
    weights = Ridge(alpha=1.0, fit_intercept=False, solver="cholesky").fit(design, stars - stars.mean()).coef_
    return weights[:USERS] / np.sqrt(USER_SHRINKAGE), weights[USERS:] / np.sqrt(FILM_SHRINKAGE)


def ease(seen):
    weights = np.zeros((FILMS, FILMS))
    for film in range(FILMS):
        others = np.delete(np.arange(FILMS), film)
        model = Ridge(alpha=DECAY, fit_intercept=False, solver="cholesky").fit(seen[:, others], seen[:, film])
        weights[others, film] = model.coef_
    return weights


def main():
    random = np.random.default_rng(12)
    pairs = np.argwhere(random.random((USERS, FILMS)) < 0.55)
    users, films = pairs[:, 0], pairs[:, 1]
    half_stars = random.integers(1, 11, len(pairs))
    seen = np.zeros((USERS, FILMS))
    seen[users, films] = 1
    user_biases, film_biases = biases(users, films, half_stars / 2)
    svd = TruncatedSVD(FACTORS, algorithm="arpack", random_state=0).fit(seen)
    genres = random.random((FILMS, GENRES)) < 0.4
    titles = [random.integers(0, WORDS, random.integers(0, 5)).tolist() for _ in range(FILMS)]
    counts = np.hstack([genres, [[title.count(word) for word in range(WORDS)] for title in titles]]).astype(float)
    described = TfidfTransformer().fit_transform(counts).toarray()
    predicted, given = random.uniform(0.5, 5, 50), random.integers(1, 11, 50) / 2
    TARGET.write_text(
        json.dumps(
            {
                "rankings": list(rankings(random)),
                "stars": {
                    "predicted": predicted.tolist(),
                    "given": given.tolist(),
                    "rmse": root_mean_squared_error(given, predicted),
                    "mae": mean_absolute_error(given, predicted),
                },
                "table": {
                    "users": users.tolist(),
                    "films": films.tolist(),
                    "half_stars": half_stars.tolist(),
                    "genres": [np.flatnonzero(row).tolist() for row in genres],
                    "titles": titles,
                },
                "user_biases": user_biases.tolist(),
                "film_biases": film_biases.tolist(),
                "user_cosines": cosine_similarity(seen).tolist(),
                "film_cosines": cosine_similarity(seen.T).tolist(),
                "singular_values": svd.singular_values_.tolist(),
                "svd_scores": svd.inverse_transform(svd.transform(seen)).tolist(),
                "ease": ease(seen).tolist(),
                # A film without any genre and word has a vector of zeros.
                "content_scores": (seen @ described @ described.T).tolist(),
            }
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
