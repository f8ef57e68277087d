"""Charts as inline SVG: bars that lie or stand. Made of elements, so that no name can be markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.report.markup import Element, element

WIDTH = 720
LABEL, NUMBER = 190, 60
"""Room at the left and at the right of lying bars."""
STEP, THICK = 26, 16
HEIGHT, FOOT, HEAD = 180, 24, 18
"""Of standing bars: in all, below and above."""
LONGEST_LABEL = 13


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar."""

    name: str
    look: str
    """Class of the style sheet."""
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it stands for, its parts, and what is written at its end."""

    label: str
    pieces: tuple[Piece, ...]
    end: str

    @property
    def count(self) -> int:
        """How long it is."""
        return sum(piece.count for piece in self.pieces)


def lying(title: str, bars: Sequence[Bar]) -> Element:
    """Draw bars that lie below one another."""
    longest = max((bar.count for bar in bars), default=0) or 1
    room = WIDTH - LABEL - NUMBER
    drawing = _drawing(title, len(bars) * STEP)
    for place, bar in enumerate(bars):
        top = place * STEP
        middle = f"{top + STEP / 2 + 5:g}"
        words = element("text", _short(bar.label), x=f"{LABEL - 8}", y=middle, text_anchor="end")
        words.append(element("title", bar.label))
        drawing.append(words)
        left = float(LABEL)
        for piece in bar.pieces:
            width = room * piece.count / longest
            if piece.count:
                drawing.append(_rectangle(piece, bar.label, left, top + (STEP - THICK) / 2, (width, THICK)))
            left += width
        drawing.append(element("text", bar.end, x=f"{left + 6:.1f}", y=middle))
    return drawing


def standing(title: str, bars: Sequence[Bar]) -> Element:
    """Draw bars that stand beside one another, with as many labels as there is room for."""
    highest = max((bar.count for bar in bars), default=0) or 1
    step = WIDTH / max(1, len(bars))
    every = -(-len(bars) // 9)
    drawing = _drawing(title, HEIGHT)
    bottom = HEIGHT - FOOT
    for place, bar in enumerate(bars):
        left, top = place * step, float(bottom)
        for piece in bar.pieces:
            height = (bottom - HEAD) * piece.count / highest
            top -= height
            if piece.count:
                drawing.append(_rectangle(piece, bar.label, left + step * 0.15, top, (step * 0.7, height)))
        centre = {"x": f"{left + step / 2:.1f}", "text_anchor": "middle"}
        if bar.count:
            drawing.append(element("text", bar.end, y=f"{top - 4:.1f}", **centre))
        # Reckoned from the last one, which must not be without; it ends where the drawing does.
        after = len(bars) - 1 - place
        if after % every == 0:
            under = centre if after else {"x": str(WIDTH), "text_anchor": "end"}
            drawing.append(element("text", bar.label, y=f"{HEIGHT - 6}", **under))
    ground = {"x1": "0", "x2": str(WIDTH), "y1": str(bottom), "y2": str(bottom), "class_": "ground"}
    drawing.append(element("line", **ground))
    return drawing


def legend(pieces: Sequence[Piece]) -> Element:
    """Say what the colours mean."""
    return element("p", *_keys(pieces), class_="legend")


def _keys(pieces: Sequence[Piece]) -> Iterator[Element]:
    for piece in pieces:
        yield element("span", "■ ", class_=piece.look)
        yield element("span", f"{piece.name}　")


def _drawing(title: str, height: int) -> Element:
    looks = {"viewBox": f"0 0 {WIDTH} {max(1, height)}", "role": "img", "aria_label": title}
    return element("svg", **looks)


def _rectangle(piece: Piece, label: str, left: float, top: float, size: tuple[float, float]) -> Element:
    width, height = size
    place = {"x": f"{left:.1f}", "y": f"{top:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    return element(
        "rect", element("title", f"{label}：{piece.name}{piece.count}"), class_=piece.look, **place
    )


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
