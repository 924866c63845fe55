"""The oracle of tests/movies/parity.rs: the document's fusion network in float64 with numpy, gradients by hand.

Writes tests/fixtures/movies_fusion.json: for each case the sizes, the initial weights by the names of the document's
layers, the features of users and films, the rows of every minibatch, the predictions and the gradients of the first
one, and the loss of every step of Adam in the form of Kingma and Ba before their section 2.1 (the epsilon is not
corrected), as Paddle has it.

    pip install numpy==2.4.6
    python tests/oracles/movies_fusion.py
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
SIZES = USERS, FILMS, GENRES, WORDS = 11, 13, 5, 17
GENDERS, AGES, JOBS = 2, 7, 21
WIDTH, NARROW, HIDDEN, WINDOW = 8, 16, 12, 3
RATE, EPSILON = 1e-3, 1e-8
STEPS, WRITTEN = 200, 20
SMALLEST = 1e-12


def shapes(width, demographics, sizes=SIZES):
    """Shapes by the names of the document's layers, in the order of its code; `sizes` as `SIZES`."""
    users, films, genres, words = sizes
    found = {"usr_emb": (users, width), "usr_fc.w": (width, width), "usr_fc.b": (width,)}
    if demographics:
        for name, count in (("gender", GENDERS), ("age", AGES), ("job", JOBS)):
            found[f"usr_{name}_emb"] = (count, NARROW)
            found[f"usr_{name}_fc.w"] = (NARROW, NARROW)
            found[f"usr_{name}_fc.b"] = (NARROW,)
    found["usr_combined.w0"] = (width, HIDDEN)
    if demographics:
        for index in (1, 2, 3):
            found[f"usr_combined.w{index}"] = (NARROW, HIDDEN)
    found["usr_combined.b"] = (HIDDEN,)
    found["mov_emb"] = (films, width)
    found["mov_fc.w"], found["mov_fc.b"] = (width, width), (width,)
    found["mov_categories_fc.w"], found["mov_categories_fc.b"] = (genres, width), (width,)
    found["mov_title_emb"] = (words, width)
    found["mov_title_conv.w"], found["mov_title_conv.b"] = (WINDOW * width, width), (width,)
    for index in (0, 1, 2):
        found[f"mov_combined.w{index}"] = (width, HIDDEN)
    found["mov_combined.b"] = (HIDDEN,)
    return found


class Network:
    """Forward and backward pass; `tanh` and `pooling` are the switches of the lesson."""

    def __init__(self, weights, data, tanh, pooling):
        self.w, self.data, self.tanh, self.pooling = weights, data, tanh, pooling

    def act(self, z):
        return np.tanh(z) if self.tanh else z

    def slope(self, a):
        return 1 - a * a if self.tanh else np.ones_like(a)

    def dense(self, x, name):
        return self.act(x @ self.w[f"{name}.w"] + self.w[f"{name}.b"])

    def forward(self, users, films):
        w, data = self.w, self.data
        self.users, self.films = users, films
        self.numbers = [("usr", users)]
        if "usr_gender_emb" in w:
            features = np.array(data["demographics"])[users]
            self.numbers += [(f"usr_{name}", features[:, i]) for i, name in enumerate(("gender", "age", "job"))]
        self.user_parts = [self.dense(w[f"{name}_emb"][ids], f"{name}_fc") for name, ids in self.numbers]
        combined = sum(part @ w[f"usr_combined.w{i}"] for i, part in enumerate(self.user_parts))
        self.u = self.act(combined + w["usr_combined.b"])
        self.genres = np.array(data["genres"], dtype=float)[films]
        self.windows, self.maps, self.places = [], [], []
        titles = np.zeros((len(films), w["mov_title_conv.b"].size))
        for row, film in enumerate(films):
            words = data["titles"][film]
            nothing = np.zeros(w["mov_title_emb"].shape[1])
            vectors = [nothing, *(w["mov_title_emb"][word] for word in words), nothing]
            windows = np.array([np.concatenate(vectors[t : t + WINDOW]) for t in range(len(words))])
            maps = self.dense(windows, "mov_title_conv") if len(words) else np.zeros((0, titles.shape[1]))
            self.windows.append(windows)
            self.maps.append(maps)
            if len(words):
                self.places.append(maps.argmax(0))
                titles[row] = maps.max(0) if self.pooling == "max" else maps.sum(0)
            else:
                self.places.append(None)
        self.film_parts = [
            self.dense(w["mov_emb"][films], "mov_fc"),
            self.dense(self.genres, "mov_categories_fc"),
            titles,
        ]
        combined = sum(part @ w[f"mov_combined.w{i}"] for i, part in enumerate(self.film_parts))
        self.m = self.act(combined + w["mov_combined.b"])
        self.product = (self.u * self.m).sum(1)
        self.lengths = (self.u**2).sum(1) * (self.m**2).sum(1) + SMALLEST
        return 5 * self.product / np.sqrt(self.lengths)

    def backward(self, slope):
        """Gradients of all tensors from that of the loss by the predictions."""
        w = self.w
        found = {name: np.zeros_like(value) for name, value in w.items()}
        root = np.sqrt(self.lengths)
        by_product, by_lengths = 5 * slope / root, -2.5 * slope * self.product / (root * self.lengths)
        uu, mm = (self.u**2).sum(1), (self.m**2).sum(1)
        du = by_product[:, None] * self.m + (by_lengths * mm)[:, None] * 2 * self.u
        dm = by_product[:, None] * self.u + (by_lengths * uu)[:, None] * 2 * self.m

        def joined(prefix, parts, delta):
            found[f"{prefix}.b"] += delta.sum(0)
            for index, part in enumerate(parts):
                found[f"{prefix}.w{index}"] += part.T @ delta
            return [delta @ w[f"{prefix}.w{index}"].T for index in range(len(parts))]

        def dense(name, x, a, delta):
            delta = delta * self.slope(a)
            found[f"{name}.w"] += x.T @ delta
            found[f"{name}.b"] += delta.sum(0)
            return delta @ w[f"{name}.w"].T

        deltas = joined("usr_combined", self.user_parts, du * self.slope(self.u))
        for (name, ids), part, delta in zip(self.numbers, self.user_parts, deltas):
            np.add.at(found[f"{name}_emb"], ids, dense(f"{name}_fc", w[f"{name}_emb"][ids], part, delta))
        by_film, by_genres, by_title = joined("mov_combined", self.film_parts, dm * self.slope(self.m))
        films = self.films
        np.add.at(found["mov_emb"], films, dense("mov_fc", w["mov_emb"][films], self.film_parts[0], by_film))
        dense("mov_categories_fc", self.genres, self.film_parts[1], by_genres)
        for row, film in enumerate(films):
            words, maps = self.data["titles"][film], self.maps[row]
            if not words:
                continue
            delta = np.zeros_like(maps)
            if self.pooling == "max":
                delta[self.places[row], np.arange(maps.shape[1])] = by_title[row]
            else:
                delta[:] = by_title[row]
            back = dense("mov_title_conv", self.windows[row], maps, delta)
            width = w["mov_title_emb"].shape[1]
            for place in range(len(words)):
                for offset in range(WINDOW):
                    at = place + offset - 1
                    if 0 <= at < len(words):
                        found["mov_title_emb"][words[at]] += back[place, offset * width : (offset + 1) * width]
        return found


def check(network, users, films, labels):
    """The gradients against differences."""
    slope = 2 * (network.forward(users, films) - labels) / len(labels)
    found = network.backward(slope)
    rng = np.random.default_rng(5)
    for name, value in network.w.items():
        flat, gradient = value.reshape(-1), found[name].reshape(-1)
        for place in rng.integers(0, flat.size, 6):
            kept, by = flat[place], 1e-6
            ends = []
            for sign in (1, -1):
                flat[place] = kept + sign * by
                ends.append(np.mean((network.forward(users, films) - labels) ** 2))
            flat[place] = kept
            difference = (ends[0] - ends[1]) / (2 * by)
            assert abs(difference - gradient[place]) < 1e-6, (name, place, difference, gradient[place])


def initial(rng, shapes):
    """Initial weights in single precision, so that both sides begin with the same."""

    def draw(shape, name):
        std = 0.1 if name.endswith(".b") else 1 / np.sqrt(shape[0])
        return rng.normal(0, std, shape).astype(np.float32).astype(np.float64)

    return {key: draw(shape, key) for key, shape in shapes.items()}


def trained(network, arrays):
    """The losses of `STEPS` steps, the minibatches over and over; predictions and gradients of the first one."""
    weights = network.w
    mean = {key: np.zeros_like(value) for key, value in weights.items()}
    square = {key: np.zeros_like(value) for key, value in weights.items()}
    losses, predictions, gradients = [], None, None
    for step in range(1, STEPS + 1):
        users, films, labels = arrays[(step - 1) % len(arrays)]
        predicted = network.forward(users, films)
        losses.append(float(np.mean((predicted - labels) ** 2)))
        found = network.backward(2 * (predicted - labels) / len(labels))
        if step == 1:
            predictions = predicted.tolist()
            gradients = {key: value.tolist() for key, value in found.items()}
        rate = RATE * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        for key, gradient in found.items():
            mean[key] = 0.9 * mean[key] + 0.1 * gradient
            square[key] = 0.999 * square[key] + 0.001 * gradient**2
            weights[key] -= rate * mean[key] / (np.sqrt(square[key]) + EPSILON)
    return losses, predictions, gradients


def case(name, seed, tanh=True, pooling="max", demographics=True):
    rng = np.random.default_rng(seed)
    data = {
        "demographics": np.stack(
            [rng.integers(0, count, USERS) for count in (GENDERS, AGES, JOBS)], axis=1
        ).tolist(),
        "genres": (rng.random((FILMS, GENRES)) < 0.4).astype(int).tolist(),
        # One title has no word, one a single one.
        "titles": [rng.integers(0, WORDS, length).tolist() for length in [0, 1, *rng.integers(1, 6, FILMS - 2)]],
    }
    weights = initial(rng, shapes(WIDTH, demographics))
    first = {key: value.astype(np.float32).tolist() for key, value in weights.items()}
    batches = [
        {
            "users": rng.integers(0, USERS, 8).tolist(),
            "films": rng.integers(0, FILMS, 8).tolist(),
            "labels": (rng.integers(1, 11, 8) - 5.0).tolist(),
        }
        for _ in range(WRITTEN)
    ]
    network = Network(weights, data, tanh, pooling)
    arrays = [(np.array(b["users"]), np.array(b["films"]), np.array(b["labels"])) for b in batches]
    check(network, *arrays[0])
    losses, predictions, gradients = trained(network, arrays)
    return {
        "name": name,
        "tanh": tanh,
        "pooling": pooling,
        "data": data,
        "weights": first,
        "batches": batches,
        "predictions": predictions,
        "gradients": gradients,
        "losses": losses,
    }


def rounded(value):
    """Nine significant digits: more than single precision has."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [rounded(one) for one in value]
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return value


def main():
    cases = [
        case("document", 1),
        case("sum_pooling", 2, pooling="sum"),
        case("linear", 3, tanh=False),
        case("no_demographics", 4, demographics=False),
    ]
    sizes = {
        "users": USERS,
        "films": FILMS,
        "genres": GENRES,
        "words": WORDS,
        "demographics": [GENDERS, AGES, JOBS],
        "embedding": WIDTH,
        "hidden": HIDDEN,
        "learning_rate": RATE,
    }
    path = HERE.parent / "fixtures" / "movies_fusion.json"
    path.write_text(json.dumps(rounded({"sizes": sizes, "cases": cases}), separators=(",", ":")) + "\n")
    print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
