"""Words too young for any dictionary: what a list or the text itself vouches for is no slip.

Officials coin words by joining halves of common ones: 数智 from 数字 and 智能. A model that has read 数字 sixty
times as often takes the second half for a slip.
"""

from __future__ import annotations

from pathlib import Path

import rjieba

from detectors.kernel.language.evidence import FUNCTION_WORDS
from detectors.kernel.language.symbols import FIRST_HAN, LAST_HAN
from detectors.kernel.sources import LexiconError

LIST = "fresh_words.txt"
WORDS_OF_TRADES = "trade_words.txt"
"""Old enough for the dictionary, but too rare for the model (计提)."""
SHORTEST = 2
LEAST_NEIGHBOURS = 2
"""Different neighbours, on either side, of what a writer uses as a word."""


def read_fresh_words(lexicons: Path) -> frozenset[str]:
    """Read the list of words that no dictionary holds; see `_read`."""
    return _read(lexicons / LIST)


def read_trade_words(lexicons: Path) -> frozenset[str]:
    """Read the list of words of trades and of histories; see `_read`."""
    return _read(lexicons / WORDS_OF_TRADES)


def _read(path: Path) -> frozenset[str]:
    """Read one word a line, and behind a tab where it is found.

    Raises:
        LexiconError: a line lacks its source, or its word is too short to mean anything.
    """
    words = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        word, _, source = line.partition("\t")
        if len(word) < SHORTEST or not source.strip():
            raise LexiconError(f"{path.name} 第 {number} 行：应是至少两个字的词、一个制表符、见于何处")
        words.add(word)
    return frozenset(words)


def is_used_as_word(folded: str, place: int) -> bool:
    """Tell whether a text uses a character, with one of its neighbours, as a word that no dictionary knows.

    What stands in different company every time is a unit of its own (accessor variety: Feng et al., “Accessor
    variety criteria for Chinese word extraction”, 2004); a slip repeats the company of the word it spoils.
    """
    return any(
        _is_unknown_word(folded[first : first + 2])
        and _has_changing_company(folded, folded[first : first + 2])
        for first in (place - 1, place)
        if first >= 0
    )


def _is_unknown_word(pair: str) -> bool:
    return (
        len(pair) == 2
        and all(FIRST_HAN <= ord(letter) <= LAST_HAN and letter not in FUNCTION_WORDS for letter in pair)
        and not rjieba.has_word(pair)
    )


def _has_changing_company(folded: str, pair: str) -> bool:
    before, behind = set[str](), set[str]()
    at = folded.find(pair)
    while at >= 0:
        before.add(folded[max(0, at - 1) : at])
        behind.add(folded[at + 2 : at + 3])
        if min(len(before), len(behind)) >= LEAST_NEIGHBOURS:
            return True
        at = folded.find(pair, at + 1)
    return False
