"""The wrong variants of a short form that a slip of ear, eye or finger makes."""

from __future__ import annotations

from collections.abc import Iterator

import rjieba

from detectors.kernel.confusion import Characters, Likeness

SHORTEST_WITH_LOSS = 5
"""Letters. What is left of a shorter name or phrase is another one more often than a slip; not so of a formula."""


def variants(
    letters: str, characters: Characters, *, near_sounds: bool = True, is_formula: bool = False
) -> Iterator[str]:
    """List the variants that are no words by themselves.

    Args:
        letters: the right form.
        characters: what sounds and looks alike.
        near_sounds: whether near sounds count too; for names, of which there are thousands, they do not.
        is_formula: whether letters lost are listed of the shortest, too.
    """
    with_loss = is_formula or len(letters) >= SHORTEST_WITH_LOSS
    for variant in _all(letters, characters, near_sounds=near_sounds, with_loss=with_loss):
        if variant != letters and not rjieba.has_word(variant):
            yield variant


def _all(letters: str, characters: Characters, *, near_sounds: bool, with_loss: bool) -> Iterator[str]:
    for place, char in enumerate(letters):
        head, tail = letters[:place], letters[place + 1 :]
        for other in characters.confusable_with(char):
            if near_sounds or characters.likeness(other, char) is not Likeness.NEAR_SOUND:
                yield head + other + tail
        yield head + char + char + tail
        if head and tail and with_loss:
            yield head + tail
        if tail:
            yield head + tail[0] + char + tail[1:]
