"""A text with markup between, as clients send it that know what is text and what is not.

What is checked is the text alone, with what the markup stands for (`<p>` for a line break). Positions in the answer
count the markup.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, model_validator

from app.language_tool.parameters import ParameterError
from app.wire import without_lone_surrogates
from detectors.kernel.finding import Span

Piece = Annotated[str, AfterValidator(without_lone_surrogates)]


class _Node(BaseModel):
    """A stretch of text, or of markup with what it stands for."""

    model_config = ConfigDict(strict=True)

    text: Piece | None = None
    markup: Piece | None = None
    interpretAs: Piece = ""  # noqa: N815 the client's word

    @model_validator(mode="after")
    def _is_one_of_the_two(self) -> Self:
        if (self.text is None) == (self.markup is None) or (self.text is not None and self.interpretAs):
            raise ValueError
        return self


class _Data(BaseModel):
    """A text, or its nodes; metaData and whatever else comes along says nothing about the text."""

    model_config = ConfigDict(strict=True)

    text: Piece | None = None
    annotation: list[_Node] | None = None

    @model_validator(mode="after")
    def _is_one_of_the_two(self) -> Self:
        if (self.text is None) == (self.annotation is None):
            raise ValueError
        return self


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text to be checked, and where it stands among its markup."""

    text: str = field(repr=False)
    """What is checked."""
    whole: str = field(repr=False)
    """What the client sees: with the markup, and without what it stands for."""
    _starts: tuple[int, ...] = (0,)
    """Where the stretches begin in the text."""
    _stretches: tuple[tuple[int, int | None], ...] = ()
    """For each, where it begins in the whole, and how long the markup is; None where it is text."""

    @classmethod
    def plain(cls, text: str) -> Self:
        """Make one of a text without markup."""
        return cls(text, text, (0,), ((0, None),))

    @classmethod
    def read(cls, data: str) -> Self:
        """Read the JSON of a client.

        Raises:
            ParameterError: it is not as it should be.
        """
        try:
            given = _Data.model_validate_json(data)
        except ValidationError:
            # Not a word of it: it quotes what it was given.
            raise ParameterError(
                "data 应是 JSON：text，或者 annotation 的列表，每项是 text，或者 markup 和 interpretAs"
            ) from None
        if given.annotation is None:
            return cls.plain(given.text or "")
        return cls._joined(given.annotation)

    @classmethod
    def _joined(cls, nodes: list[_Node]) -> Self:
        text: list[str] = []
        whole: list[str] = []
        starts: list[int] = []
        stretches: list[tuple[int, int | None]] = []
        in_text = in_whole = 0
        for node in nodes:
            checked, seen = (
                node.interpretAs if node.text is None else node.text,
                node.text or node.markup or "",
            )
            if checked:
                starts.append(in_text)
                stretches.append((in_whole, None if node.text is not None else len(seen)))
            text.append(checked)
            whole.append(seen)
            in_text += len(checked)
            in_whole += len(seen)
        return cls("".join(text), "".join(whole), tuple(starts), tuple(stretches))

    def in_whole(self, span: Span) -> Span:
        """Lead a span of the text to the whole; markup inside it belongs to it."""
        start, _ = self._of_character(span.start)
        _, end = self._of_character(span.end - 1)
        # What stands for markup that is empty has no place of its own: it is shown beside, before the end.
        start = min(start, len(self.whole) - 1)
        return Span(start, max(start + 1, end))

    def _of_character(self, place: int) -> tuple[int, int]:
        number = bisect_right(self._starts, place) - 1
        begin, markup = self._stretches[number]
        if markup is not None:
            return begin, begin + markup
        start = begin + place - self._starts[number]
        return start, start + 1
