"""Boosted decision trees, all of them read at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """The nodes of all trees in one row. A leaf is its own child, so that all trees may be walked in step."""

    roots: npt.NDArray[np.intp] = field(repr=False)
    columns: npt.NDArray[np.intp] = field(repr=False)
    """The number that a node asks for."""
    limits: npt.NDArray[np.float32] = field(repr=False)
    """Up to here the left child follows."""
    children: npt.NDArray[np.intp] = field(repr=False)
    """Of node n, the right child at 2 n and the left one at 2 n + 1."""
    values: npt.NDArray[np.float32] = field(repr=False)
    """What a leaf adds."""
    depth: int

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the trees."""
        with np.load(path) as stored:
            trees, nodes = stored["columns"].shape
            roots = np.arange(trees) * nodes
            children = np.stack((stored["right"], stored["left"]), axis=2) + roots[:, None, None]
            return cls(
                roots,
                stored["columns"].ravel().astype(np.intp),
                stored["limits"].ravel(),
                children.ravel().astype(np.intp),
                stored["values"].ravel(),
                int(stored["depth"]),
            )

    def score(self, rows: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        """Judge rows of evidence: the logarithm (to base e) of the odds that the change is right."""
        known = rows.astype(np.float32)
        cases = np.arange(len(known)) * known.shape[1]
        numbers = known.ravel()
        # One row a tree: what is read one after another lies side by side.
        at = np.repeat(self.roots[:, None], len(known), axis=1)
        for _ in range(self.depth):
            goes_left = numbers.take(cases + self.columns.take(at)) <= self.limits.take(at)
            at = self.children.take(2 * at + goes_left)
        total: npt.NDArray[np.float64] = self.values.take(at).sum(axis=0, dtype=np.float64)
        return total
