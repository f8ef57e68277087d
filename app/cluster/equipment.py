"""What every process of a run works with, wherever it runs, and how one tells that it is the same there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import app
import detectors
from app.archive.source import Archive
from app.site.entry import Kept

MODELS = "models"


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a process needs to check a shard of a run, besides the installed program."""

    archive: Archive
    lexicons: Path
    masked_model: Path | None
    site_entries: tuple[Kept, ...] = field(repr=False)
    """Of the site lexicon, those in force: a process needs no access to the database."""
    site_version: int
    program: str
    """`program_digest` of the machine that began the run."""


def program_digest(lexicons: Path, masked_model: Path | None) -> str:
    """Sum up the program, its models and the lexicons: two machines with the same sum give the same results.

    Args:
        lexicons: their folder.
        masked_model: folder of a masked language model, if the site has one.
    """
    digest = hashlib.sha256()
    for package in (app, detectors):
        _add(digest, Path(*package.__path__), "*.py")
    _add(digest, Path(*detectors.__path__).parent / MODELS, "*")
    _add(digest, lexicons, "*")
    if masked_model is not None:
        _add(digest, masked_model, "*")
    return digest.hexdigest()


def _add(digest: hashlib._Hash, folder: Path, pattern: str) -> None:
    for path in sorted(folder.rglob(pattern)):
        if path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, hashlib.sha256).digest())
