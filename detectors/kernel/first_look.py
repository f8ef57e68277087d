"""First looks: cheap questions that spare a clean text the dear expression (docs/decisions/0005).

They are put to `Text.skeleton`, in which every run of characters that tell nothing is cut down to its first.
A question may therefore name a telling character anywhere, and one of the others only directly behind a
telling one; it begins with a fixed character, since an expression that begins with a set costs ten times more.

Here `re` compiles the expressions: for such short ones it is a third quicker than `regex`. It knows no
lookbehind of variable width.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from detectors.kernel.text import Text

FirstLook = Callable[[Text], bool]
"""Tells whether a text is worth a closer look; it may say yes in vain, never no."""


def anywhere(*expressions: str) -> FirstLook:
    """Ask whether one of the expressions matches; each begins with a character that stands for itself.

    Most often that character is not even there, which is known ten times sooner.
    """
    questions = [
        (_first_character(expression), re.compile(expression, re.ASCII).search) for expression in expressions
    ]

    def look(text: Text) -> bool:
        skeleton = text.skeleton
        # any() would cost as much as the questions.
        for char, search in questions:  # noqa: SIM110
            if char in skeleton and search(skeleton) is not None:
                return True
        return False

    return look


def _first_character(expression: str) -> str:
    r"""Give the character that an expression begins with; none, which is everywhere, where it begins with \A."""
    if expression.startswith(r"\A"):
        return ""
    if expression.startswith("\\"):
        return "\n" if expression[1] == "n" else expression[1]
    return expression[0]


def characters(wanted: str) -> FirstLook:
    """Ask whether one of a few telling characters is there."""
    if len(wanted) == 1:
        return lambda text: wanted in text.skeleton

    def look(text: Text) -> bool:
        skeleton = text.skeleton
        for char in wanted:  # noqa: SIM110
            if char in skeleton:
                return True
        return False

    return look


def either(first: FirstLook, second: FirstLook) -> FirstLook:
    """Ask two questions; one yes is enough."""
    return lambda text: first(text) or second(text)


def both(first: FirstLook, second: FirstLook) -> FirstLook:
    """Ask the cheaper question first, and the other only after a yes."""
    return lambda text: first(text) and second(text)
