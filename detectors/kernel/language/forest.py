"""Boosted decision trees, all of them read at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees as arrays of one row a tree. A leaf is its own child, so that all trees may be walked in step."""

    columns: npt.NDArray[np.int16] = field(repr=False)
    """The number that a node asks for."""
    limits: npt.NDArray[np.float32] = field(repr=False)
    """Up to here the left child follows."""
    left: npt.NDArray[np.int16] = field(repr=False)
    right: npt.NDArray[np.int16] = field(repr=False)
    values: npt.NDArray[np.float32] = field(repr=False)
    """What a leaf adds."""
    depth: int

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the trees."""
        with np.load(path) as stored:
            return cls(
                stored["columns"],
                stored["limits"],
                stored["left"],
                stored["right"],
                stored["values"],
                int(stored["depth"]),
            )

    def score(self, rows: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        """Judge rows of evidence: the logarithm (to base e) of the odds that the change is right."""
        known = rows.astype(np.float32)
        trees = np.arange(len(self.columns))
        at = np.zeros((len(known), len(trees)), np.intp)
        cases = np.arange(len(known))[:, None]
        for _ in range(self.depth):
            goes_left = known[cases, self.columns[trees, at]] <= self.limits[trees, at]
            at = np.where(goes_left, self.left[trees, at], self.right[trees, at])
        total: npt.NDArray[np.float64] = self.values[trees, at].sum(axis=1, dtype=np.float64)
        return total
