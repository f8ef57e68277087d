"""A large dictionary that changes by a little at a time, and is never changed in place.

Copying a dictionary of 100,000 entries takes some milliseconds in which nobody else has the interpreter, and
freeing the old one as many again. So a few changes lie over a large base, until they are worth a copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, Self, TypeVar

K = TypeVar("K")
V = TypeVar("V")
MOST_CHANGES = 1000
"""So many may lie over the base."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlaid(Generic[K, V]):
    """A mapping that shares most of itself with what it was before."""

    _base: Mapping[K, V] = field(default_factory=dict)
    """Nobody changes it any more."""
    _changes: Mapping[K, V | None] = field(default_factory=dict)
    """None stands for what is gone."""

    def __len__(self) -> int:
        new = sum((value is not None) - (key in self._base) for key, value in self._changes.items())
        return len(self._base) + new

    def __iter__(self) -> Iterator[K]:
        changes = self._changes
        yield from (key for key in self._base if key not in changes)
        yield from (key for key, value in changes.items() if value is not None)

    def get(self, key: K) -> V | None:
        """Give what stands under a key, if anything does."""
        return self._changes[key] if key in self._changes else self._base.get(key)

    def changed(self, changes: Mapping[K, V | None]) -> Self:
        """Give a mapping in which these keys stand for these values; with None, for nothing."""
        overlaid = replace(self, _changes={**self._changes, **changes})
        if len(overlaid._changes) <= MOST_CHANGES:  # noqa: SLF001 its own kind
            return overlaid
        return type(self)({key: value for key in overlaid if (value := overlaid.get(key)) is not None})
