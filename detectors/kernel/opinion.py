"""What a second opinion on a typing error is; who gives it is up to the site."""

from __future__ import annotations

from typing import Protocol


class SecondOpinion(Protocol):
    """Whoever has something to say about a change of a text."""

    def gain(self, folded: str, start: int, end: int, right: str) -> float:
        """Say how much likelier the change is than what stands (logarithm to base e); 0 is no opinion."""
