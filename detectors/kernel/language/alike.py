"""How much two characters sound and look alike, as numbers.

Shapes come from models/typos/shapes.npz, which tools/shapes.py measures on glyphs and components.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detectors.kernel.confusion import Characters, blurred
from detectors.kernel.language.symbols import SYMBOLS

READINGS = 4
"""Readings of a character that count, the usual one first."""
NONE = 0
STEPS = 255
LEAST_GLYPH = 0.5
"""Any two characters have half as much in common."""

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


class Sound(IntEnum):
    """How near two characters are in sound."""

    OTHER = 0
    BLURRED = 1
    """The same but for zh and z, n and ng and the like."""
    RARE = 2
    """The same in a reading that is not the usual one of either."""
    HALF = 3
    """One's usual reading is one of the other's."""
    SAME = 4


class Alike:
    """The sounds and shapes of characters, ready to compare arrays of them."""

    def __init__(self, characters: Characters, shapes: Path) -> None:
        """Read both."""
        known = {char: characters.readings(char) for char in characters}
        numbers = {
            sound: place for place, sound in enumerate(sorted({r for rs in known.values() for r in rs}), 1)
        }
        near = {sound: place for place, sound in enumerate(sorted({blurred(s) for s in numbers}), 1)}
        self._readings = np.zeros((SYMBOLS, READINGS), np.int16)
        self._blurred = np.zeros(SYMBOLS, np.int16)
        for char, readings in known.items():
            self._readings[ord(char), : len(readings)] = [numbers[one] for one in readings[:READINGS]]
            self._blurred[ord(char)] = near[blurred(readings[0])]
        with np.load(shapes) as stored:
            self._keys, self._glyphs, self._shared = stored["keys"], stored["glyphs"], stored["shared"]

    def sound(self, one: Integers, other: Integers) -> Integers:
        """Tell how near in sound characters are (Sound)."""
        first, second = self._readings[one], self._readings[other]
        spoken = (first[:, 0] != NONE) & (second[:, 0] != NONE)
        near = np.zeros(len(one), np.int64)
        near[spoken & (self._blurred[one] == self._blurred[other])] = Sound.BLURRED
        any_of_both = ((first[:, :, None] == second[:, None, :]) & (first[:, :, None] != NONE)).any(
            axis=(1, 2)
        )
        near[any_of_both] = Sound.RARE
        usual = (first == second[:, :1]).any(axis=1) | (second == first[:, :1]).any(axis=1)
        near[spoken & usual] = Sound.HALF
        near[spoken & (first[:, 0] == second[:, 0])] = Sound.SAME
        return near

    def shape(self, one: Integers, other: Integers) -> tuple[Numbers, Numbers]:
        """Tell how alike glyphs are, and how much of their components they share; from 0 to 1."""
        keys = ((one << 16) | other).astype(np.uint32)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        found = self._keys[at] == keys
        return np.where(found, self._glyphs[at], 0) / STEPS, np.where(found, self._shared[at], 0) / STEPS

    def lookalikes(self, char: str) -> dict[str, float]:
        """List the characters that look like one, each with how much."""
        first, last = np.searchsorted(self._keys, [ord(char) << 16, (ord(char) + 1) << 16])
        worth = (
            np.maximum(self._glyphs[first:last] / STEPS - LEAST_GLYPH, 0) + self._shared[first:last] / STEPS
        )
        others = self._keys[first:last] & 0xFFFF
        return {
            chr(code): float(one) ** 2 for code, one in zip(others.tolist(), worth, strict=True) if one > 0
        }
