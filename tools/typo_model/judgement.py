"""Learns, from slips that were put in and from sound text, which changes are right.

It learns from two readers: one that knows the kind of text it reads, though not the text, and a stranger, who has read
nothing of the kind. Drafts are of both kinds, and the second one teaches what a word is worth where the n-grams know
little (docs/decisions/0045).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.corrector import COLUMNS, Corrector, Judges
from detectors.kernel.language.evidence import Evidence
from detectors.kernel.language.forest import Forest
from detectors.kernel.language.symbols import Codes, Symbols
from detectors.kernel.text import fold
from tools.typo_model.made_errors import Breaker, MadeError

LENGTH = 120
"""Code points of a stretch of text."""
SHORTEST = 15
BATCH = 2000
BREAKINGS = 4
"""Times that every stretch is broken anew."""
SOUND_WEIGHT = 8.0
"""Weight of a change of sound text against one of broken text: in drafts slips are rare."""
SEED = 7
COMMON = {
    "objective": "binary",
    "min_data_in_leaf": 60,
    "feature_fraction": 0.7,
    "feature_fraction_seed": SEED,
    "lambda_l2": 10.0,
    "num_threads": 1,
    "deterministic": True,
    "seed": SEED,
    "verbose": -1,
}
SIEVE = {**COMMON, "num_leaves": 16, "max_depth": 5, "learning_rate": 0.2}
SIEVE_TREES = 40
FOREST = {**COMMON, "num_leaves": 24, "max_depth": 7, "learning_rate": 0.06}
TREES = 300
RISING = (
    "gain", "fit_gain", "fit_new", "words_saved", "path_gain", "sound", "glyph", "shared", "new_orders",
    "margin", "behind_best", "dictionary_word",
)  # fmt: skip
FALLING = ("fit_old",)
"""More of these never speaks against a change (for it): trees that may not turn this round carry over
better to texts of other kinds."""

Rows = npt.NDArray[np.float32]
Labels = npt.NDArray[np.bool_]
Broken = tuple[str, list[MadeError]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A model, and sound texts that it has not read."""

    make: Callable[[Judges], Corrector] = field(repr=False)
    """Builds its corrector with the judges it is given."""
    paragraphs: Sequence[str] = field(repr=False)
    weight: float = 1.0
    """Of what is learned from it."""


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What one reader reads: each stretch as it is, and broken."""

    reader: Reader
    sound: Sequence[Broken] = field(repr=False)
    broken: Sequence[Sequence[Broken]] = field(repr=False)

    @classmethod
    def of(cls, reader: Reader, breaker: Breaker) -> _Lesson:
        stretches = [
            fold(paragraph[at : at + LENGTH])
            for paragraph in reader.paragraphs
            for at in range(0, len(paragraph), LENGTH)
        ]
        stretches = [stretch for stretch in stretches if len(stretch) >= SHORTEST]
        broken = [[breaker.broken(stretch) for stretch in stretches] for _ in range(BREAKINGS)]
        return cls(reader, [(stretch, []) for stretch in stretches], broken)

    def examples(self, sieve: Forest | None, breakings: int) -> _Examples:
        """List the changes that the reader thinks of: with a sieve those that pass it, with all that is known of them."""
        corrector = self.reader.make(Judges(sieve, None))
        ask = corrector.evidence if sieve else corrector.weighed
        parts = [_examples(ask, texts) for texts in (self.sound, *self.broken[:breakings])]
        rows = np.concatenate([rows for rows, _, _ in parts])
        # Sound text is read once for every breaking.
        weights = np.where(np.arange(len(rows)) < len(parts[0][0]), SOUND_WEIGHT * breakings / 2, 1.0)
        right = np.concatenate([labels for _, labels, _ in parts])
        return _Examples(rows, right, weights * self.reader.weight, sum(made for _, _, made in parts))


@dataclass(frozen=True, slots=True, eq=False)
class _Examples:
    """Changes, and which of them are right."""

    rows: Rows = field(repr=False)
    right: Labels = field(repr=False)
    weights: npt.NDArray[np.float64] = field(repr=False)
    made: int
    """Slips that were put in."""


def learn(readers: Iterable[Reader], breaker: Breaker, folder: Path) -> str:
    """Fit both forests and write them; give a line about the examples.

    Args:
        readers: who reads what.
        breaker: puts slips into texts.
        folder: where the forests go.
    """
    lessons = [_Lesson.of(reader, breaker) for reader in readers]
    _fit([lesson.examples(None, 1) for lesson in lessons], (SIEVE, SIEVE_TREES), folder / "sieve.npz")
    sieve = Forest.load(folder / "sieve.npz")
    line = _fit(
        [lesson.examples(sieve, BREAKINGS) for lesson in lessons], (FOREST, TREES), folder / "forest.npz"
    )
    return f"{sum(len(lesson.sound) for lesson in lessons)} stretches, {line}"


def _fit(examples: Sequence[_Examples], how: tuple[dict[str, object], int], to: Path) -> str:
    import lightgbm

    rows = np.concatenate([one.rows for one in examples])
    right = np.concatenate([one.right for one in examples])
    weights = np.concatenate([one.weights for one in examples])
    settings, trees = how
    directions = [(name in RISING) - (name in FALLING) for name in COLUMNS[: rows.shape[1]]]
    settings = {**settings, "monotone_constraints": directions}
    model = lightgbm.train(settings, lightgbm.Dataset(rows, right, weight=weights), trees)
    _write(model.dump_model(), to)
    made = sum(one.made for one in examples)
    return f"{made} made errors, {int(right.sum())} of them proposed, {len(rows)} examples"


def _examples(ask: Callable[[Codes], Evidence], texts: Sequence[Broken]) -> tuple[Rows, Labels, int]:
    rows, labels, made = [], [], 0
    for first in range(0, len(texts), BATCH):
        batch = texts[first : first + BATCH]
        place, right = 0, dict[int, str]()
        for text, errors in batch:
            right |= {place + error.place: error.right for error in errors}
            place += len(text) + 1
        made += len(right)
        symbols = Symbols.of("\n".join(text for text, _ in batch))
        found = ask(symbols.codes)
        rows.append(found.rows.astype(np.float32))
        labels.append(_is_right(found, symbols, right))
    return np.concatenate(rows), np.concatenate(labels), made


def _is_right(found: Evidence, symbols: Symbols, right: dict[int, str]) -> Labels:
    places = symbols.places[found.proposals.places].tolist()
    return np.array(
        [right.get(place) == found.proposals.written(number) for number, place in enumerate(places)], np.bool_
    )


def _write(model: dict[str, object], to: Path) -> None:
    """Write trees as arrays in which a leaf is its own child."""
    trees = [_Tree(info["tree_structure"]) for info in model["tree_info"]]  # type: ignore[attr-defined]
    size = max(len(tree.columns) for tree in trees)
    stored = {
        name: np.array([_filled(getattr(tree, name), size) for tree in trees], kind)
        for name, kind in (
            ("columns", np.int16),
            ("limits", np.float32),
            ("left", np.int16),
            ("right", np.int16),
            ("values", np.float32),
        )
    }
    np.savez_compressed(to, depth=max(tree.depth for tree in trees), **stored)  # type: ignore[arg-type]


def _filled(column: list[float], size: int) -> list[float]:
    return column + [0] * (size - len(column))


class _Tree:
    """One tree, its nodes numbered from the root."""

    def __init__(self, root: dict[str, object]) -> None:
        self.columns: list[float] = []
        self.limits: list[float] = []
        self.left: list[float] = []
        self.right: list[float] = []
        self.values: list[float] = []
        self.depth = 0
        self._add(root, 0)

    def _add(self, node: dict[str, object], depth: int) -> int:
        self.depth = max(self.depth, depth)
        number = len(self.columns)
        is_leaf = "leaf_value" in node
        self.columns.append(0 if is_leaf else node["split_feature"])  # type: ignore[arg-type]
        self.limits.append(0.0 if is_leaf else node["threshold"])  # type: ignore[arg-type]
        self.values.append(node["leaf_value"] if is_leaf else 0.0)  # type: ignore[arg-type]
        self.left.append(number)
        self.right.append(number)
        if not is_leaf:
            self.left[number] = self._add(node["left_child"], depth + 1)  # type: ignore[arg-type]
            self.right[number] = self._add(node["right_child"], depth + 1)  # type: ignore[arg-type]
        return number
