"""Misquoted fixed expressions, as listed in lexicons/expressions."""

from __future__ import annotations

from detectors.kernel.finding import Category, Severity
from detectors.kernel.lexicon import LexiconFolder
from detectors.kernel.term_list import listed_in

DETECTOR = listed_in(LexiconFolder("expressions", Category.EXPRESSION, "FX", Severity.ERROR))
