"""The personal data of a long text masked piece by piece; what is written is the same as of the whole text at once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.engine import Engine
from app.long_texts import LongText, Piece
from app.masks import Masking
from app.redaction import due, masked, styles
from app.site.layer import SiteLayer
from detectors.kernel.finding import Category, Finding, Span, apply_first_replacements


class Outcome(NamedTuple):
    """What came of it."""

    found: bool
    """Whether anything was found in the text as it was."""
    clean: bool
    """Whether nothing was left that was to be masked."""


@dataclass(slots=True)
class LongRedaction:
    """How long texts are masked: as by `app.redaction.redact`."""

    engine: Engine
    layer: SiteLayer
    masking: Masking
    everything: bool

    def write(self, text: LongText, out: BinaryIO) -> Outcome:
        """Mask a text.

        What is masked already lies in a temporary file, readable by nobody else, until it has been looked at again.
        """
        found, is_due = False, True
        with tempfile.TemporaryDirectory(prefix="shenjiao-redact-") as folder:
            for number, style in enumerate(styles(self.masking)):
                found_now, is_due = self._masked(text, style, Path(folder) / str(number))
                found = found_now if number == 0 else found
                text = LongText.in_encoding(Path(folder) / str(number), text.encoding)
                if not is_due:
                    break
            else:
                is_due = any(self._due(piece) for piece in text.pieces())
            with text.path.open("rb") as written:
                shutil.copyfileobj(written, out)
        return Outcome(found, not is_due)

    def _masked(self, text: LongText, style: Masking, path: Path) -> tuple[bool, bool]:
        """Write a text masked in a style; tell whether anything was found, and whether anything had to be masked."""
        found = is_due = False
        written = 0
        with path.open("w", encoding=text.encoding, newline="\n") as file:
            for piece in text.pieces():
                findings = self._found(piece)
                found = found or bool(findings)
                findings = due(findings, everything=self.everything)
                is_due = is_due or bool(findings)
                # The last number of the piece before may reach into this one.
                start = max(piece.start, written - piece.offset)
                end = max(piece.end, *(finding.span.end for finding in findings), start)
                mended = masked(findings, piece.shown, style)
                file.write(apply_first_replacements(piece.shown[start:end], _moved(mended, start)))
                written = end + piece.offset
        return found, is_due

    def _due(self, piece: Piece) -> list[Finding]:
        return due(self._found(piece), everything=self.everything)

    def _found(self, piece: Piece) -> list[Finding]:
        findings = self.engine.findings_of(
            piece.text, day=date.today(), categories={Category.PRIVACY}, layer=self.layer
        )
        return [finding for finding in piece.found(findings) if piece.owns(finding)]


def _moved(findings: list[Finding], start: int) -> Iterator[Finding]:
    for finding in findings:
        yield replace(finding, span=Span(finding.span.start - start, finding.span.end - start))
