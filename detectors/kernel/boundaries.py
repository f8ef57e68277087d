"""Word boundaries, looked at only around a hit.

Segmenting whole texts costs more than everything else together; a hit needs only its neighbourhood.
Without the hidden Markov model the segmenter joins nothing that its dictionary does not hold, so
that a misspelt word never hides inside an invented one.
"""

from __future__ import annotations

import rjieba

WINDOW = 10
"""Code points looked at on either side: longer than nearly every word of the dictionary."""


def is_whole_words(text: str, start: int, end: int) -> bool:
    """Tell whether a range begins and ends at word boundaries (“可以|经常” holds no word “以经”)."""
    first = max(0, start - WINDOW)
    edges = {start, end}
    position = first
    edges.discard(first)
    for word in rjieba.cut(text[first : end + WINDOW], False):
        position += len(word)
        edges.discard(position)
        if position >= end:
            break
    return not edges


def word_edges(text: str) -> set[int]:
    """Give the places at which a word of the text ends."""
    edges, position = set(), 0
    for word in rjieba.cut(text, False):
        position += len(word)
        edges.add(position)
    return edges


def seams(text: str) -> set[int]:
    """Give the places at which words meet, inside a word of the dictionary, too (改革开放 is 改革 and 开放)."""
    found, position = set(), 0
    for word in rjieba.cut(text, False):
        found |= {
            position + cut
            for cut in range(2, len(word) - 1)
            if rjieba.has_word(word[:cut]) and rjieba.has_word(word[cut:])
        }
        position += len(word)
        found.add(position)
    return found


def warm_up() -> None:
    """Load the dictionary now (0.1 seconds) instead of at the first hit."""
    rjieba.cut("词典", False)
