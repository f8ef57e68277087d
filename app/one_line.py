"""Masking one line that is kept beside a review: a title, a reason, a comment.

A list that was pasted there has lost its lines and cells, and with them what tells a home from an office. Nobody needs
numbers of persons in such a line: it is read a second time as a row of cells, and of what is left no long number stays.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from app.documents import Document
from app.engine import Engine
from app.masks import EVERYTHING
from app.redaction import redact
from app.site.layer import NO_LAYER, SiteLayer
from detectors.kernel.finding import Category
from detectors.kernel.personal.masking import MASK

BETWEEN_CELLS = regex.compile(r"[\s\u3000,，、;；|｜/]", regex.ASCII)
"""What may have parted the cells of a list that has become one line."""
LONG_NUMBER = regex.compile(r"(?<![0-9A-Za-z])(?:[0-9][-*]?){8,}[0-9Xx](?![0-9A-Za-z])", regex.ASCII)
"""Nine digits or more: longer than a day, a telephone number without its area or the number of a document."""
MAILBOX = regex.compile(r"[0-9A-Za-z._%+-]{1,64}(?=@[0-9A-Za-z-])", regex.ASCII)

BIRTH = regex.compile(r"出生|生日|生于", regex.ASCII)
DAY = regex.compile(r"(?<=(?:19|20)\d\d[-./年])\d{1,2}[-./月]\d{1,2}", regex.ASCII)


def masked_line(engine: Engine, line: str, layer: SiteLayer = NO_LAYER) -> str:
    """Give a line with all that could be personal data masked, certain or not.

    Args:
        engine: finds the data.
        line: one line, not a draft: what is masked for nothing is not missed.
        layer: what the site has laid over the shipped rules.
    """
    masked = redact(engine, Document("", line), everything=True, layer=layer).document.source
    # As long as the line: places in the one are places in the other.
    row = BETWEEN_CELLS.sub("\t", masked)
    found = engine.check(row, categories={Category.PRIVACY}, layer=layer).findings
    covered = [replace(one, replacements=(EVERYTHING.over(one, masked),)) for one in found]
    masked = Document("", masked).rewritten(covered).source
    for left in (LONG_NUMBER, MAILBOX, *([DAY] if BIRTH.search(line) else [])):
        masked = left.sub(lambda match: MASK * len(match[0]), masked)
    return masked
