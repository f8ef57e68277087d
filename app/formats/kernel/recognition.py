"""Words in pictures, by rapidocr: an extra, since it brings along a runtime and models."""

from __future__ import annotations

import unicodedata
from importlib.util import find_spec
from typing import Any

from app.formats.kernel.layout import Run
from app.places import Box

NOT_INSTALLED = "识别图片需另装：pip install 'shenjiao[ocr]'"
LEAST_SCORE = 0.6
"""What the model is less sure of is no text."""
THREADS = 2
WIDE = frozenset("WF")


class Recognition:
    """Recognises the words of pictures."""

    _one: Recognition | None = None

    def __init__(self) -> None:
        """Load the models: a second or two."""
        from rapidocr import RapidOCR  # noqa: PLC0415

        # At lower levels it tells what it reads.
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    @classmethod
    def if_installed(cls) -> Recognition | None:
        """Give what recognises, loaded when first used; None if it is not installed."""
        if cls._one is None and find_spec("rapidocr") is not None:
            cls._one = _Lazy()
        return cls._one

    def runs(self, picture: Any, page: int, scale: float) -> list[Run]:
        """Recognise the lines of a picture, in the order of reading.

        Args:
            picture: rows of dots of three colours, blue first.
            page: its number.
            scale: dots of one unit of the boxes.
        """
        found: Any = self._engine(picture)
        if found.txts is None:
            return []
        lines = zip(found.boxes, found.txts, found.scores, strict=True)
        return [
            _run(corners / scale, text, page)
            for corners, text, score in lines
            if text and score >= LEAST_SCORE
        ]


class _Lazy(Recognition):
    """Loads the models with the first picture: most PDF files have none."""

    def __init__(self) -> None:
        self._loaded: Recognition | None = None

    def runs(self, picture: Any, page: int, scale: float) -> list[Run]:
        self._loaded = self._loaded or Recognition()
        return self._loaded.runs(picture, page, scale)


def _run(corners: Any, text: str, page: int) -> Run:
    """Share the box of a line out among its characters, by their widths."""
    left, top = (float(edge) for edge in corners.min(axis=0))
    right, bottom = (float(edge) for edge in corners.max(axis=0))
    widths = [1.0 if unicodedata.east_asian_width(char) in WIDE else 0.5 for char in text]
    unit = (right - left) / sum(widths)
    boxes: list[Box] = []
    for width in widths:
        boxes.append((left, top, left + width * unit, bottom))
        left += width * unit
    return Run(text, boxes, page)
