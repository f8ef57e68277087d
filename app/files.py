"""Files of every format as texts: which format reads a file, and what lies in it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import regex

from app import formats
from app.documents import HTML_SUFFIXES, UnreadableError, as_document, size_of
from app.formats.kernel.isolation import POSSIBLE, WORKER
from app.formats.kernel.limits import Allowance
from app.formats.kernel.reading import Container, Failure, File, Format, Options, Reading
from detectors.kernel.system_errors import reason_of

KERNEL = "kernel"
TEXT = ".txt"
START = 4096
OLE = b"\xd0\xcf\x11\xe0"
PACKAGE = b"PK"
PARTS = {b"word/": ".docx", b"xl/": ".xlsx"}
MARKS = {b"%PDF": ".pdf", b"{\\rtf": ".rtf"}
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MARKUP = regex.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|meta|table|\?xml[^>]*>\s*<html)", regex.IGNORECASE
)
OFFICE = frozenset({".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".rtf"})
"""Names under which programs export other formats: pages as .xls, .docx as .doc."""


class Known(NamedTuple):
    """A format and the module that exports it."""

    module: str
    format: Format | Container


@cache
def known_formats() -> Mapping[str, Known]:
    """Find the formats by the ends of file names, with a full stop, in small letters."""
    found = {}
    for module in sorted(pkgutil.iter_modules(formats.__path__, "app.formats."), key=lambda m: m.name):
        if not module.ispkg:
            one = importlib.import_module(module.name).FORMAT
            found.update(dict.fromkeys(one.suffixes, Known(module.name, one)))
    return MappingProxyType(found)


def is_wanted(suffix: str, options: Options) -> bool:
    """Tell whether files with this end of their name are read where nobody names them one by one."""
    known = known_formats().get(suffix.lower())
    return known is not None and (options.pictures or not known.format.picture)


def is_picture(suffix: str) -> bool:
    """Tell whether files with this end of their name are pictures."""
    known = known_formats().get(suffix.lower())
    return known is not None and known.format.picture


def readings(path: Path, options: Options) -> Iterator[Reading | Failure]:
    """Read a file: one text, or of an archive the texts of its members; what cannot be read is a failure."""
    try:
        options.limits.refuse_large(size_of(path))
        content = path.read_bytes()
    except IsADirectoryError:
        yield Failure(str(path), "这是目录，不是文件；检查整个目录用 shenjiao scan")
    except OSError as error:
        yield Failure(str(path), f"读不到文件（{reason_of(error)}）")
    except UnreadableError as error:
        yield Failure(str(path), str(error))
    else:
        yield from readings_of(str(path), content, options)


def readings_of(
    name: str, content: bytes, options: Options, suffix: str | None = None
) -> Iterator[Reading | Failure]:
    """Read what a file of that name holds; one of an unknown kind is taken for a text.

    Args:
        name: as shown.
        content: its bytes.
        options: how it is read.
        suffix: what kind of file it is, where its name does not say so.
    """
    suffix = Path(name).suffix.lower() if suffix is None else suffix
    yield from _readings(File(name, content, suffix, Allowance(options.limits)), options)


def attachments(page: Path, options: Options, root: Path | None = None) -> list[Path]:
    """List the files that belong to a page: those it links to that lie beside or below it and can be read.

    Args:
        page: a page of HTML.
        options: as for reading it.
        root: the folder of the site, to which addresses with a leading slash refer; by default that of the page.

    Raises:
        UnreadableError: the page cannot be read.
    """
    root = (root or page.parent).resolve()
    try:
        document = as_document(str(page), page.read_bytes())
    except OSError as error:
        raise UnreadableError(f"读不到文件（{reason_of(error)}）") from error
    found: dict[Path, None] = {}
    for address in () if document.html is None else document.html.addresses:
        path = _linked(address, page.parent, root)
        # Other pages are no parts of this one.
        if path is None or path.suffix.lower() in HTML_SUFFIXES or not is_wanted(path.suffix, options):
            continue
        if path.is_file():
            found[path] = None
    return list(found)


def _linked(address: str, folder: Path, root: Path) -> Path | None:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or "\0" in (written := unquote(parts.path)):
        return None
    path = (root / written.lstrip("/") if written.startswith("/") else folder / written).resolve()
    # Whoever wrote the page must not choose files elsewhere.
    return path if path.is_relative_to(root) else None


def _readings(file: File, options: Options) -> Iterator[Reading | Failure]:
    suffix = _true_suffix(file)
    file = file.converted(file.content, suffix)
    known = known_formats().get(suffix) or known_formats()[TEXT]
    try:
        if isinstance(known.format, Format):
            read = known.format.read
            apart = known.format.isolated and POSSIBLE
            yield WORKER.read(known.module, file, options) if apart else read(file, options)
            return
        for member in known.format.members(file, options):
            if isinstance(member, Failure):
                yield member
            elif is_wanted(member.suffix, options):
                yield from _readings(member, options)
    except UnreadableError as error:
        yield Failure(file.name, str(error))


def _true_suffix(file: File) -> str:
    """Tell the kind of a file: office programs export one under the name of another."""
    if file.suffix not in OFFICE:
        return file.suffix
    start = file.content[:START]
    if start.startswith(OLE):
        return ".doc" if file.suffix == ".docx" and ENCRYPTED not in file.content else file.suffix
    if start.startswith(PACKAGE):
        return next((suffix for part, suffix in PARTS.items() if part in file.content), file.suffix)
    if MARKUP.match(start):
        return ".html"
    return next((suffix for mark, suffix in MARKS.items() if start.startswith(mark)), file.suffix)
