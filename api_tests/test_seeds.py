"""Seeds: the quick looks rule out nothing that the full comparison would find."""

from __future__ import annotations

import random
from collections import defaultdict

from rapidfuzz.distance import Levenshtein

from detectors.kernel.alignment import Change, Edit, edits
from detectors.kernel.candidates import candidates_around
from detectors.kernel.confusion import characters_of
from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.letters import Letters
from detectors.kernel.names import read_name_lists
from detectors.kernel.right_forms import RightForm, letters_of, read_formulas, without_marks
from detectors.kernel.seeds import Seed, SeedsOfPiece
from detectors.kernel.slips import strength_of
from detectors.kernel.sources import LEXICONS, load_sources

RULE = Rule(
    "FX9001",
    "试用",
    Category.EXPRESSION,
    Severity.ERROR,
    "试用。",
    Source("试用", "试用", "2026"),
    ("x",),
    ("x",),
)
CHARACTERS = characters_of(LEXICONS)
LETTERS = "甲乙丙丁戊己"
"""So few that forms share pieces, beginnings and ends, and letters stand twice."""
MARKS = ("", "", "", "", "、", "”“")
KINDS = {"replace": Change.SUBSTITUTED, "insert": Change.MISSING, "delete": Change.ADDED}


def seeds_of(forms: list[str]) -> dict[str, list[Seed]]:
    by_piece: dict[str, list[Seed]] = defaultdict(list)
    for form in (RightForm.of(RULE, form) for form in forms):
        if form.is_short:
            pieces = [*form.ends()]
        else:
            cuts = form.cuts({})
            pieces = [*form.pieces(cuts), *form.seams(cuts), *form.remarked_pieces(cuts)]
        for piece in pieces:
            by_piece[piece.written].append(Seed(form, piece, CHARACTERS))
    return by_piece


def a_form(draw: random.Random) -> str:
    """Make a form of four letters or more, with a mark now and then."""
    letters = draw.choices(LETTERS, k=draw.randrange(4, 14))
    return letters[0] + "".join(draw.choice(MARKS) + letter for letter in letters[1:])


def with_a_slip(form: str, draw: random.Random) -> str:
    place, other = draw.randrange(len(form)), draw.choice(LETTERS + "，")
    head, tail = form[:place], form[place + 1 :]
    return draw.choice(
        [
            head + other + tail,
            head + tail,
            head + other + form[place:],
            head + tail[:1] + form[place] + tail[1:],
        ]
    )


def test_the_first_look_lets_through_every_form_with_one_slip() -> None:
    draw = random.Random(1)
    compared = 0
    for _ in range(60):
        forms = [a_form(draw) for _ in range(8)]
        by_piece = seeds_of(list(dict.fromkeys(forms)))
        for form in forms:
            text = "".join(draw.choices(LETTERS + "。", k=3)) + with_a_slip(form, draw) + "戊，己"
            for piece, seeds in by_piece.items():
                start = text.find(piece)
                if start >= 0:
                    end = start + len(piece)
                    near = [seed for seed in seeds if is_near(seed, text, start, end)]
                    fitting = SeedsOfPiece(seeds).fitting(text, start, end)
                    assert [seed for seed in fitting if seed in near] == near
                    compared += len(near)
    assert compared > 400


def is_near(seed: Seed, text: str, start: int, end: int) -> bool:
    """Tell whether the full comparison finds the form with one slip, and not the form itself."""
    found = [candidate.edits for candidate in candidates_around(seed, text, start, end)]
    letters, form = letters_of(text), seed.form.letters
    has_end_twice = form[0] + form in letters or form + form[-1] in letters
    stands = not all(found) or (form in letters and not has_end_twice)
    return not stands and any(
        is_one_slip(changes, form) and not is_at_an_end(changes, form) for changes in found
    )


def is_one_slip(changes: tuple[Edit, ...], form: str) -> bool:
    """Tell whether there is one change, of one letter or of two neighbours."""
    if len(changes) != 1:
        return False
    (edit,) = changes
    return edit.change is not Change.SWAPPED or form.startswith(edit.right, edit.form_place)


def is_at_an_end(changes: tuple[Edit, ...], form: str) -> bool:
    """Tell whether the end of a form is lost, or has become a letter that it is not like."""
    (edit,) = changes
    if edit.form_place not in {0, len(form) - 1} or edit.change in {Change.ADDED, Change.SWAPPED}:
        return False
    return edit.change is Change.MISSING or CHARACTERS.likeness(edit.written, edit.right) is None


def test_what_the_first_look_leaves_out_at_an_end_is_no_slip_of_any_form() -> None:
    draw = random.Random(3)
    lists = read_name_lists(LEXICONS / "names", load_sources(LEXICONS), "FX")
    names = [
        (row[0], kind) for kind in ("institutions", "divisions", "idioms") for row in lists.only(kind).rows
    ]
    forms = [RightForm.of(RULE, name, is_name=True, is_place=kind == "divisions") for name, kind in names]
    forms += read_formulas(LEXICONS / "formulas", load_sources(LEXICONS), "FX").forms
    others = list(CHARACTERS)
    judged = 0
    for form in draw.sample([form for form in forms if len(form.letters) > 3], 1_500):
        for place in (0, len(form.letters) - 1):
            right, other = form.letters[place], draw.choice(others)
            if other in CHARACTERS.all_alike(right) or other == right:
                continue
            for change, written in ((Change.SUBSTITUTED, other), (Change.MISSING, "")):
                word = form.letters[:place] + written + form.letters[place + 1 :]
                letters = Letters.within(f"，{word}。", 1, len(word) + 1)
                edit = Edit(change, place, place, written, right)
                assert strength_of(form, (edit,), letters, CHARACTERS) is None, (form.form, word)
                judged += 1
    assert judged > 5_000


def test_letters_that_are_like_another_are_all_listed() -> None:
    draw = random.Random(4)
    characters = list(CHARACTERS)
    for char in draw.sample(characters, 60):
        listed = CHARACTERS.all_alike(char)
        like = {other for other in characters if other != char and CHARACTERS.likeness(char, other)}
        assert like <= set(listed)


def test_one_change_is_placed_where_the_full_alignment_places_it() -> None:
    draw = random.Random(2)
    for _ in range(3_000):
        form = "".join(draw.choices("甲乙丙", k=draw.randrange(1, 8)))
        written = with_a_slip(form, draw)
        operations = list(Levenshtein.editops(written, form))
        if len(operations) == 1:
            (edit,) = edits(written, form, 1) or ()
            (operation,) = operations
            assert (edit.change, edit.text_place, edit.form_place) == (
                KINDS[operation.tag],
                operation.src_pos,
                operation.dest_pos,
            )


def test_strings_of_very_different_length_are_no_slips_of_one_another() -> None:
    assert edits("甲", "甲乙丙丁戊", 1) is None
    assert edits("甲乙丙", "甲乙", 0) is None
    assert edits("甲乙", "甲乙", 0) == ()


def test_text_is_stripped_of_marks_as_forms_are() -> None:
    text = "增强“四个意识”、坚定 自信—落实"

    assert without_marks(text) == letters_of(text) == "增强四个意识坚定自信落实"
