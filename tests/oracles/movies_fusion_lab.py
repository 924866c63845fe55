"""The oracle of tests/movies/browser/parity.mjs: the network of movies_fusion.py on ratings that a page can be given.

Writes tests/fixtures/movies_fusion_lab.json: files in the form of ml-1m, the settings of the lab, the initial weights, the
stars of every film for some users before the first step and after the last, the gradients of the first minibatch and the
loss of each of 200 steps. A shuffle buffer of one row leaves the ratings in the order of their file, so that the minibatches
are known; the test ratings are those of Python's own generator, as the document draws them.

    pip install numpy==2.4.6
    python tests/oracles/movies_fusion_lab.py
"""

import json
import random

import numpy as np

from movies_fusion import AGES, HERE, HIDDEN, JOBS, RATE, STEPS, WIDTH, Network, check, initial, rounded, shapes, trained

USERS, FILMS, RATINGS, BATCH, PASSES = 20, 16, 173, 8, 10
YEARS = [1, 18, 25, 35, 45, 50, 56]
NAMES = ["Drama", "Comedy", "War", "Sci-Fi"]
WORDS = "the last river of glass and a quiet storm over paris in black snow dream red machine".split()
# Users whose stars are compared.
ASKED = [1, 7, 20]


def files(rng):
    """The lines of the three files."""
    users = [
        f"{user}::{'MF'[rng.integers(0, 2)]}::{YEARS[rng.integers(0, AGES)]}::{rng.integers(0, JOBS)}::00{user}"
        for user in range(1, USERS + 1)
    ]
    movies = []
    for film in range(1, FILMS + 1):
        # One title has no word, one a single one.
        length = film - 1 if film < 3 else rng.integers(2, 6)
        title = " ".join(WORDS[at] for at in rng.integers(0, len(WORDS), length))
        genres = sorted(rng.choice(len(NAMES), rng.integers(1, 3), replace=False))
        movies.append(f"{3 * film}::{title.title()} ({1930 + film})::{'|'.join(NAMES[at] for at in genres)}")
    pairs = sorted(rng.choice(USERS * FILMS, RATINGS, replace=False))
    ratings = [
        f"{1 + pair // FILMS}::{3 * (1 + pair % FILMS)}::{rng.integers(1, 6)}::{978300000 + at}"
        for at, pair in enumerate(pairs)
    ]
    return users, movies, ratings


def numbered(texts):
    """Numbers in the order of the first meeting."""
    known = {}
    return [[known.setdefault(text, len(known)) for text in row] for row in texts], len(known)


def main():
    rng = np.random.default_rng(6)
    users, movies, ratings = files(rng)
    fields = lambda lines: [line.split("::") for line in lines]
    demographics = [["MF".index(sex), YEARS.index(int(age)), int(job)] for _, sex, age, job, _ in fields(users)]
    titles, words = numbered([title[: title.rindex("(")].lower().split() for _, title, _ in fields(movies)])
    sets, genres = numbered([names.split("|") for _, _, names in fields(movies)])
    data = {
        "demographics": demographics,
        "genres": [[int(genre in of_film) for genre in range(genres)] for of_film in sets],
        "titles": titles,
    }
    draws = random.Random(0)
    learned = [line for line in fields(ratings) if draws.random() >= 0.1]
    rows = np.array([[int(user) - 1, int(film) // 3 - 1, 2 * int(stars) - 5] for user, film, stars, _ in learned])
    batches = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
    assert len(batches) * PASSES == STEPS, len(rows)
    arrays = [(batch[:, 0], batch[:, 1], batch[:, 2].astype(float)) for batch in batches]

    weights = initial(rng, shapes(WIDTH, True, (USERS, FILMS, genres, words)))
    first = {key: value.tolist() for key, value in weights.items()}
    network = Network(weights, data, True, "max")
    check(network, *arrays[0])
    films = np.arange(FILMS)
    stars = lambda: [((network.forward(films * 0 + user - 1, films) + 5) / 2).tolist() for user in ASKED]
    before = stars()
    losses, _, gradients = trained(network, arrays)
    settings = {
        "dataset": "own",
        "model": "fusion",
        "embedding_size": WIDTH,
        "hidden_size": HIDDEN,
        "learning_rate": RATE,
        "batch_size": BATCH,
        "passes": PASSES,
        "shuffle_buffer": 1,
        "valid": "none",
        "split": "random",
    }
    written = {
        "files": {f"{name}.dat": "\n".join(lines) + "\n" for name, lines in zip(("users", "movies", "ratings"), (users, movies, ratings))},
        "settings": settings,
        "users": ASKED,
        "films": [3 * (film + 1) for film in range(FILMS)],
        "weights": first,
        "before": before,
        "after": stars(),
        "gradients": gradients,
        "losses": losses,
    }
    path = HERE.parent / "fixtures" / "movies_fusion_lab.json"
    path.write_text(json.dumps(rounded(written), separators=(",", ":")) + "\n")
    print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
