"""Formats that only LibreOffice reads: it makes a Word document or a PDF of them, which is read instead.

The file lies on disk for that time, in a folder that only this user can open, and that is removed afterwards.
LibreOffice gets a profile of its own, in which macros and links to elsewhere are switched off.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.documents import UnreadableError
from app.formats.kernel.reading import Container, Failure, File, Options

TARGETS = {
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt", ".dot"), ".docx"),
    **dict.fromkeys((".ppt", ".pptx", ".dps", ".odp"), ".pdf"),
}
PROGRAMS = ("soffice", "libreoffice")
NOT_INSTALLED = "读取这种文件需要 LibreOffice（Debian 上可执行 apt-get install libreoffice-writer-nogui），或请另存为 .docx、.pdf"
FAILED = "LibreOffice 打不开这个文件，可能已损坏或加了密码"
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def members(file: File, options: Options) -> Iterator[File | Failure]:
    """Convert a file; its name stays.

    Raises:
        UnreadableError: LibreOffice is missing, does not open it, or takes too long.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise UnreadableError(NOT_INSTALLED)
    target = TARGETS[file.suffix]
    with tempfile.TemporaryDirectory(prefix="shenjiao-", ignore_cleanup_errors=True) as folder:
        content = _converted(program, Path(folder), file, target, options.limits.seconds)
    options.limits.refuse_large(len(content))
    yield file.converted(content, target)


def _converted(program: str, folder: Path, file: File, target: str, seconds: float) -> bytes:
    # Not the name of the file, which would stand in the list of processes.
    source = folder / f"file{file.suffix}"
    source.write_bytes(file.content)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    words = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    process = subprocess.Popen(  # noqa: S603 - a program found by its name, and paths of our own
        [*words, "--convert-to", target[1:], "--outdir", str(folder / "out"), str(source)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: given for name, given in os.environ.items() if name in KEPT} | {"HOME": str(folder)},
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"LibreOffice 转换超过 {seconds:g} 秒") from None
    finally:
        # Its children, too: the program is a script that starts another.
        with suppress(ProcessLookupError, PermissionError):
            _kill(process)
        process.wait()
    made = folder / "out" / f"file{target}"
    if not made.exists():
        raise UnreadableError(FAILED)
    return made.read_bytes()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


KEPT = frozenset({"PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT"})
"""Of the environment; the rest, passwords among it, is none of its business."""

FORMAT = Container(frozenset(TARGETS), members)
