"""Compiled modules: the same findings as of their sources, and never of other ones."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from detectors.kernel import compiled, seeds
from detectors.kernel.confusion import characters_of
from detectors.kernel.right_forms import SOFT_MARKS, read_formulas
from detectors.kernel.sources import LEXICONS, load_sources

SOURCE = Path(compiled.__file__).with_name("seeds.py")
FORMS = 400
IS_COMPILED = Path(str(seeds.__file__)).suffix == ".so"
needs_a_compiler = pytest.mark.skipif(
    not IS_COMPILED and "CI" not in os.environ, reason="seeds.py is not compiled here: pip install -e ."
)


def source() -> ModuleType:
    """Load the source in spite of what was compiled of it."""
    spec = importlib.util.spec_from_file_location("seeds_from_source", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


source_seeds = source()


@needs_a_compiler
def test_the_compiled_module_is_the_one_in_use() -> None:
    assert IS_COMPILED


@needs_a_compiler
def test_compiled_or_not_the_same_forms_may_stand_at_the_same_places() -> None:
    draw = random.Random(5)
    characters = characters_of(LEXICONS)
    forms = read_formulas(LEXICONS / "formulas", load_sources(LEXICONS), "FX").forms
    alphabet = [*SOFT_MARKS, *"。的和国人民党年一"]
    looked = told = 0
    for form in draw.sample([form for form in forms if not form.is_short], FORMS):
        pieces = [*form.pieces(form.cuts({})), *form.seams(form.cuts({}))]
        for piece in pieces:
            one = seeds.SeedsOfPiece([seeds.Seed(form, piece, characters)])
            other = source_seeds.SeedsOfPiece([source_seeds.Seed(form, piece, characters)])
            for _ in range(12):
                text = broken(form.form, alphabet, draw)
                start = text.find(piece.written)
                if start >= 0:
                    place = text, start, start + len(piece.written)
                    assert len(one.fitting(*place)) == len(other.fitting(*place)), (form.form, text)
                    looked += 1
                    told += len(one.fitting(*place))
    assert looked > 5_000
    assert looked / 10 < told < looked


def broken(form: str, alphabet: list[str], draw: random.Random) -> str:
    """Put a form with up to three changes into a text, at its very ends now and then."""
    letters = list(form)
    for _ in range(draw.randrange(4)):
        place = draw.randrange(len(letters))
        letters[place : place + draw.randrange(3)] = draw.choices(alphabet, k=draw.randrange(2))
        letters = letters or ["国"]
    around = ["".join(draw.choices(alphabet, k=draw.randrange(6))) for _ in range(2)]
    return around[0] + "".join(letters) + around[1]


def test_the_marks_that_are_spelt_out_for_the_compiler_are_the_soft_marks() -> None:
    every = map(chr, (*range(0x3000), *range(0x3000, 0xD800), *range(0xE000, 0x11000)))

    assert {char for char in every if vars(source_seeds)["_is_mark"](char)} == SOFT_MARKS


def test_a_module_of_another_source_is_refused_and_the_message_says_what_to_do(tmp_path: Path) -> None:
    for suffix in (".py", ".pxd"):
        shutil.copy(SOURCE.with_suffix(suffix), tmp_path)
    digest = compiled.digest_of(tmp_path / "seeds.py")
    with (tmp_path / "seeds.pxd").open("a", encoding="utf-8") as types:
        types.write("# changed\n")

    assert digest == compiled.digest_of(SOURCE)
    assert digest != compiled.digest_of(tmp_path / "seeds.py")
    compiled.refuse_if_changed("seeds.py", digest)
    with pytest.raises(ImportError, match="重新编译"):
        compiled.refuse_if_changed("seeds.py", "0" * 64)
