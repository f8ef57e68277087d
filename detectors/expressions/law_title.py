"""Titles of laws, regulations, books and plans between title marks, one slip away from the title as published.

Laws and regulations of the state are known by its name, too, where the marks have been left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import regex
from rapidfuzz.distance import Postfix, Prefix

from detectors.kernel.alignment import Change, edits
from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.context import line_before
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.letters import Letters
from detectors.kernel.names import DOCUMENTS, read_name_lists
from detectors.kernel.right_forms import RightForm
from detectors.kernel.slips import strength_of
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text, fold

KINDS = ("laws", DOCUMENTS)
"""The lists of titles."""
LENGTHENING = (Change.MISSING, Change.ADDED)
CLOSING = "》"
OF_ANOTHER_TITLE = ("暂行", "试行", "实施", "修正", "草案")
"""Words with which a title is another one."""
STATE, PARTY = "中华人民共和国", "中国共产党"
KINDS_OF_RULES = ("准则", "条例", "规定", "办法", "规则", "细则", "守则", "章程")
"""Of the party. None of its rules is known of which there are two that differ in nothing else; laws of the state gave way to others of another kind."""
LONGEST = 60
"""Code points of a title."""
NAME = regex.compile(r"[\u4e00-\u9fff、]{3,33}", regex.ASCII)
KIND_OF_LAW = regex.compile(r"(?<![执司立守违依])法|条例", regex.ASCII)
"""What stands behind the name of the state where title marks have been left out, and where the title may end."""
OPENING = ("《", "〈")
SHORTEST = 5
"""Letters. Shorter titles differ from one another by one character lawfully (民法, 刑法)."""
LONGEST_WORD, SHORTEST_SUBJECT = 2, 6
"""Letters: of a word that stands for another, and of what must stand behind the name of the state or the party. Of 492 laws and regulations
of the state 17 pairs differ by so little, 5 of them laws that took the place of others."""


class LawTitles:
    """Compares what stands between title marks with the titles it knows."""

    def __init__(self, titles: Mapping[Rule, Sequence[str]], characters: Characters) -> None:
        """Take the titles as published, by their rules; each is also known without the name of the state."""
        self.rules = tuple(titles)
        self.categories = frozenset({Category.EXPRESSION})
        self.forms = (CLOSING, STATE)
        self._characters = characters
        self._titles = {
            fold(name): rule
            for rule, published in titles.items()
            for title in published
            for name in (title, title.removeprefix(STATE))
        }
        self._by_piece: dict[str, list[tuple[int, int, RightForm]]] = defaultdict(list)
        """With the fewest letters that a slip of the form may have, and the most."""
        for title, rule in self._titles.items():
            if len(title) >= SHORTEST:
                form = RightForm.of(rule, title)
                for start, end in pairwise(form.cuts({})):
                    fewest, most = len(form.letters) - form.changes, len(form.letters) + form.changes
                    self._by_piece[form.letters[start:end]].append((fewest, most, form))
        known = [title for title in self._titles if len(title) >= SHORTEST]
        self._last_letters = {title[-1] for title in known}
        self._letters_before = {title[-2] for title in known}
        # By the first two letters, the lengths of the pieces that begin so.
        self._piece_lengths: dict[str, set[int]] = defaultdict(set)
        for written in self._by_piece:
            self._piece_lengths[written[:2]].add(len(written))

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at what stands before every closing mark, and behind the name of the state."""
        folded = text.folded
        # A page names the same law again and again; the marks around a title make each time alike.
        known: dict[str, tuple[Rule, RightForm] | None] = {}
        for hit in hits:
            is_bare = hit.form == STATE
            start, end = self._bare(folded, hit) if is_bare else _between_marks(folded, hit)
            title = folded[start:end]
            if len(title) < SHORTEST or title in self._titles:
                continue
            if title not in known:
                known[title] = self._meant(title)
            meant = known[title]
            if meant is not None:
                rule, form = meant
                rule = rule.at_most(Severity.WARNING) if is_bare else rule
                yield Finding(rule, text.span(start, end), (form.form,), inferred=True)

    def _bare(self, folded: str, hit: Hit) -> tuple[int, int]:
        """Give the range of the title without marks behind the name of the state; an empty one where a known title stands."""
        nothing = hit.start, hit.start
        if folded.endswith(OPENING, 0, hit.start) or not (run := NAME.match(folded, hit.end)):
            return nothing
        ends = [found.end() for found in KIND_OF_LAW.finditer(folded, hit.end + 2, run.end())]
        if any(folded[hit.start : end] in self._titles for end in ends):
            return nothing
        whole = (end for end in ends if is_whole_words(folded, hit.start, end))
        return hit.start, next(whole, hit.start)

    def _meant(self, title: str) -> tuple[Rule, RightForm] | None:
        """Give the form of the title that was meant, if this one is a slip of it, and the rule to tell it by."""
        # One slip leaves at least one of the last two letters; most titles are not those of laws.
        if title[-1] not in self._last_letters and title[-2] not in self._letters_before:
            return None
        letters = Letters.within(f"《{title}》", 1, len(title) + 1)
        word = letters.word
        near = self._near(word)
        # Quotation marks come and go.
        if any(form.letters == word for form in near):
            return None
        for form in near:
            found = edits(word, form.letters, form.changes)
            # Two letters more or less make another title.
            if not found or sum(edit.change in LENGTHENING for edit in found) > 1:
                continue
            if strength_of(form, found, letters, self._characters) is not None:
                return form.rule, form
        return self._meant_by_state(word, near)

    def _meant_by_state(self, word: str, near: Sequence[RightForm]) -> tuple[Rule, RightForm] | None:
        """Find the law that differs by one letter or word, however unlike: the state and the party have no other of nearly that name."""
        for author in (STATE, PARTY):
            known = [form for form in near if word.startswith(author) and form.letters.startswith(author)]
            is_long = len(word) >= len(author) + SHORTEST
            for form in known:
                if (is_long and _is_almost(word, form.letters, len(author))) or (
                    author == PARTY and _differ_in_kind(word, form.letters)
                ):
                    return form.rule.at_most(Severity.WARNING), form
        return None

    def _near(self, title: str) -> list[RightForm]:
        """List the known titles of nearly the same length that share a piece with the letters of this one."""
        near = {
            form.form: form
            for first in range(len(title) - 1)
            for length in self._piece_lengths.get(title[first : first + 2], ())
            for fewest, most, form in self._by_piece.get(title[first : first + length], ())
            if fewest <= len(title) <= most
        }
        return sorted(near.values(), key=lambda form: (abs(len(form.letters) - len(title)), form.form))


def _between_marks(folded: str, closing: Hit) -> tuple[int, int]:
    """Give the range of what stands between title marks; an empty one where none opens on the line."""
    end = closing.end - 1
    before = line_before(folded, end, LONGEST)
    opening = before.rfind("《")
    return (end, end) if opening < 0 else (end - len(before) + opening + 1, end)


def _is_almost(word: str, other: str, author: int) -> bool:
    """Tell whether two titles differ by one letter, or by one word behind the first of a longer subject."""
    before = Prefix.similarity(word, other)
    behind = Postfix.similarity(word[before:], other[before:])
    changed = sorted((one[before : len(one) - behind] for one in (word, other)), key=len)
    if changed[1] in OF_ANOTHER_TITLE:
        return False
    lengths = [len(one) for one in changed]
    if lengths == [1, 1]:
        return True
    # 法 and 条例 of one name are two.
    is_long = behind > 0 and min(len(word), len(other)) >= author + SHORTEST_SUBJECT
    return is_long and lengths[1] <= LONGEST_WORD and (lengths[0] == 0 or before >= author + LONGEST_WORD)


def _differ_in_kind(word: str, other: str) -> bool:
    """Tell whether two titles differ only in what kind of rules they are (《中国共产党问责规定》)."""
    return word[:-2] == other[:-2] and word[-2:] in KINDS_OF_RULES and other[-2:] in KINDS_OF_RULES


def _load(lexicons: Path, sources: Mapping[str, Source]) -> LawTitles:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    # Titles hold 、; they stand one a line, so a line is not parted.
    titles = {one.rule: [row[0] for row in one.rows] for kind in KINDS for one in lists[kind]}
    return LawTitles(titles, characters_of(lexicons))


DETECTOR = FromLexicons(_load)
