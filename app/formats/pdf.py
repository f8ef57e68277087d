"""PDF: the words of each page with their boxes. A page that is a picture is recognised, if that is installed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.documents import UnreadableError
from app.formats.kernel.layout import Laid, Run, lay_out
from app.formats.kernel.limits import Deadline
from app.formats.kernel.reading import File, Format, Options, Reading
from app.formats.kernel.recognition import NOT_INSTALLED, Recognition
from app.places import Box, PagePlace
from detectors.kernel.finding import Category, Span
from detectors.typos.foreign_letter import LOOKALIKES

DAMAGED = "不是完好的 PDF 文件"
LOCKED = "PDF 文件加了密码"
FEWEST_CHARACTERS = 10
"""A page with fewer, and a picture, is a picture."""
LEAST_PICTURE = 0.3
"""Of the area of the page."""
WIDEST_BLANK = 0.7
"""In sizes of type; what is wider parts two cells."""
FINENESS = 100
"""Steps of a point in which places are asked for; the library gives whole numbers."""
DOTS_PER_POINT = 200 / 72
MOST_DOTS = 4_000
"""Of one side of the picture of a page."""
PASSWORD_ERROR = 4
SAME_LETTER = {ord(lookalike): letter for lookalike, letter in LOOKALIKES.items()}
"""A PDF names the glyph, and many producers name the radical ⽤ where 用 was written: no reader sees a difference."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The boxes of all characters."""

    laid: Laid

    def place(self, span: Span) -> PagePlace:
        """Find the page, and the boxes around the words, one for each line they stand in."""
        page = self.laid.pages[span.start]
        boxes: list[Box] = []
        for at in range(span.start, span.end):
            left, top, right, bottom = self.laid.edges[4 * at : 4 * at + 4]
            if left == right or self.laid.pages[at] != page:
                continue
            if boxes and left >= boxes[-1][0] and top < boxes[-1][3] and bottom > boxes[-1][1]:
                before = boxes[-1]
                boxes[-1] = (before[0], min(before[1], top), max(before[2], right), max(before[3], bottom))
            else:
                boxes.append((left, top, right, bottom))
        return PagePlace(page, tuple(boxes))


def read(file: File, options: Options) -> Reading:
    """Read all pages."""
    # Only the worker imports it.
    import pypdfium2  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(file.content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(LOCKED if error.err_code == PASSWORD_ERROR else DAMAGED) from None
    if len(document) > options.limits.pages:
        raise UnreadableError(f"超过 {options.limits.pages} 页")
    reader = _Reader(document, Deadline(options.limits))
    try:
        laid = lay_out(reader.pages())
    except pypdfium2.PdfiumError:
        raise UnreadableError(DAMAGED) from None
    if reader.unread and len(reader.unread) == len(document):
        raise UnreadableError(f"各页都是图片；{NOT_INSTALLED}")
    unreliable = frozenset({Category.FORMAT}) if reader.recognised else frozenset[Category]()
    return Reading(file.name, "".join(laid.text), Pages(laid), unreliable=unreliable, notes=reader.notes())


class _Reader:
    def __init__(self, document: Any, deadline: Deadline) -> None:
        self._document = document
        self._deadline = deadline
        self._recognition = Recognition.if_installed()
        self.recognised: list[int] = []
        self.unread: list[int] = []

    def notes(self) -> tuple[str, ...]:
        notes = []
        if self.recognised:
            notes.append(
                f"{_listed(self.recognised)}的文字由图片识别而来，请与原件核对；全文未查标点数字格式"
            )
        if self.unread:
            notes.append(f"{_listed(self.unread)}是图片，没有检查；{NOT_INSTALLED}")
        return tuple(notes)

    def pages(self) -> Iterator[list[Run]]:
        for number, page in enumerate(self._document, start=1):
            self._deadline.check()
            words = page.get_textpage()
            runs = _runs(words, number, _to_points(page))
            if sum(len(run.text) for run in runs) < FEWEST_CHARACTERS and _is_picture(page):
                runs = self._recognise(page, number) or runs
            elif runs and _is_invisible(words):
                # Somebody has recognised the scanned page before.
                self.recognised.append(number)
            words.close()
            page.close()
            yield runs

    def _recognise(self, page: Any, number: int) -> list[Run]:
        if self._recognition is None:
            self.unread.append(number)
            return []
        self.recognised.append(number)
        scale = min(DOTS_PER_POINT, MOST_DOTS / max(page.get_size()))
        return self._recognition.runs(page.render(scale=scale).to_numpy(), number, scale)


def _listed(pages: list[int]) -> str:
    shown = "、".join(map(str, pages[:10]))
    return f"第 {shown} 页" if len(pages) <= 10 else f"第 {shown} 等 {len(pages)} 页"


def _to_points(page: Any) -> Callable[[Box], Box]:
    """Make the way from the coordinates of a page to points from its upper left corner, as it is shown."""
    from pypdfium2 import raw  # noqa: PLC0415

    width, height = page.get_size()

    def device(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = int(width * FINENESS), int(height * FINENESS)
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        return across.value / FINENESS, down.value / FINENESS

    step = 1_000.0
    zero, along, up = device(0, 0), device(step, 0), device(0, step)
    (a, b), (c, d) = (((end[0] - zero[0]) / step, (end[1] - zero[1]) / step) for end in (along, up))

    def convert(box: Box) -> Box:
        xs = [zero[0] + x * a + y * c for x, y in ((box[0], box[1]), (box[2], box[3]))]
        ys = [zero[1] + x * b + y * d for x, y in ((box[0], box[1]), (box[2], box[3]))]
        return min(xs), min(ys), max(xs), max(ys)

    return convert


def _runs(words: Any, page: int, to_points: Callable[[Box], Box]) -> list[Run]:
    """Cut the characters of a page where a line ends, and where a blank is as wide as the gap between two cells."""
    from pypdfium2 import raw  # noqa: PLC0415

    runs: list[Run] = []
    text: list[str] = []
    boxes: list[Box] = []
    parted = ""

    def end() -> None:
        nonlocal text, boxes
        if text:
            runs.append(Run("".join(text).translate(SAME_LETTER), boxes, page))
        text, boxes = [], []

    for number in range(words.count_chars()):
        code = raw.FPDFText_GetUnicode(words, number)
        if raw.FPDFText_IsGenerated(words, number) or code in (0x0A, 0x0D):
            parted = " " if code == 0x20 and parted != "\n" else "\n"
            continue
        # Control characters, the mark of a hyphen at the end of a line, halves of pairs: nothing that was written.
        if code < 0x20 or code in (0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF:
            continue
        box = to_points(words.get_charbox(number, loose=True))
        if parted == "\n":
            end()
        elif parted and boxes:
            gap, size = box[0] - boxes[-1][2], max(edges[3] - edges[1] for edges in (boxes[-1], box))
            if gap > WIDEST_BLANK * size:
                end()
            else:
                text.append(" ")
                boxes.append((boxes[-1][2], box[1], box[0], box[3]))
        parted = ""
        text.append(chr(code))
        boxes.append(box)
    end()
    return runs


def _is_picture(page: Any) -> bool:
    """Tell whether a picture covers much of a page."""
    from pypdfium2 import raw  # noqa: PLC0415

    width, height = page.get_size()
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) >= LEAST_PICTURE * width * height:
            return True
    return False


def _is_invisible(words: Any) -> bool:
    """Tell whether the words of a page are not shown: they were laid over a picture to be searched."""
    from pypdfium2 import raw  # noqa: PLC0415

    last = words.count_chars() - 1
    modes = {
        raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(words, number))
        for number in (0, last // 2, last)
        if not raw.FPDFText_IsGenerated(words, number)
    }
    return modes == {raw.FPDF_TEXTRENDERMODE_INVISIBLE}


FORMAT = Format(frozenset({".pdf"}), read, isolated=True)
