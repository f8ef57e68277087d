"""CSV: checked as it is written, so that lines and columns are those of the file; a place names the cell, too."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import cached_property

from app.documents import as_document
from app.formats.kernel.in_text import InText
from app.formats.kernel.reading import File, Format, Options, Reading
from app.places import Place, TablePlace
from detectors.kernel.finding import Span

SEPARATORS = ",;\t"


class Cells(InText):
    """The cells of a CSV file, cut when a place is first asked for."""

    def place(self, span: Span) -> Place:
        """Find line, column and cell in which a span begins."""
        starts, rows = self._cells
        number = bisect_right(starts, span.start) - 1
        row = bisect_right(rows, number)
        return TablePlace(self.first(span), row, number - rows[row - 1] + 1)

    @cached_property
    def _cells(self) -> tuple[array[int], array[int]]:
        """Cut the file: where cells begin, and the number of the first cell of each row."""
        text = self.document.text
        first = text.partition("\n")[0]
        separator = max(SEPARATORS, key=first.count)
        starts, rows, quoted = array("Q", (0,)), array("Q", (0,)), False
        for place, char in enumerate(text):
            if char == '"':
                # A doubled mark inside a quoted cell ends and begins it again.
                quoted = not quoted
            elif quoted:
                continue
            elif char == "\n":
                rows.append(len(starts))
                starts.append(place + 1)
            elif char == separator:
                starts.append(place + 1)
        return starts, rows


def read(file: File, options: Options) -> Reading:
    """Read a table."""
    del options
    document = as_document(f"_{file.suffix}", file.content)
    return Reading(file.name, document.text, Cells(document))


FORMAT = Format(frozenset({".csv"}), read)
