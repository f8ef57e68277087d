"""The files of a folder, all that can be read or those that fit a pattern; as they lie, folder by folder, in name order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from app.archive.document import Document
from app.archive.left_out import LeftOut, Reason
from app.archive.rows import SourceError
from app.archive.storage import folder, is_remote
from app.files import is_picture, is_wanted
from app.formats.kernel.reading import Options
from detectors.kernel.system_errors import reason_of

WILDCARDS = frozenset("*?[")
ANY_DEPTH = "**"
OFFICE_LOCK = "~$"
"""Begins the names of what Word, Excel and WPS lay beside a file that is open: who has opened it, and nothing of it."""
NO_UTF8 = "文件名不是 UTF-8"
Parts = tuple[str, ...]
"""A path below the folder."""


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder here or elsewhere."""

    root: str
    pattern: Parts
    """Of the paths below it; empty for all."""
    options: Options

    @classmethod
    def of(cls, source: str, options: Options) -> FolderSource:
        """Take a folder, or a pattern such as `site/**/*.html`."""
        head, *rest = source.rstrip("/").split("/") if source.rstrip("/") else [""]
        fixed = [head]
        while rest and WILDCARDS.isdisjoint(rest[0]):
            fixed.append(rest.pop(0))
        if not WILDCARDS.isdisjoint(head):
            fixed, rest = ["."], [head, *rest]
        return cls("/".join(fixed) or "/", tuple(rest), options)

    def documents(
        self, after: Document | None = None, left_out: Counter[LeftOut] | None = None
    ) -> Iterator[Document]:
        """List the files, from the first one or from that which follows a listed one."""
        last = () if after is None else PurePosixPath(after.name).parts
        number = 0 if after is None else after.number
        below = partial(_below_elsewhere if is_remote(self.root) else _below, self.root)
        for parts, reason in _walked(below, (), last):
            if not self._fits(parts):
                continue
            suffix = PurePosixPath(parts[-1]).suffix
            if reason := reason or self._against(parts[-1], suffix):
                if left_out is not None:
                    left_out[LeftOut.of(reason, suffix)] += 1
                continue
            number += 1
            name = "/".join(parts)
            location = f"{self.root.rstrip('/')}/{name}"
            fault = "" if _is_utf8(name) else NO_UTF8
            yield Document(number, _shown(name), _shown(location), fault=fault)

    def with_texts(self, documents: Sequence[Document], _: str) -> Iterator[Document]:
        """Give the documents as they are: each is a file, which is read when it is checked."""
        return iter(documents)

    def _fits(self, parts: Parts) -> bool:
        return not self.pattern or _matches(self.pattern, parts)

    def _against(self, name: str, suffix: str) -> Reason | None:
        """Tell what speaks against checking a file."""
        if name.startswith(OFFICE_LOCK):
            return Reason.LOCK
        if is_wanted(suffix, self.options):
            return None
        return Reason.PICTURE if is_picture(suffix) else Reason.UNKNOWN


class Entry(NamedTuple):
    """What lies in a folder."""

    name: str
    is_folder: bool
    reason: Reason | None = None
    """Why it cannot be a document, whatever it is called."""


def _walked(
    below: Callable[[Parts], Iterator[Entry]], at: Parts, last: Parts
) -> Iterator[tuple[Parts, Reason | None]]:
    """Go through a folder; what does not come after the last path is passed over, whole folders at a time."""
    for name, is_folder, reason in below(at):
        parts = (*at, name)
        if last and parts < last[: len(parts)]:
            continue
        if is_folder:
            yield from _walked(below, parts, last)
        elif not last or parts > last:
            yield parts, reason


def _below(root: str, at: Parts) -> Iterator[Entry]:
    """List a folder of this machine; links to folders are not followed."""
    try:
        with os.scandir(os.path.join(root, *at)) as listed:  # noqa: PTH118 - a Path would be made a million times
            known = sorted(
                Entry(one.name, one.is_dir(follow_symlinks=False), _against(one)) for one in listed
            )
    except OSError as error:
        where = _shown("/".join(at)) or "来源目录"
        raise SourceError(f"列不出{where}（{reason_of(error)}）") from error
    yield from known


def _against(entry: os.DirEntry[str]) -> Reason | None:
    """Tell why an entry of a folder is neither a file nor a folder."""
    try:
        if entry.is_dir(follow_symlinks=False) or entry.is_file():
            return None
        if not entry.is_symlink():
            return Reason.SPECIAL
        if entry.is_dir():
            return Reason.FOLDER_LINK
        return Reason.SPECIAL if Path(entry.path).exists() else Reason.BROKEN_LINK
    except OSError:
        # Links that lead to one another, or to where nobody may look.
        return Reason.BROKEN_LINK


def _below_elsewhere(root: str, at: Parts) -> Iterator[Entry]:
    for address, is_folder in folder("/".join((root.rstrip("/"), *at))):
        yield Entry(PurePosixPath(address).name, is_folder)


def _matches(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == ANY_DEPTH:
        return any(_matches(pattern[1:], parts[place:]) for place in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(pattern[1:], parts[1:])


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
