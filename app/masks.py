"""How personal data is written over: what each kind keeps by custom, or what whoever publishes wants kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import regex

from detectors.kernel.finding import Finding
from detectors.kernel.personal.masking import MASK, SEPARATORS, mask

IDENTITY_RULES = "PI00"
"""The codes of all rules about identity numbers begin so."""
WORDS = regex.compile(r"[\u4e00-\u9fff@]", regex.ASCII)
"""An address or a mailbox has no head and no tail to keep."""
RUN = regex.compile(r"\*+", regex.ASCII)
SHORT = MASK * 3


class MaskStyle(StrEnum):
    """What of a number stays open; head and tail are named by their lengths."""

    DEFAULT = "default"
    TWO_THREE = "2+3"
    SIX_FOUR = "6+4"
    ALL = "all"
    CUSTOM = "custom"


KEPT = {MaskStyle.TWO_THREE: (2, 3), MaskStyle.SIX_FOUR: (6, 4), MaskStyle.ALL: (0, 0)}


@dataclass(frozen=True, slots=True)
class Masking:
    """A style with its details."""

    style: MaskStyle = MaskStyle.DEFAULT
    keep_head: int = 0
    """Of numbers in the custom style: so many characters stay at the beginning."""
    keep_tail: int = 0
    keep_length: bool = True
    """Whether the mask is as long as what it covers, or always three characters."""

    def over(self, finding: Finding, text: str) -> str:
        """Write over a finding of a text."""
        written = finding.span.of(text)
        masked = self._kept(finding, written)
        return masked if self.keep_length else RUN.sub(SHORT, masked)

    def _kept(self, finding: Finding, written: str) -> str:
        if self.style is MaskStyle.ALL:
            return "".join(char if char in SEPARATORS else MASK for char in written)
        if self.style is MaskStyle.CUSTOM and WORDS.search(written) is None:
            return mask(written, self.keep_head, self.keep_tail)
        if self.style in KEPT and finding.rule.code.startswith(IDENTITY_RULES):
            return mask(written, *KEPT[self.style])
        return finding.replacements[0]


BY_CUSTOM = Masking()
EVERYTHING = Masking(MaskStyle.ALL)
