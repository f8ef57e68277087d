"""How many rows are read, written or asked for at a stretch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
STRETCH = 500


def stretches(many: Sequence[T]) -> Iterator[Sequence[T]]:
    """Part what is too long for one statement."""
    for first in range(0, len(many), STRETCH):
        yield many[first : first + STRETCH]
