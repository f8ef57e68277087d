"""Zip archives: their members one by one, in memory. Nothing is written, so a name that climbs out climbs nowhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from app.documents import UnreadableError
from app.formats.kernel.limits import Deadline
from app.formats.kernel.package import STRETCH
from app.formats.kernel.reading import Container, Failure, File, Options
from app.zip_errors import ZIP_ERRORS

DAMAGED = "不是完好的压缩包"
DEEPEST = 2
"""Archives within one another."""
HIGHEST_RATIO = 200
"""Bytes that one packed byte may become; text becomes 10, an empty table 100."""
RATIO_FROM = 10 * 1024 * 1024
"""Bytes from which on the ratio is looked at."""
CJK = "\u2e80"
ENCRYPTED, NAMED_IN_UTF8 = 0x1, 0x800
MACOS = "__MACOSX/"
"""Where macOS keeps its notes on the members."""


def members(file: File, options: Options) -> Iterator[File | Failure]:
    """Unpack an archive.

    Raises:
        UnreadableError: it is broken, lies too deep, or holds too much.
    """
    if file.depth >= DEEPEST:
        raise UnreadableError(f"压缩包套了 {DEEPEST} 层以上")
    deadline = Deadline(options.limits)
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            file.allowance.take_members(len(parts))
            for part in parts:
                name = _name(part)
                if name.startswith(MACOS):
                    continue
                try:
                    content = _unpacked(archive, part, file, options, deadline)
                except UnreadableError as error:
                    yield Failure(f"{file.name}/{name}", str(error))
                except ZIP_ERRORS:
                    yield Failure(f"{file.name}/{name}", DAMAGED)
                else:
                    yield file.member(name, content)
    except ZIP_ERRORS:
        raise UnreadableError(DAMAGED) from None


def _name(part: zipfile.ZipInfo) -> str:
    """Give the name of a member: programs on Chinese Windows write GBK and do not say so.

    A short name in GBK can be sound UTF-8, too, but then of letters that nobody here writes.
    """
    if part.flag_bits & NAMED_IN_UTF8:
        return part.filename
    written = part.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            name = written.decode(encoding)
        except UnicodeDecodeError:
            continue
        if name.isascii() or max(name) >= CJK:
            return name
    return part.filename


def _unpacked(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: File, options: Options, deadline: Deadline
) -> bytes:
    if part.flag_bits & ENCRYPTED:
        raise UnreadableError("压缩包加了密码")
    content = io.BytesIO()
    with archive.open(part) as packed:
        while stretch := packed.read(STRETCH):
            content.write(stretch)
            file.allowance.take_bytes(len(stretch))
            options.limits.refuse_large(content.tell())
            if content.tell() > max(RATIO_FROM, HIGHEST_RATIO * part.compress_size):
                raise UnreadableError("压缩比异常")
            deadline.check()
    return content.getvalue()


FORMAT = Container(frozenset({".zip"}), members)
