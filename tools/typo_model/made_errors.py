"""Slips put into sound text, in the proportions in which people make them.

Input methods offer words: most slips are other characters of the same sound, and most of those make a
word with a neighbour; a third of them share a component as well (Liu et al., “Visually and phonologically
similar characters in incorrect Chinese words”, 2011). Then come lookalikes (wubi, OCR), near sounds, words that share a letter, words
whose letters are all others, and swaps. Shares are those that studies of real slips report (CSCD-NS, CDConfusor), rounded.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detectors.kernel.confusion import Characters, Likeness
from detectors.kernel.language.alike import Alike, Sound
from detectors.kernel.language.dictionary import frequencies
from detectors.kernel.language.ngrams import Ngrams

ONE_IN = 50
"""Han characters to a slip."""
APART = 3
SHARES = {"sound": 66, "near": 9, "shape": 10, "word_letter": 2, "any": 1, "swap": 2, "word": 10}
LIKENESS = {"sound": Likeness.SOUND, "near": Likeness.NEAR_SOUND}
BY_SOUND = {Sound.SAME: 1.0, Sound.HALF: 0.03, Sound.RARE: 0.01, Sound.BLURRED: 1.0, Sound.OTHER: 0.1}
"""How readily characters are taken for one another by their sound: rare readings are seldom meant."""
BY_COMPONENT = 12.0
"""How much more readily if all components are shared."""
BY_GLYPH = 6.0
"""And if they look the same: who chooses among characters of one sound overlooks the one that looks right."""
PARTICLES = "的地得"
PARTICLE = 0.6
"""Share of the slips at a particle that write another particle."""
MAKES_WORD = 0.75
"""Share of the slips of sound that make a word with a neighbour."""
COMMON_PAIR = 50
COMMON = 2500
FLATTENED = 0.6
"""Rare characters and words are drawn more often than they occur."""


@dataclass(frozen=True, slots=True)
class MadeError:
    """One slip that was put in."""

    place: int
    right: str


class Breaker:
    """Breaks texts."""

    def __init__(self, characters: Characters, alike: Alike, ngrams: Ngrams, seed: int) -> None:
        """Prepare what may stand for what."""
        self._draw = random.Random(seed)  # noqa: S311 - slips, not secrets
        self._logs = ngrams.logs
        known = ngrams.logs > ngrams.logs.min()
        self._alike: dict[str, dict[Likeness, dict[str, float]]] = {}
        self._readings = {char: characters.readings(char)[0] for char in characters}
        for char in characters:
            others = [(other, kind) for other, kind in characters.alike(char).items() if known[ord(other)]]
            readiness = _readiness(alike, char, [other for other, _ in others])
            kinds: dict[Likeness, dict[str, float]] = defaultdict(dict)
            for (other, kind), ready in zip(others, readiness, strict=True):
                kinds[kind][other] = ready
            self._alike[char] = kinds
        self._shapes = {
            char: {other: likeness for other, likeness in alike.lookalikes(char).items() if known[ord(other)]}
            for char in characters
        }
        self._behind: dict[str, dict[str, int]] = defaultdict(dict)
        self._before: dict[str, dict[str, int]] = defaultdict(dict)
        self._words: dict[tuple[str, str], list[str]] = defaultdict(list)
        for word, count in frequencies().items():
            if len(word) == 2 and count >= COMMON_PAIR and all(char in self._readings for char in word):
                self._behind[word[0]][word[1]] = count
                self._before[word[1]][word[0]] = count
                self._words[self._readings[word[0]], self._readings[word[1]]].append(word)
        commonest = np.argsort(-ngrams.logs)[:COMMON]
        self._common = [chr(code) for code in commonest.tolist() if chr(code) in self._readings]

    def broken(self, text: str) -> tuple[str, list[MadeError]]:
        """Put slips into a text."""
        letters = [place for place, char in enumerate(text) if char in self._readings]
        written, made = list(text), list[MadeError]()
        for _ in range(max(1, len(letters) // ONE_IN) if len(letters) >= 2 * APART else 0):
            place = self._draw.choice(letters)
            if any(abs(one.place - place) <= APART for one in made):
                continue
            wrong = self._wrong(text, place)
            right = text[place : place + len(wrong)]
            if wrong and wrong != right:
                written[place : place + len(wrong)] = wrong
                made.append(MadeError(place, right))
        return "".join(written), made

    def _wrong(self, text: str, place: int) -> str:
        """Write something in place of one letter or two; nothing if there is nothing to write."""
        char, behind = text[place], text[place + 1 : place + 2]
        if char in PARTICLES and self._draw.random() < PARTICLE:
            return self._draw.choice(PARTICLES.replace(char, ""))
        kind = self._draw.choices(list(SHARES), list(SHARES.values()))[0]
        if kind == "swap":
            return behind + char if behind in self._readings else ""
        if kind == "word":
            return self._other_word(char, behind) if behind in self._readings else ""
        if kind == "shape":
            return self._weighted(list(self._shapes[char]), self._shapes[char])
        if kind in LIKENESS:
            return self._alike_in_sound(LIKENESS[kind], text, place)
        return self._weighted(self._other_letters(kind, text, place))

    def _alike_in_sound(self, likeness: Likeness, text: str, place: int) -> str:
        char, before, behind = text[place], text[place - 1 : place], text[place + 1 : place + 2]
        others = self._alike[char][likeness]
        if likeness is Likeness.SOUND and self._draw.random() < MAKES_WORD:
            words = [o for o in others if o in self._behind[before] or o in self._before[behind]]
            return self._weighted(words or list(others), others)
        return self._weighted(list(others), others)

    def _other_letters(self, kind: str, text: str, place: int) -> Sequence[str]:
        char, before, behind = text[place], text[place - 1 : place], text[place + 1 : place + 2]
        if kind == "word_letter":
            return [other for other in (*self._before[behind], *self._behind[before]) if other != char]
        return self._common

    def _other_word(self, char: str, behind: str) -> str:
        words = self._words[self._readings[char], self._readings[behind]]
        words = [word for word in words if word[0] != char and word[1] != behind]
        weights = [frequencies()[word] ** FLATTENED for word in words]
        return self._draw.choices(words, weights)[0] if words else ""

    def _weighted(self, others: Sequence[str], likeness: Mapping[str, float] | None = None) -> str:
        if not others:
            return ""
        weights = [10 ** (FLATTENED * float(self._logs[ord(other)])) for other in others]
        if likeness is not None:
            weights = [one * likeness[other] for one, other in zip(weights, others, strict=True)]
        return self._draw.choices(others, weights)[0]


def _readiness(alike: Alike, char: str, others: Sequence[str]) -> list[float]:
    codes = np.array([ord(other) for other in others], np.int64)
    own = np.full(len(codes), ord(char))
    sounds = np.array([BY_SOUND[sound] for sound in Sound])[alike.sound(own, codes)]
    glyph, shared = alike.shape(own, codes)
    readiness: list[float] = (sounds * (1 + BY_COMPONENT * shared + BY_GLYPH * glyph)).tolist()
    return readiness
