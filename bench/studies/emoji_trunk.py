"""Trains a small trunk on emoji of three designers: which of 81 groups a drawing belongs to, and which emoji it is.

    python emoji_trunk.py --google DIR --twitter DIR --fluent DIR --steps 2000 trunk.npz

| folder | from | licence |
|---|---|---|
| `--google` | the npm package `emoji-datasource-google` 16.0.0 (Noto) | Apache-2.0 |
| `--twitter` | `emoji-datasource-twitter` 16.0.0 (Twemoji) | CC BY 4.0 |
| `--fluent` | `@lobehub/fluent-emoji-3d` 1.1.0 | MIT |

Drawings of 32 pixels are turned, scaled, moved, recoloured and laid over colours, gradients and noise. The blocks are the
lesson's: convolution of 3 by 3, ReLU, pooling. Part of the study in `few_pictures.py`; needs numpy, Pillow, jax and optax.
"""

import argparse
import json
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from PIL import Image

FILTERS, SIDE, BATCH = (16, 32, 64), 32, 64
STORED = 64
RANDOM = np.random.default_rng(0)


def drawing(file):
    """A drawing without its margin, in a square of 64 pixels; none for an empty one."""
    picture = Image.open(file).convert("RGBA")
    box = picture.getchannel("A").getbbox()
    if box is None:
        return None
    picture = picture.crop(box)
    side = max(picture.size)
    square = Image.new("RGBA", (side, side))
    square.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    return square.resize((STORED, STORED), Image.BOX if side > STORED else Image.BILINEAR)


def drawings(given):
    """For each emoji that two designers have at least: its group, and the drawings."""
    found = []
    for emoji in json.loads((given.google / "emoji.json").read_text()):
        if emoji["category"] in ("Flags", "Symbols", "Component"):
            continue
        name = emoji["image"][:-4]
        files = [given.google / "img/google/64" / emoji["image"], given.twitter / "img/twitter/64" / emoji["image"]]
        others = [name, name.replace("-fe0f", ""), name.lstrip("0")]
        fluent = [given.fluent / "assets" / f"{other}.webp" for other in others]
        files = [file for file in files if file.exists()] + [file for file in fluent if file.exists()][:1]
        pictures = [one for one in map(drawing, files) if one is not None]
        if len(files) >= 2 and pictures:
            found.append((emoji["subcategory"], pictures))
    return found


def background():
    kind = RANDOM.integers(6)
    if kind == 0:
        return np.full((SIDE, SIDE, 3), 255.0 if RANDOM.random() < 0.6 else 0.0)
    if kind == 1:
        return np.broadcast_to(RANDOM.uniform(0, 255, 3), (SIDE, SIDE, 3)).copy()
    if kind == 2:
        one, other = RANDOM.uniform(0, 255, (2, 3))
        share = np.linspace(0, 1, SIDE)
        share = share[:, None] if RANDOM.random() < 0.5 else share[None]
        share = np.broadcast_to(share, (SIDE, SIDE))[..., None]
        return one * (1 - share) + other * share
    noise = RANDOM.uniform(0, 255, 3)[None, None] + np.zeros((SIDE, SIDE, 3))
    for cells in (2, 4, 8, 16, SIDE // 2):
        strength = RANDOM.uniform(0, 60) * (RANDOM.random() < 0.6)
        values = RANDOM.normal(size=(cells, cells, 3 if RANDOM.random() < 0.5 else 1)) * strength
        values = np.broadcast_to(values, (cells, cells, 3)).astype(np.float32)
        how = Image.BICUBIC if RANDOM.random() < 0.7 else Image.NEAREST
        noise += np.stack([np.asarray(Image.fromarray(values[..., c]).resize((SIDE, SIDE), how)) for c in range(3)], 2)
    return noise


def changed(picture):
    """The drawing somewhere, somehow, over something: values from 0 to 1."""
    angle = np.deg2rad(RANDOM.uniform(-25, 25))
    scale = STORED / SIDE / RANDOM.uniform(0.6, 1.15)
    mirror = -1 if RANDOM.random() < 0.5 else 1
    stretch = np.exp(RANDOM.uniform(-0.2, 0.2))
    middle = SIDE / 2 + RANDOM.uniform(-SIDE / 7, SIDE / 7, 2)
    turn = np.array([[np.cos(angle) * mirror * stretch, -np.sin(angle)], [np.sin(angle) * mirror * stretch, np.cos(angle)]])
    turn *= scale
    offset = STORED / 2 - turn @ middle
    matrix = (turn[0, 0], turn[0, 1], offset[0], turn[1, 0], turn[1, 1], offset[1])
    moved = np.asarray(picture.transform((SIDE, SIDE), Image.AFFINE, matrix, Image.BILINEAR), np.float32)
    opacity = moved[..., 3:] / 255
    figure = moved[..., :3] * RANDOM.uniform(0.75, 1.2, 3) + RANDOM.uniform(-30, 30)
    pixels = background() * (1 - opacity) + figure * opacity
    if RANDOM.random() < 0.15:
        pixels = np.repeat(pixels.mean(2, keepdims=True), 3, 2)
    if RANDOM.random() < 0.3:
        pixels = pixels + RANDOM.normal(size=pixels.shape) * RANDOM.uniform(0, 20)
    return np.clip(pixels, 0, 255) / 255


def initial(outputs):
    layers, channels, side = [], 3, SIDE
    for count in FILTERS:
        kernel = RANDOM.normal(size=(3, 3, channels, count)) * np.sqrt(2 / (9 * channels))
        layers.append((jnp.array(kernel, jnp.float32), jnp.zeros(count)))
        channels, side = count, (side - 2) // 2
    flat = side * side * channels
    weights = RANDOM.normal(size=(flat, outputs)) * np.sqrt(0.1 / flat)
    return [*layers, (jnp.array(weights, jnp.float32), jnp.zeros(outputs))]


def logits(layers, maps):
    for kernel, bias in layers[:-1]:
        names = ("NHWC", "HWIO", "NHWC")
        maps = jax.nn.relu(jax.lax.conv_general_dilated(maps, kernel, (1, 1), "VALID", dimension_numbers=names) + bias)
        maps = jax.lax.reduce_window(maps, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    weights, bias = layers[-1]
    return maps.reshape(len(maps), -1) @ weights + bias


def main():
    parser = argparse.ArgumentParser()
    for name in ("google", "twitter", "fluent"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    emoji = drawings(given)
    names, groups = np.unique([group for group, _ in emoji], return_inverse=True)
    group_of = jnp.array(groups)

    def loss(layers, pictures, labels):
        found = logits(layers, pictures)
        one, group = found[:, : len(emoji)], found[:, len(emoji) :]
        entropy = optax.softmax_cross_entropy_with_integer_labels
        right = (group.argmax(1) == group_of[labels]).mean()
        return entropy(group, group_of[labels]).mean() + 0.5 * entropy(one, labels).mean(), right

    def rate(step):
        return 0.003 * jnp.minimum(1, step / 50) * (0.5 + 0.5 * jnp.cos(jnp.pi * step / given.steps))

    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adam(rate))
    layers = initial(len(emoji) + len(names))
    state = optimizer.init(layers)

    @jax.jit
    def step(layers, state, pictures, labels):
        (value, right), gradients = jax.value_and_grad(loss, has_aux=True)(layers, pictures, labels)
        updates, state = optimizer.update(gradients, state, layers)
        return optax.apply_updates(layers, updates), state, value, right

    told = []
    for number in range(1, given.steps + 1):
        labels = RANDOM.integers(len(emoji), size=BATCH)
        pictures = [changed(emoji[label][1][RANDOM.integers(len(emoji[label][1]))]) for label in labels]
        layers, state, value, right = step(layers, state, np.array(pictures, np.float32), labels)
        told.append((float(value), float(right)))
        if number % 50 == 0 or number == given.steps:
            print(number, "loss %.2f, groups right %.3f" % tuple(np.mean(told[-50:], 0)), flush=True)
    np.savez(given.file, *[np.asarray(tensor) for layer in layers[:-1] for tensor in layer])


if __name__ == "__main__":
    main()
