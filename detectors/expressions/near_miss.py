"""Near misses of right forms: one character wrong, lost, added or two exchanged; more in long forms.

The right forms are those of lexicons/formulas and lexicons/ordered_sets and the names of lexicons/names.
Long forms are found by their pieces, short ones by the wrong variants that sound or look alike and by
their ends. A difference becomes a finding only if it is plausible as a slip; a lawful wording near a form is named in
the entry (`allow`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import ahocorasick

from detectors.kernel.alignment import edits
from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.candidates import Candidate, candidates_around
from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.division_names import COUNTY
from detectors.kernel.finding import Category, Finding, Severity, Source
from detectors.kernel.letters import Letters
from detectors.kernel.names import (
    BODIES,
    OTHER_WORDINGS,
    PHRASES,
    RIGHT,
    THINGS,
    NameLists,
    read_name_lists,
    words_in,
)
from detectors.kernel.ordered_sets import read_ordered_sets
from detectors.kernel.right_forms import SHORT, SHORTEST, Piece, RightForm, read_formulas, shared_ends
from detectors.kernel.seeds import Seed, SeedsOfPiece
from detectors.kernel.slip import Strength
from detectors.kernel.slips import strength_of
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text
from detectors.kernel.variants import variants

NAME_COLUMNS = {
    "institutions": (0, 1),
    "offices": (0,),
    BODIES: (0, 1),
    THINGS: (0,),
    "countries": (0, 1, 3),
    "nationalities": (0,),
    "divisions": (0,),
    "world_places": (0,),
    "idioms": (RIGHT,),
    "phrases": (RIGHT,),
}
"""The columns of each list that hold names or phrases."""
PLACES = frozenset({"countries", "nationalities", "divisions", "world_places"})
MADE_OF_COMMON_WORDS = frozenset({*PHRASES, THINGS})
"""Lists whose short names differ from lawful wordings by a letter."""
SHORTEST_NAME = 3
"""Letters. So short names are looked for only among offices, of which there are few."""
STATE = "中华人民共和国"
LAW = "法"
MARGIN = 20
"""Code points around a candidate in which a lawful wording may cover it."""


class NearMisses:
    """Finds what differs a little from a right form."""

    def __init__(self, forms: Sequence[RightForm], allowed: frozenset[str], characters: Characters) -> None:
        """Prepare pieces and variants of the forms."""
        self.rules = tuple({form.rule.code: form.rule for form in forms}.values())
        self.categories = frozenset({Category.EXPRESSION})
        self._characters = characters
        lawful = allowed | {form.letters for form in forms} | {form.form for form in forms}
        self._lawful = ahocorasick.Automaton()
        for wording in lawful:
            self._lawful.add_word(wording, len(wording))
        self._lawful.make_automaton()
        by_piece: dict[str, list[Seed]] = defaultdict(list)
        self._variants: dict[str, RightForm] = {}
        shared = shared_ends(forms)
        for form in forms:
            if form.is_short:
                every = variants(
                    form.letters, characters, near_sounds=not form.is_place, is_formula=form.is_formula
                )
                for variant in every:
                    self._variants.setdefault(variant, form)
                    if len(variant) == len(form.letters) != len(form.form):
                        self._variants.setdefault(form.with_marks(variant), form)
                if form.is_formula:
                    _add_seeds(by_piece, characters, form, form.ends())
            else:
                cuts = form.cuts(shared)
                _add_seeds(by_piece, characters, form, (*form.pieces(cuts), *form.seams(cuts)))
                if form.is_formula:
                    _add_seeds(by_piece, characters, form, form.remarked_pieces(cuts))
        self._seeds = {piece: SeedsOfPiece(seeds) for piece, seeds in by_piece.items()}
        for wording in lawful:
            self._variants.pop(wording, None)
        self._pieces_and_variants = self._seeds.keys() & self._variants.keys()

    @property
    def forms(self) -> set[str]:
        """Pieces and wrong variants."""
        return set(self._seeds) | set(self._variants)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Compare the neighbourhood of every piece with its form."""
        folded = text.folded
        for candidates in self._places(folded, hits):
            strengths = [(self._strength(one), one) for one in candidates]
            if any(strength is Strength.EXACT for strength, _ in strengths):
                continue
            plausible = [(strength, one) for strength, one in strengths if strength is not None]
            if not plausible:
                continue
            strength, best = min(plausible, key=_simplest_first)
            start, end = best.span()
            if self._is_lawful(folded, start, end):
                continue
            rule = best.form.rule
            if strength is Strength.WEAK:
                rule = rule.at_most(Severity.WARNING)
            yield Finding(rule, text.span(start, end), (best.corrected(),), inferred=True)

    def _places(self, folded: str, hits: Sequence[Hit]) -> Iterator[list[Candidate]]:
        """Give each place that may hold a form, with the ways in which it may."""
        for start, end, form in hits:
            seeds = self._seeds.get(form)
            if seeds is not None:
                for seed in seeds.fitting(folded, start, end):
                    yield list(candidates_around(seed, folded, start, end))
                # Hardly any piece is a variant, too; to ask all of those costs more than to ask these few.
                if form not in self._pieces_and_variants:
                    continue
            variant_of = self._variants.get(form)
            if variant_of is not None and is_whole_words(folded, start, end):
                letters = Letters.within(folded, start, end)
                found = edits(letters.word, variant_of.letters, 1)
                if found:
                    yield [Candidate(variant_of, letters, found)]

    def _strength(self, candidate: Candidate) -> Strength | None:
        if candidate.edits:
            return strength_of(candidate.form, candidate.edits, candidate.letters, self._characters)
        if not candidate.has_stray_mark():
            return Strength.EXACT
        # A word that runs on behind the form says that the mark parts two clauses (道路交通安全，法规).
        runs_on = candidate.form.is_name and not is_whole_words(
            candidate.letters.folded, *candidate.letters.span
        )
        return None if runs_on else Strength.WEAK

    def _is_lawful(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a right form or an allowed wording covers a place."""
        first = max(0, start - MARGIN)
        for last, length in self._lawful.iter(folded[first : end + MARGIN]):
            if first + last + 1 - length <= start and end <= first + last + 1:
                return True
        return False


def _simplest_first(judged: tuple[Strength, Candidate]) -> tuple[int, int, int]:
    strength, candidate = judged
    return len(candidate.edits), strength.value, -len(candidate.letters.places)


def _add_seeds(
    by_piece: Mapping[str, list[Seed]], characters: Characters, form: RightForm, pieces: Iterable[Piece]
) -> None:
    for piece in pieces:
        by_piece[piece.written].append(Seed(form, piece, characters))


def _load(lexicons: Path, sources: Mapping[str, Source]) -> NearMisses:
    formulas = read_formulas(lexicons / "formulas", sources, "FX")
    sets = read_ordered_sets(lexicons / "ordered_sets", sources, "FX")
    joined = [RightForm.of(one.rule, one.mark.join(one.members)) for one in sets]
    versions = {one.mark.join(version) for one in sets for version in one.versions}
    lists = read_name_lists(lexicons / "names", sources, "FX")
    named = [*_names(lists), *((form, SHORT) for form in _short_titles(lists))]
    others = {word for kind in PHRASES for word in lists.only(kind).column(OTHER_WORDINGS)}
    lawful = formulas.allowed | versions | others | {form.form for form, _ in named}
    judged = [form for form, shortest in named if len(form.letters) >= shortest]
    return NearMisses((*formulas.forms, *joined, *judged), lawful, characters_of(lexicons))


def _short_titles(lists: NameLists) -> Iterator[RightForm]:
    """Give the short names of laws, which stand without title marks (黄河保护法)."""
    laws = lists.only("laws")
    for row in laws.rows:
        title = row[0].removeprefix(STATE)
        if title != row[0] and title.endswith(LAW) and len(title) >= SHORT:
            yield RightForm.of(laws.rule, title, is_name=True)


def _names(lists: NameLists) -> Iterator[tuple[RightForm, int]]:
    """Give every name, with the fewest letters from which on its near misses are looked for."""
    for kind, columns in NAME_COLUMNS.items():
        for names in lists[kind]:
            for row in names.rows:
                for name in (name for column in columns for name in words_in(row, column)):
                    form = RightForm.of(
                        names.rule,
                        name,
                        is_name=kind not in PHRASES,
                        is_place=kind in PLACES,
                        is_common=kind in PHRASES,
                    )
                    yield form, _fewest_letters(kind, row)


def _fewest_letters(kind: str, row: tuple[str, ...]) -> int:
    """Give how many letters a name must have for its near misses to be looked for."""
    if kind in MADE_OF_COMMON_WORDS or (kind == "divisions" and row[1] == COUNTY):
        # Short names of counties are too many and too like one another. Idioms have a hundred
        # variants each: their usual slips are listed, and others the language model finds.
        return SHORT + 1
    return SHORTEST_NAME if kind == "offices" else SHORTEST


DETECTOR = FromLexicons(_load)
