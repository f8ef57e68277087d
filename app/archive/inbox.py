"""Articles that came with a request, kept in a folder until they are scanned; and which folders a request may name.

What a caller sends lies on the disk for as long as the run is not done, since it must survive a service that is
killed; then it goes. Nobody but the user who serves can read it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

ARTICLES = "articles.jsonl"
KEPT_SECONDS = 7 * 24 * 3600
"""How long articles stay of a run that has stopped, and that nobody lets go on."""


class NoSuchFolderError(Exception):
    """What a request names is not there, or not where requests may look; the message is Chinese and quotes nothing."""


class Inbox:
    """The folder in which articles wait for their scan."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which is made when something comes in."""
        self.folder = folder.absolute()

    def put(self, articles: Iterable[Mapping[str, str]]) -> Path:
        """Keep articles; give the file, a table of lines of JSON.

        Raises:
            OSError: they cannot be written.
        """
        self.make()
        own = self.folder / secrets.token_hex(12)
        own.mkdir(mode=0o700)
        try:
            with (own / ARTICLES).open("w", encoding="utf-8") as file:
                file.writelines(f"{json.dumps(article, ensure_ascii=False)}\n" for article in articles)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            shutil.rmtree(own, ignore_errors=True)
            raise
        return own / ARTICLES

    def make(self) -> None:
        """Make the folder, for nobody else to read."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def holds(self, source: Path) -> bool:
        """Tell whether a source came with a request."""
        return source.is_relative_to(self.folder)

    def clear(self, awaited: Collection[Path]) -> None:
        """Remove what no run waits for any more.

        Args:
            awaited: the files of runs that are being worked on, or will be.
        """
        for own in self.folder.iterdir() if self.folder.is_dir() else ():
            if not own.is_dir() or own / ARTICLES in awaited:
                continue
            if time.time() - own.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(own, ignore_errors=True)

    def remove(self, source: Path) -> None:
        """Remove the articles of a run that is done."""
        if self.holds(source):
            shutil.rmtree(source.parent, ignore_errors=True)


def below(root: Path, named: str) -> Path:
    """Find what a request names below the folder of archives: a folder, or a table.

    Args:
        root: what the site has set.
        named: a path relative to it, with slashes.

    Raises:
        NoSuchFolderError: there is nothing, or it lies elsewhere.
    """
    parts = named.split("/")
    if "\0" in named or "\\" in named or any(part in {"", ".", ".."} for part in parts):
        raise NoSuchFolderError("应是 SHENJIAO_ARCHIVES 之下的相对路径，如 网站/2024")
    try:
        found = root.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError):
        found = None
    # A link that leads out says no more than one that leads nowhere.
    if found is None or not found.is_relative_to(root.resolve()):
        raise NoSuchFolderError("SHENJIAO_ARCHIVES 之下没有这个目录或文件")
    return found
