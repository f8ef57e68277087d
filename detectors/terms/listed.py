"""Words that style guides bar or advise against, as listed in lexicons/terms."""

from __future__ import annotations

from detectors.kernel.finding import Category, Severity
from detectors.kernel.lexicon import LexiconFolder
from detectors.kernel.spellings import Spelling
from detectors.kernel.term_list import listed_in

DETECTOR = listed_in(
    LexiconFolder(
        "terms",
        Category.SENSITIVE,
        "ST",
        Severity.WARNING,
        frozenset({Spelling.TRADITIONAL, Spelling.CASE}),
    )
)
