"""How one character comes to stand for another: by sound, by near sound, by shape.

The table is lexicons/characters.txt: readings without tones, and lookalikes measured on glyphs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, cached_property
from itertools import chain
from pathlib import Path

COMMON = 3755
"""Characters of the first level, which input methods offer first."""


class Likeness(StrEnum):
    """Why two characters are confused; the value is what an editor reads."""

    SOUND = "同音"
    NEAR_SOUND = "近音"
    SHAPE = "形近"


BLURRED_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l"), ("h", "f"))
"""Initials that speakers of one dialect or another do not tell apart."""


def blurred(reading: str) -> str:
    """Reduce a reading to what near sounds have in common (chang, chan, cang → can)."""
    for initial, plain in BLURRED_INITIALS:
        if reading.startswith(initial):
            reading = plain + reading[len(initial) :]
            break
    return reading.removesuffix("g") if reading.endswith("ng") else reading


@cache
def characters_of(lexicons: Path) -> Characters:
    """Read the table of a lexicon folder once."""
    return Characters(lexicons / "characters.txt")


class Characters:
    """The sounds and shapes of the characters of GB/T 2312."""

    def __init__(self, table: Path) -> None:
        """Read the table; takes some hundredths of a second."""
        self._readings: dict[str, tuple[str, ...]] = {}
        self._alike: dict[str, str] = {}
        # In the order of the standard, whose first level comes first.
        for line in table.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                char, readings, alike = line.split("\t")
                self._readings[char] = tuple(readings.split())
                self._alike[char] = alike
        self._blurred = {char: blurred(readings[0]) for char, readings in self._readings.items() if readings}
        self._common = dict.fromkeys(list(self._readings)[:COMMON])
        self._all_alike: dict[str, str] = {}

    def __iter__(self) -> Iterator[str]:
        """List the characters of the table that have a reading."""
        return (char for char, readings in self._readings.items() if readings)

    def readings(self, char: str) -> tuple[str, ...]:
        """Give the readings of a character, the usual one first, without tones."""
        return self._readings[char]

    def alike(self, char: str) -> Mapping[str, Likeness]:
        """List every character that sounds or looks like this one, rare ones too, with the surest reason."""
        sounding = chain.from_iterable(self._by_sound[sound] for sound in self._readings[char])
        shaped = self._alike[char] + self._alike_backwards.get(char, "")
        # There are 600,000 pairs: whole rows at a time, the surest reason first in order and last to be written.
        sure, shape = dict.fromkeys(sounding, Likeness.SOUND), dict.fromkeys(shaped, Likeness.SHAPE)
        near = dict.fromkeys(self._near[self._blurred[char]], Likeness.NEAR_SOUND)
        found = sure | shape | near | shape | sure
        del found[char]
        return found

    def all_alike(self, char: str) -> str:
        """Give every character of which `likeness` with this one tells something, and perhaps some more."""
        if char not in self._all_alike:
            self._all_alike[char] = "".join(self.alike(char)) if self._readings.get(char) else ""
        return self._all_alike[char]

    def sound(self, char: str) -> str | None:
        """Give the usual reading of a character, without its tone; None if the table does not know it."""
        readings = self._readings.get(char)
        return readings[0] if readings else None

    def likeness(self, one: str, other: str) -> Likeness | None:
        """Tell why one character could be taken for the other; None if it could not."""
        sounds, others = self._readings.get(one), self._readings.get(other)
        if not sounds or not others:
            return None
        # Rare readings pair up with anything; one of the two must have its usual one.
        if sounds[0] in others or others[0] in sounds:
            return Likeness.SOUND
        if other in self._alike[one] or one in self._alike[other]:
            return Likeness.SHAPE
        return Likeness.NEAR_SOUND if self._blurred[one] == self._blurred[other] else None

    def confusable_with(self, char: str) -> Iterator[str]:
        """List the common characters that this one could be taken for."""
        seen = {char}
        if char in self._blurred:
            for other in self._by_blurred_sound[self._blurred[char]]:
                if other not in seen:
                    seen.add(other)
                    yield other
        for other in self._alike.get(char, "") + self._alike_backwards.get(char, ""):
            if other in self._common and other not in seen:
                seen.add(other)
                yield other

    @cached_property
    def _by_sound(self) -> Mapping[str, list[str]]:
        by_sound: dict[str, list[str]] = defaultdict(list)
        for char, readings in self._readings.items():
            for reading in readings:
                by_sound[reading].append(char)
        return by_sound

    @cached_property
    def _near(self) -> Mapping[str, list[str]]:
        near: dict[str, list[str]] = defaultdict(list)
        for char, sound in self._blurred.items():
            near[sound].append(char)
        return near

    @cached_property
    def _by_blurred_sound(self) -> Mapping[str, list[str]]:
        by_sound: dict[str, list[str]] = defaultdict(list)
        for char in self._common:
            by_sound[self._blurred[char]].append(char)
        return by_sound

    @cached_property
    def _alike_backwards(self) -> Mapping[str, str]:
        backwards: dict[str, str] = defaultdict(str)
        for char, alike in self._alike.items():
            for other in alike:
                backwards[other] += char
        return backwards
