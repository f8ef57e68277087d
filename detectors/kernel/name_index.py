"""Names looked up where a text has them, the longest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence


class NameIndex:
    """Names by their first two characters."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take names of at least two characters."""
        self.names = frozenset(names)
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self.names:
            lengths[name[:2]].add(len(name))
        self._lengths: Mapping[str, Sequence[int]] = {
            beginning: sorted(found, reverse=True) for beginning, found in lengths.items()
        }

    def at(self, text: str, start: int) -> str | None:
        """Give the longest name that begins at a place."""
        for length in self._lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            if name in self.names:
                return name
        return None
