"""The search for many forms: either library finds the same."""

from __future__ import annotations

import os
import platform
import random
import sys
from collections.abc import Callable

import pytest

from detectors.kernel.automaton import IS_QUICK, Search, portable_search_for, quick_search_for

HAS_WHEELS = platform.machine() == "x86_64" and sys.platform == "linux"
needs_daachorse = pytest.mark.skipif(
    not IS_QUICK and not (HAS_WHEELS and "CI" in os.environ),
    reason="daachorse has no wheels for this platform",
)


@needs_daachorse
def test_either_library_finds_the_same_in_the_same_order() -> None:
    draw = random.Random(1)
    for _ in range(50):
        letters = "甲乙丙é𠀀a，"
        forms = sorted({"".join(draw.choices(letters, k=draw.randrange(1, 6))) for _ in range(60)})
        text = "".join(draw.choices(letters + "戊", k=400))

        found = list(quick_search_for(forms)(text))

        assert found == list(portable_search_for(forms)(text))
        assert sorted(found) == sorted(occurrences(forms, text))
        assert found == sorted(found, key=lambda match: (match[1], match[0]))


def occurrences(forms: list[str], text: str) -> list[tuple[int, int, int]]:
    return [
        (start, start + len(form), number)
        for number, form in enumerate(forms)
        for start in range(len(text))
        if text.startswith(form, start)
    ]


@pytest.mark.parametrize(
    "search_for", [portable_search_for, pytest.param(quick_search_for, marks=needs_daachorse)]
)
def test_either_library_refuses_half_a_surrogate_pair_and_bears_an_empty_list(
    search_for: Callable[[list[str]], Search],
) -> None:
    search = search_for([])

    assert list(search("甲乙")) == []
    with pytest.raises(UnicodeEncodeError):
        search_for(["甲"])("甲\ud800")
