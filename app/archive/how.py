"""How the documents of a run are checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.formats.kernel.reading import Options


@dataclass(frozen=True, slots=True)
class How:
    """How the documents of a run are checked; the same for all of them, and after a resumption."""

    options: Options
    published_on: date
    """Decides which dated rules apply where a document does not say when it was published."""
    root: Path | None = None
    """The folder of the site, in which files that a page links to are parts of the page; without it none are."""
    text_suffix: str = ".txt"
    """What the texts in a dataset are: `.txt` or `.html`."""
    within: Path | None = None
    """Nothing that lies elsewhere is read, whatever a table names or a link leads to; without it anything is."""
