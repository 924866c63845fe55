"""A small sequential JPEG encoder for what Pillow does not write: any sampling of any channel, colours in scans of their
own, restart markers anywhere (ITU-T T.81). The Huffman tables are those of the standard, as Pillow writes them.
"""

import io
import struct

import numpy as np
from PIL import Image

# Places of an 8 × 8 block in the order in which they are coded.
ZIGZAG = sorted(range(64), key=lambda at: (at // 8 + at % 8, at // 8 if (at // 8 + at % 8) % 2 else at % 8))
COSINES = np.array(
    [[np.sqrt((1 if u == 0 else 2) / 8) * np.cos((2 * x + 1) * u * np.pi / 16) for x in range(8)] for u in range(8)]
)
QUANTUM = 6


def segments(data):
    """Place, marker and length of the segments up to the first scan."""
    at = 2
    while data[at + 1] != 0xDA:
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        yield at, data[at + 1], length
        at += 2 + length


def standard_tables():
    """The bytes of the tables, and the code and its length for each symbol of the two."""
    file = io.BytesIO()
    Image.new("L", (8, 8)).save(file, "JPEG")
    data, raw, codes = file.getvalue(), b"", {}
    for at, marker, length in segments(data):
        if marker != 0xC4:
            continue
        raw += data[at : at + 2 + length]
        content = data[at + 4 : at + 2 + length]
        while content:
            counts = content[1:17]
            symbols = iter(content[17 : 17 + sum(counts)])
            code, table = 0, {}
            for bits, count in enumerate(counts, 1):
                for _ in range(count):
                    table[next(symbols)] = (code, bits)
                    code += 1
                code <<= 1
            codes[content[0]] = table
            content = content[17 + sum(counts) :]
    return raw, codes[0x00], codes[0x10]


TABLES, DC, AC = standard_tables()


class Bits:
    """Coded data of a restart interval."""

    def __init__(self):
        self.parts = []

    def put(self, value, count):
        if count:
            self.parts.append(format(value, f"0{count}b"))

    def number(self, value):
        """A number whose bits were counted by its symbol."""
        count = abs(value).bit_length()
        self.put(value if value >= 0 else value + (1 << count) - 1, count)

    def finish(self):
        text = "".join(self.parts)
        text += "1" * (-len(text) % 8)
        return bytes(int(text[at : at + 8], 2) for at in range(0, len(text), 8)).replace(b"\xff", b"\xff\0")

    def block(self, numbers, before):
        """A block in the order of its code; gives what the next one of its channel is predicted from."""
        first, *rest = (int(number) for number in numbers)
        self.put(*DC[abs(first - before).bit_length()])
        self.number(first - before)
        run = 0
        last = max((at for at, number in enumerate(rest) if number), default=-1)
        for number in rest[: last + 1]:
            if number == 0:
                run += 1
                continue
            while run > 15:
                self.put(*AC[0xF0])
                run -= 16
            self.put(*AC[run << 4 | abs(number).bit_length()])
            self.number(number)
            run = 0
        if last < 62:
            self.put(*AC[0])
        return first


def blocks_of(plane, across, down):
    """Quantised blocks of a channel, filled up to so many."""
    pixels = np.asarray(plane).astype(float) - 128
    pixels = np.pad(pixels, ((0, down * 8 - pixels.shape[0]), (0, across * 8 - pixels.shape[1])), "edge")
    blocks = pixels.reshape(down, 8, across, 8).transpose(0, 2, 1, 3)
    return np.rint(COSINES @ blocks @ COSINES.T / QUANTUM).astype(int).reshape(down, across, 64)[..., ZIGZAG]


def encode(planes, samplings, scans, restart=0):
    """
    A JPEG of channels that have all one size, each kept in the size that its sampling (across, down) has beside the
    largest; `scans` lists the channels of each scan, `restart` how many units lie between restart markers.
    """
    width, height = planes[0].size
    most_across, most_down = (max(sampling[axis] for sampling in samplings) for axis in (0, 1))
    units_across, units_down = -(-width // (8 * most_across)), -(-height // (8 * most_down))
    channels = []
    for plane, (across, down) in zip(planes, samplings):
        size = -(-width * across // most_across), -(-height * down // most_down)
        small = plane if size == plane.size else plane.resize(size, Image.BOX)
        channels.append((blocks_of(small, units_across * across, units_down * down), size))
    out = b"\xff\xd8\xff\xdb\0\x43\0" + bytes([QUANTUM] * 64)
    out += b"\xff\xc0" + struct.pack(">HBHHB", 8 + 3 * len(planes), 8, height, width, len(planes))
    out += b"".join(bytes([at + 1, across << 4 | down, 0]) for at, (across, down) in enumerate(samplings)) + TABLES
    if restart:
        out += b"\xff\xdd\0\4" + struct.pack(">H", restart)
    for scan in scans:
        out += b"\xff\xda" + struct.pack(">HB", 6 + 2 * len(scan), len(scan))
        out += b"".join(bytes([at + 1, 0]) for at in scan) + b"\0\x3f\0"
        out += coded(units(scan, channels, samplings, units_across, units_down), restart)
    return out + b"\xff\xd9"


def units(scan, channels, samplings, units_across, units_down):
    """The blocks of each unit of a scan, with their channels: one block where a channel is alone (A.2)."""
    if len(scan) == 1:
        blocks, (width, height) = channels[scan[0]]
        return [[(scan[0], blocks[y, x])] for y in range(-(-height // 8)) for x in range(-(-width // 8))]
    return [
        [
            (at, channels[at][0][row * samplings[at][1] + y, column * samplings[at][0] + x])
            for at in scan
            for y in range(samplings[at][1])
            for x in range(samplings[at][0])
        ]
        for row in range(units_down)
        for column in range(units_across)
    ]


def coded(units, restart):
    out, bits, before = b"", Bits(), {}
    for number, unit in enumerate(units):
        if restart and number and number % restart == 0:
            out += bits.finish() + bytes([0xFF, 0xD0 + (number // restart - 1) % 8])
            bits, before = Bits(), {}
        for at, block in unit:
            before[at] = bits.block(block, before.get(at, 0))
    return out + bits.finish()
