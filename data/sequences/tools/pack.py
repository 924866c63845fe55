"""Draws the sprite sheet emoji.png and writes the table items.tsv of the sequences lesson:

    npm pack @lobehub/fluent-emoji-3d@1.1.0 emojibase-data@17.0.0
    pip install numpy==2.4.6 pillow==13.0.0
    python data/sequences/tools/pack.py lobehub-fluent-emoji-3d-1.1.0.tgz emojibase-data-17.0.0.tgz

The sheet is a PNG (8 bits, RGBA, not interlaced) of cells of 32 by 32 pixels, 20 in a row, in the order of the table.
The table has a line for each emoji, columns separated by tabs: hexcode, group, subgroup, title_zh, tags_zh, title_en,
tags_en; tags are separated by "|". Lines are in the order of the code points.

Which emoji: `items.txt` beside this file. All were looked at: concrete things only; no flag, no person, no face where
the whole animal exists, no symbol, no picture with letters. 27 subgroups have eleven, nine smaller ones what
they have (6 to 10).
"""

import hashlib
import io
import json
import pathlib
import re
import struct
import sys
import tarfile
import zlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent
SHA256 = {
    "pictures": "c1bb7eee7de090205a232518a9ab4adb3df458bfbe8a1f78232991194c8b2e58",
    "words": "d01d0e2ca4e22cb402679532155342c71e2e871f25c32223c013b8b166ebdf5a",
}
SIDE, COLUMNS = 32, 20
# Bits of a colour and of opacity that are kept (`kept`): at 32 pixels the difference does not show.
COLOUR_BITS, ALPHA_BITS = 6, 5


# Tags that are left out: names of people and brands, slang, and slips of the translation ("情节" of a toothbrush).
DROPPED = {
    "zh": (
        "大罗 梅西 罗纳尔多 胖罗 星巴克 小熊维尼 权力的游戏 泠 持票人 鸭脚板 是特拉迪瓦尔 篮 枯燥 情节 菲菲笛 母"
    ).split(),
    "en": "af litaf lit roflcopter yolo tbt".split(),
}


def opened(path, name):
    found = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
    assert found == SHA256[name], f"{path} has the sha256 {found}"
    return tarfile.open(path)


def chosen():
    """Hexcodes by subgroup, from items.txt: a line each, the subgroup before a colon."""
    lines = [line.split(":") for line in (HERE / "items.txt").read_text().splitlines()]
    return {subgroup: codes.split() for subgroup, codes in lines}


def kept(values, bits):
    """Rounds to so many bits, spread over 0 to 255: 0 and 255 stay what they are."""
    top = 2**bits - 1
    return np.rint(np.rint(values / 255 * top) / top * 255).astype(np.uint8)


def cell(picture):
    """RGBA of 32 by 32: shrunk with colours multiplied by opacity, so that no colour of what is invisible shows."""
    whole = Image.open(io.BytesIO(picture)).convert("RGBA")
    side = max(whole.size)
    square = Image.new("RGBA", (side, side))
    square.paste(whole, ((side - whole.width) // 2, (side - whole.height) // 2))
    pixels = np.asarray(square, dtype=np.float64)
    pixels = np.concatenate([pixels[:, :, :3] * pixels[:, :, 3:] / 255, pixels[:, :, 3:]], axis=2)
    shrunk = np.stack(
        [
            np.asarray(Image.fromarray(pixels[:, :, channel].astype(np.float32)).resize((SIDE, SIDE), Image.BOX))
            for channel in range(4)
        ],
        axis=2,
    ).astype(np.float64)
    alpha = kept(shrunk[:, :, 3:].clip(0, 255), ALPHA_BITS)
    straight = np.divide(
        shrunk[:, :, :3] * 255, shrunk[:, :, 3:], where=shrunk[:, :, 3:] > 0, out=np.zeros((SIDE, SIDE, 3))
    )
    colours = kept(straight.clip(0, 255), COLOUR_BITS)
    colours[alpha[:, :, 0] == 0] = 0
    return np.concatenate([colours, alpha], axis=2)


def filtered(line, above):
    """The filter whose bytes have the smallest sum of absolute values, as most encoders choose it."""
    line, above = line.astype(np.int64), above.astype(np.int64)
    left = np.concatenate([np.zeros(4, np.int64), line[:-4]])
    corner = np.concatenate([np.zeros(4, np.int64), above[:-4]])
    estimate = left + above - corner
    by = np.stack([abs(estimate - left), abs(estimate - above), abs(estimate - corner)])
    paeth = np.choose(by.argmin(0), [left, above, corner])
    found = [(line - guess) & 255 for guess in (0 * line, left, above, (left + above) // 2, paeth)]
    costs = [np.minimum(one, 256 - one).sum() for one in found]
    best = int(np.argmin(costs))
    return bytes([best]) + found[best].astype(np.uint8).tobytes()


def png(pixels):
    height, width, _ = pixels.shape
    lines = pixels.reshape(height, width * 4)
    above = np.concatenate([np.zeros((1, width * 4), np.uint8), lines[:-1]])
    data = b"".join(filtered(*pair) for pair in zip(lines, above))

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    packed = zlib.compressobj(9, memLevel=9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", packed.compress(data) + packed.flush())
        + chunk(b"IEND", b"")
    )


def words(entry, language):
    """Title, and tags without the title, without what occurs twice and without DROPPED, in the order of the file."""
    title = re.sub(r"\s+", " ", entry["label"]).strip()
    tags = []
    for tag in entry.get("tags", []):
        tag = re.sub(r"\s+", " ", tag).strip()
        if tag and tag.casefold() != title.casefold() and tag not in [*tags, *DROPPED[language]]:
            tags.append(tag)
    assert not any(re.search(r"[\t\n|]", word) for word in [title, *tags])
    return [title, "|".join(tags)]


def main(pictures_path, words_path):
    pictures, texts = opened(pictures_path, "pictures"), opened(words_path, "words")
    read = lambda archive, name: archive.extractfile(f"package/{name}").read()
    assets = {name.removeprefix("package/assets/") for name in pictures.getnames()}
    languages = {
        code: {entry["hexcode"]: entry for entry in json.loads(read(texts, f"{code}/data.json"))}
        for code in ("zh", "en")
    }
    meta = json.loads(read(texts, "meta/groups.json"))
    rows = []
    for subgroup, codes in chosen().items():
        for code in codes:
            entry = languages["en"][code]
            assert meta["subgroups"][str(entry["subgroup"])] == subgroup, (subgroup, code)
            rows.append(
                [
                    code,
                    meta["groups"][str(entry["group"])],
                    subgroup,
                    *words(languages["zh"][code], "zh"),
                    *words(entry, "en"),
                ]
            )
    rows.sort(key=lambda row: [int(part, 16) for part in row[0].split("-")])
    # Code and both titles name an item.
    assert all(len({row[column] for row in rows}) == len(rows) == 360 for column in (0, 3, 5))
    cells = []
    for row in rows:
        names = [f"{row[0].lower()}{ending}.webp" for ending in ("", "-fe0f")]
        cells.append(cell(read(pictures, "assets/" + next(name for name in names if name in assets))))
    lines = [np.concatenate(cells[at : at + COLUMNS], axis=1) for at in range(0, len(cells), COLUMNS)]
    sheet = png(np.concatenate(lines))
    head = ["hexcode", "group", "subgroup", "title_zh", "tags_zh", "title_en", "tags_en"]
    table = "".join("\t".join(row) + "\n" for row in [head, *rows]).encode()
    for name, content in (("emoji.png", sheet), ("items.tsv", table)):
        (DATA / name).write_bytes(content)
        print(name, len(content), "bytes, sha256", hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
