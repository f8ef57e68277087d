"""No repr shows what a draft says: a traceback, a log line or a debugger may write any of them down."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import app
import detectors

HOLDING_TEXT = frozenset(
    {
        *("text", "_texts", "folded", "original", "written", "html", "word", "shown", "whole", "kept_text"),
        *("excerpt", "message", "replacements", "content", "body", "payload"),
    }
)
"""Names of fields that hold text of a draft, or what is made of it."""
NO_DRAFT = {
    "app.gate.token.Bound.text": "a hash",
    "app.site.entry.SiteEntry.text": "words of the site's lexicon",
    "app.webhooks.event.Event.message": "the number of a message",
    "app.webhooks.event.Delivery.message": "the number of a message",
    "detectors.kernel.right_forms.Piece.written": "a piece of a right form",
}
"""Fields of such a name that hold something else."""
NOT_IMPORTED = ("app.cluster", "app.store.migrations.versions")
"""They want what need not be installed, and a database."""
DRAFT = "某单位的文稿"


def modules() -> Iterator[Any]:
    for package in (app, detectors):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(NOT_IMPORTED):
                yield importlib.import_module(found.name)


def fields_of(kind: type) -> dict[str, str]:
    """Give the fields of a dataclass or a named tuple with their kinds, as they are written."""
    if dataclasses.is_dataclass(kind):
        return {field.name: str(field.type) for field in dataclasses.fields(kind)}
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return {name: str(kind.__annotations__[name]) for name in kind._fields}
    return {}


def holding_text() -> Iterator[tuple[type, str]]:
    for module in modules():
        for kind in vars(module).values():
            if inspect.isclass(kind) and kind.__module__ == module.__name__:
                for name, written in fields_of(kind).items():
                    if name in HOLDING_TEXT and "str" in written:
                        yield kind, name


def filled(kind: type, name: str) -> object:
    """Make a value with a draft in one field and nothing in the others."""
    values = {other: DRAFT if other == name else None for other in fields_of(kind)}
    if issubclass(kind, tuple):
        return kind(**values)
    value = object.__new__(kind)
    for other, content in values.items():
        object.__setattr__(value, other, content)
    return value


FOUND = {f"{kind.__module__}.{kind.__qualname__}.{name}": (kind, name) for kind, name in holding_text()}


@pytest.mark.parametrize("place", sorted(FOUND.keys() - NO_DRAFT.keys()))
def test_no_repr_shows_what_a_draft_says(place: str) -> None:
    kind, name = FOUND[place]

    assert DRAFT not in repr(filled(kind, name))


def test_whatever_is_excepted_is_there() -> None:
    assert NO_DRAFT.keys() <= FOUND.keys()
