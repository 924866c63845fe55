"""The oracle of tests/vision/decode.rs: picture files of all kinds, and what Pillow makes of them.

Writes tests/fixtures/picture_kinds/: PNGs of each colour type, depth and interlacing, with transparent colours, profiles and
orientations, by a writer of their own (Pillow writes few of these); JPEGs of each subsampling, sequential and progressive,
gray, CMYK and YCCK, with restart markers and orientations, and of rare sampling and scans by jpeg_encoder.py; and files
that are refused. `expected.json` holds width,
height and the pixels once upright: the MD5 of red, green, blue and alpha for PNGs, which are equal to the bit, and the
pixels themselves in base64 for JPEGs (Pillow 13.0.0 with libjpeg-turbo 3.2.0), which are not.

    pip install numpy==2.4.6 pillow==13.0.0
    python tests/oracles/vision_pictures.py
"""

import base64
import hashlib
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

from jpeg_encoder import encode, segments

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "picture_kinds"
RANDOM = np.random.default_rng(7)
GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGBA: 4}
NAMES = {GRAY: "gray", RGB: "rgb", PALETTE: "palette", GRAY_ALPHA: "gray_alpha", RGBA: "rgba"}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
COLORS = RANDOM.integers(0, 256, (256, 3), np.uint8)
expected = {}


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def exif(orientation):
    return b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + struct.pack(">HH", orientation, 0) + b"\0\0\0\0"


def lines(samples, depth, filters):
    """Rows of samples as bytes, each behind the number of its filter (PNG, section 9)."""
    rows, columns, channels = samples.shape
    if columns == 0 or rows == 0:
        return b""
    if depth == 16:
        packed = samples.astype(">u2").reshape(rows, -1).view(np.uint8)
    else:
        bits = (samples.reshape(rows, -1, 1) >> np.arange(depth - 1, -1, -1)) & 1
        packed = np.packbits(bits.reshape(rows, -1).astype(np.uint8), axis=1)
    step = max(1, channels * depth // 8)
    out, above = b"", np.zeros(packed.shape[1], int)
    for row, line in enumerate(packed.astype(int)):
        left = np.concatenate([np.zeros(step, int), line[:-step]]) if len(line) > step else np.zeros(len(line), int)
        corner = np.concatenate([np.zeros(step, int), above[:-step]]) if len(line) > step else np.zeros(len(line), int)
        estimate = left + above - corner
        paeth = np.where(
            (abs(estimate - left) <= abs(estimate - above)) & (abs(estimate - left) <= abs(estimate - corner)),
            left,
            np.where(abs(estimate - above) <= abs(estimate - corner), above, corner),
        )
        kind = filters[row % len(filters)]
        predicted = [np.zeros(len(line), int), left, above, (left + above) // 2, paeth][kind]
        out += bytes([kind]) + bytes(((line - predicted) % 256).astype(np.uint8))
        above = line
    return out


def png(samples, kind, depth=8, interlaced=False, before=b"", behind=b"", filters=(0, 1, 2, 3, 4), parts=1):
    height, width = samples.shape[:2]
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced)))
    if interlaced:
        data = b"".join(lines(samples[y::dy, x::dx], depth, filters) for x, y, dx, dy in ADAM7)
    else:
        data = lines(samples, depth, filters)
    data = zlib.compress(data)
    cuts = np.linspace(0, len(data), parts + 1).astype(int)
    pixels = b"".join(chunk(b"IDAT", data[a:b]) for a, b in zip(cuts, cuts[1:]))
    palette = chunk(b"PLTE", COLORS[: 2**depth].tobytes()) if kind == PALETTE else b""
    return b"\x89PNG\r\n\x1a\n" + head + palette + before + pixels + behind + chunk(b"IEND", b"")


def upper(samples, depth):
    """Samples of any depth as bytes."""
    if depth == 16:
        return (samples >> 8).astype(np.uint8)
    return (samples * (255 // (2**depth - 1))).astype(np.uint8)


def meant(samples, kind, depth, transparent=None, alphas=b""):
    """What samples stand for, by the rules at the head of src/data/pictures/decode/mod.rs."""
    height, width, channels = samples.shape
    out = np.full((height, width, 4), 255, np.uint8)
    if kind == PALETTE:
        table = np.full((256, 4), 255, np.uint8)
        table[:, :3] = COLORS
        table[: len(alphas), 3] = list(alphas)
        return table[samples[..., 0]]
    values = upper(samples, depth)
    colors = channels - (kind in (GRAY_ALPHA, RGBA))
    out[..., :3] = values[..., :colors]
    if kind in (GRAY_ALPHA, RGBA):
        out[..., 3] = values[..., -1]
    if transparent is not None:
        out[..., 3] = np.where((samples == transparent).all(-1), 0, 255)
    return out


def turned(pixels, orientation):
    """Stored pixels, upright."""
    if orientation >= 5:
        pixels = pixels.transpose(1, 0, 2)
    columns = {2: True, 3: True, 6: True, 7: True}.get(orientation, False)
    rows = {3: True, 4: True, 7: True, 8: True}.get(orientation, False)
    return pixels[:: -1 if rows else 1, :: -1 if columns else 1]


def keep_png(name, data, pixels, by_pillow=True):
    """Writes a PNG with what it stands for, which Pillow has to find in it too."""
    (FOLDER / f"{name}.png").write_bytes(data)
    pixels = np.ascontiguousarray(pixels)
    if by_pillow:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        found = np.asarray(image.convert("RGBA"))
        assert (found == pixels).all(), (name, image.mode, found[:2, :2], pixels[:2, :2])
    height, width = pixels.shape[:2]
    digest = hashlib.md5(pixels.tobytes()).hexdigest()
    expected[f"{name}.png"] = {"width": width, "height": height, "md5": digest}


def samples_of(kind, depth, width=11, height=9):
    return RANDOM.integers(0, 2**depth, (height, width, CHANNELS[kind]), np.int64)


def profile_of(colors):
    """A colour profile, without the time at which it was made."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile(colors)).tobytes()
    return profile[:24] + bytes(12) + profile[36:]


def pngs():
    depths = {GRAY: (1, 2, 4, 8, 16), RGB: (8, 16), PALETTE: (1, 2, 4, 8), GRAY_ALPHA: (8, 16), RGBA: (8, 16)}
    for kind, all_depths in depths.items():
        for depth in all_depths:
            for interlaced in (False, True):
                samples = samples_of(kind, depth)
                name = f"{NAMES[kind]}_{depth}{'_interlaced' if interlaced else ''}"
                # Pillow keeps gray of 16 bits as such and cuts it off when it is made colour.
                by_pillow = (kind, depth) != (GRAY, 16)
                data = png(samples, kind, depth, interlaced)
                if not by_pillow:
                    found = np.asarray(Image.open(io.BytesIO(data)))
                    assert (found == samples[..., 0]).all(), name
                keep_png(name, data, meant(samples, kind, depth), by_pillow)
    for kind, depth in ((GRAY, 1), (GRAY, 8), (GRAY, 16), (RGB, 8), (RGB, 16)):
        samples = samples_of(kind, depth)
        color = samples[2, 3]
        # Equal in the upper 8 bits only: not transparent.
        if depth == 16:
            samples[4, 5] = color ^ 1
        before = chunk(b"tRNS", color.astype(">u2").tobytes())
        pixels = meant(samples, kind, depth, transparent=color)
        keep_png(f"transparent_{NAMES[kind]}_{depth}", png(samples, kind, depth, before=before), pixels, depth < 16)
    samples = samples_of(PALETTE, 4)
    alphas = bytes([0, 64, 128, 255, 7])
    data = png(samples, PALETTE, 4, before=chunk(b"tRNS", alphas))
    keep_png("transparent_palette", data, meant(samples, PALETTE, 4, alphas=alphas))

    samples = samples_of(RGB, 8)
    pixels = meant(samples, RGB, 8)
    profile = profile_of("XYZ")
    for name, before in {
        "gamma": chunk(b"gAMA", struct.pack(">I", 100_000)),
        "primaries": chunk(b"cHRM", struct.pack(">8I", 34567, 35850, 73470, 26530, 11350, 82580, 15660, 1770)),
        "profile": chunk(b"iCCP", b"x\0\0" + zlib.compress(profile)),
        "text": chunk(b"tEXt", b"Comment\0" + b"x" * 300) + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"0" * 100_000)),
        "background": chunk(b"bKGD", b"\0\xff\0\0\0\0"),
    }.items():
        keep_png(f"with_{name}", png(samples, RGB, before=before), pixels)
    for orientation in range(1, 9):
        data = png(samples, RGB, before=chunk(b"eXIf", exif(orientation)))
        keep_png(f"orientation_{orientation}", data, turned(pixels, orientation))
    keep_png("orientation_behind", png(samples, RGB, behind=chunk(b"eXIf", exif(8))), turned(pixels, 8))
    keep_png("many_parts", png(samples, RGB, parts=9), pixels)
    keep_png("bytes_behind", png(samples, RGB) + b"more", pixels)
    one = samples_of(RGBA, 8, 1, 1)
    keep_png("one_pixel", png(one, RGBA, interlaced=True), meant(one, RGBA, 8))
    frames = [Image.fromarray(samples_of(RGBA, 8).astype(np.uint8)) for _ in range(3)]
    file = io.BytesIO()
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    keep_png("animated", file.getvalue(), np.asarray(frames[0]))


def scene(width, height, channels=3):
    """Smooth colours, noise and an edge."""
    y, x = np.mgrid[0:height, 0:width]
    waves = [128 + 100 * np.sin(x / 7 + c) + 40 * np.cos(y / 5 - c) for c in range(channels)]
    pixels = np.stack(waves, -1) + RANDOM.normal(0, 12, (height, width, channels))
    pixels[(x - width / 2) ** 2 + (y - height / 2) ** 2 < (min(width, height) / 4) ** 2] = [230, 30, 60, 90][:channels]
    pixels = np.clip(pixels, 0, 255).astype(np.uint8)
    return Image.fromarray(pixels[..., 0] if channels == 1 else pixels, {1: "L", 3: "RGB", 4: "CMYK"}[channels])


def jpeg(image, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()


def keep_jpeg(name, data, oracle=None):
    """Writes a JPEG with what Pillow makes of it, or of the same file in another form."""
    (FOLDER / f"{name}.jpg").write_bytes(data)
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(oracle or data)))
    pixels = np.asarray(image.convert("RGB"))
    height, width = pixels.shape[:2]
    rgb = base64.b64encode(zlib.compress(pixels.tobytes(), 9)).decode()
    expected[f"{name}.jpg"] = {"width": width, "height": height, "rgb": rgb}


def frame_at(data):
    """Where the frame header is."""
    return next(at for at, marker, _ in segments(data) if marker in (0xC0, 0xC1, 0xC2))


def patched(data, **changes):
    """The same file with another marker, precision or sampling of the first component in its frame header."""
    data, at = bytearray(data), frame_at(data)
    for name, value in changes.items():
        data[at + {"marker": 1, "precision": 4, "sampling": 11}[name]] = value
    return bytes(data)


# Sampling of each channel, across and down: those in use, others that mean the same, and rare ones.
SAMPLINGS = {
    "444": [(1, 1), (1, 1), (1, 1)],
    "422": [(2, 1), (1, 1), (1, 1)],
    "420": [(2, 2), (1, 1), (1, 1)],
    "440": [(1, 2), (1, 1), (1, 1)],
    "411": [(4, 1), (1, 1), (1, 1)],
    "410": [(4, 2), (1, 1), (1, 1)],
    "441": [(1, 4), (1, 1), (1, 1)],
    "444_of_four": [(2, 2), (2, 2), (2, 2)],
    "422_of_four": [(2, 2), (1, 2), (1, 2)],
    "440_of_four": [(2, 2), (2, 1), (2, 1)],
    "mixed": [(2, 2), (2, 1), (1, 2)],
    "finer_colour": [(1, 1), (2, 2), (2, 2)],
    "one_colour_finer": [(2, 2), (1, 1), (2, 2)],
}
SCANS = {"": [[0, 1, 2]], "_three_scans": [[0], [1], [2]], "_two_scans": [[0], [1, 2]]}
# What a unit may hold at most (B.2.3).
MOST_BLOCKS = 10


def sampled():
    """JPEGs by an encoder of our own."""
    for name, samplings in SAMPLINGS.items():
        blocks = sum(across * down for across, down in samplings)
        for kind, scans in SCANS.items():
            if len(scans) == 1 and blocks > MOST_BLOCKS:
                continue
            planes = scene(27, 19).convert("YCbCr").split()
            restart = 0 if kind == "" else 2
            keep_jpeg(f"sampled_{name}{kind}", encode(planes, samplings, scans, restart))
    planes = scene(27, 19, 4).split()
    keep_jpeg("sampled_four_scans", encode(planes, [(1, 1)] * 4, [[0], [1], [2], [3]]))


def jpegs():
    for subsampling, name in enumerate(("444", "422", "420")):
        for progressive in (False, True):
            for width, height in ((33, 21), (16, 16)):
                data = jpeg(scene(width, height), subsampling=subsampling, progressive=progressive, quality=85)
                keep_jpeg(f"{name}{'_progressive' if progressive else ''}_{width}x{height}", data)
    # As many blocks in as many units, in another order: Pillow writes neither of these.
    keep_jpeg("440", patched(jpeg(scene(32, 32), subsampling=1, quality=80), sampling=0x12))
    keep_jpeg("411", patched(jpeg(scene(32, 32), subsampling=2, quality=80), sampling=0x41))
    gray = scene(19, 26, 1)
    keep_jpeg("gray", jpeg(gray))
    keep_jpeg("gray_progressive", jpeg(gray, progressive=True))
    keep_jpeg("gray_sampled_twice", patched(jpeg(gray), sampling=0x22))
    cmyk = jpeg(scene(18, 13, 4), quality=90)
    keep_jpeg("cmyk", cmyk)
    adobe = cmyk.index(b"Adobe")
    keep_jpeg("ycck", cmyk[: adobe + 11] + b"\x02" + cmyk[adobe + 12 :])
    keep_jpeg("cmyk_progressive", jpeg(scene(18, 13, 4), progressive=True))
    keep_jpeg("stored_as_rgb", jpeg(scene(18, 13), keep_rgb=True))
    keep_jpeg("restarts", jpeg(scene(33, 21), restart_marker_blocks=2))
    keep_jpeg("restarts_progressive", jpeg(scene(33, 21), restart_marker_rows=1, progressive=True))
    keep_jpeg("coarse", jpeg(scene(33, 21), quality=1))
    keep_jpeg("fine", jpeg(scene(33, 21), quality=100, optimize=True))
    keep_jpeg("column", jpeg(scene(1, 40), subsampling=0))
    keep_jpeg("row", jpeg(scene(40, 1)))
    for orientation in range(1, 9):
        head = Image.Exif()
        head[0x0112] = orientation
        keep_jpeg(f"orientation_{orientation}", jpeg(scene(21, 12), exif=head, quality=90))
    plain = jpeg(scene(21, 12))
    profile = profile_of("sRGB")
    keep_jpeg("with_profile", jpeg(scene(21, 12), icc_profile=profile))
    keep_jpeg("bytes_behind", plain + b"\0" * 40 + plain)
    keep_jpeg("padded_markers", plain[:2] + b"\xff" * 5 + plain[2:])


def refused():
    """Files that are refused, by the reason."""
    files = {}
    whole = jpeg(scene(48, 48), quality=90)
    progressive = jpeg(scene(48, 48), quality=90, progressive=True)
    for name, data in (("sequential", whole), ("progressive", progressive)):
        start = data.index(b"\xff\xda") + 20
        files[f"cut_{name}.jpg"] = data[: start + (len(data) - start) // 2], "damaged"
        files[f"cut_{name}_with_end.jpg"] = data[: start + (len(data) - start) // 2] + b"\xff\xd9", "damaged"
    separate = encode(scene(48, 48).convert("YCbCr").split(), SAMPLINGS["420"], SCANS["_three_scans"])
    files["cut_separate_scans_with_end.jpg"] = separate[:-60] + b"\xff\xd9", "damaged"
    files["no_end.jpg"] = whole[:-2], "damaged"
    files["twelve_bits.jpg"] = patched(whole, marker=0xC1, precision=12), "rare_jpeg"
    files["arithmetic.jpg"] = patched(whole, marker=0xC9), "rare_jpeg"
    files["lossless.jpg"] = patched(whole, marker=0xC3), "rare_jpeg"
    samples = samples_of(RGB, 8, 30, 30)
    data = png(samples, RGB)
    files["cut.png"] = data[: len(data) // 2], "damaged"
    files["no_end.png"] = data[:-12], "damaged"
    files["changed.png"] = data[:200] + bytes([data[200] ^ 1]) + data[201:], "damaged"
    files["few_lines.png"] = png(samples[:20], RGB).replace(
        chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 20, 8, 2, 0, 0, 0)),
        chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 30, 8, 2, 0, 0, 0)),
    ), "damaged"
    files["no_palette.png"] = png(samples_of(PALETTE, 8), PALETTE).replace(chunk(b"PLTE", COLORS.tobytes()), b""), "damaged"
    files["huge.png"] = data.replace(
        chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 30, 8, 2, 0, 0, 0)),
        chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)),
    ), "too_many_pixels"
    files["huge.jpg"] = whole.replace(struct.pack(">HH", 48, 48), struct.pack(">HH", 60_000, 60_000), 1), "too_many_pixels"
    for name, (data, reason) in files.items():
        (FOLDER / f"refused_{name}").write_bytes(data)
        expected[f"refused_{name}"] = {"reason": reason}


FOLDER.mkdir(parents=True, exist_ok=True)
for old in FOLDER.iterdir():
    old.unlink()
pngs()
jpegs()
sampled()
refused()
(FOLDER / "expected.json").write_text(json.dumps(expected, indent=0) + "\n")
