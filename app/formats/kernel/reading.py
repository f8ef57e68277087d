"""The one interface of all formats: a file goes in, a text with the way back comes out.

A `Format` reads one text. A `Container` holds further files: an archive its members, an old document what it was converted to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Protocol

from app.formats.kernel.limits import Allowance, Limits
from app.places import Place
from detectors.kernel.finding import Category, Span
from detectors.kernel.text import Link


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read."""

    limits: Limits = field(default_factory=Limits)
    main_text: bool = False
    """Of a page, the main text alone; else all that is visible."""
    pictures: bool = True
    """Whether pictures in a folder or an archive are read, too; a site is full of them."""


@dataclass(frozen=True, slots=True)
class File:
    """A file before it is read."""

    name: str
    """As shown: the path; within an archive that of the archive before it."""
    content: bytes = field(repr=False)
    suffix: str
    """What kind of file it is, which may differ from the end of its name: `.docx`."""
    allowance: Allowance = field(repr=False)
    depth: int = 0
    """How many archives it lies in."""

    def member(self, name: str, content: bytes) -> File:
        """Name a file that lies in this one."""
        return replace(
            self,
            name=f"{self.name}/{name}",
            content=content,
            suffix=PurePath(name).suffix.lower(),
            depth=self.depth + 1,
        )

    def converted(self, content: bytes, suffix: str) -> File:
        """Keep the name, with another content."""
        return replace(self, content=content, suffix=suffix)


class WayBack(Protocol):
    """Leads a span of a text to its place in the file."""

    def place(self, span: Span) -> Place:
        """Find where a span begins, and as far as the format knows, where it ends."""


@dataclass(frozen=True)
class Reading:
    """What was read of a file."""

    name: str
    text: str = field(repr=False)
    way_back: WayBack = field(repr=False)
    links: tuple[Link, ...] = field(repr=False, default=())
    unreliable: frozenset[Category] = frozenset()
    """Categories of which this text proves nothing: what was recognised in a picture has no reliable marks."""
    notes: tuple[str, ...] = ()
    """What was not read, in Chinese."""

    def place(self, span: Span) -> Place:
        """Find the place of a span of the text."""
        return self.way_back.place(span)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read."""

    name: str
    reason: str
    """Chinese; quotes nothing of the file."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that holds one text."""

    suffixes: frozenset[str]
    read: Callable[[File, Options], Reading]
    """Raises UnreadableError."""
    isolated: bool = False
    """Read in a process of its own: a library of machine code may end it, or not come back."""
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file that holds further files."""

    suffixes: frozenset[str]
    members: Callable[[File, Options], Iterator[File | Failure]]
    """Raises UnreadableError; members are made one by one, so that no archive lies unpacked in memory."""
    picture: bool = False
