"""Misquoted fixed expressions, as listed in lexicons/expressions."""

from __future__ import annotations

from detectors.kernel.finding import Category, Severity
from detectors.kernel.term_list import ListedTerms

DETECTOR = ListedTerms("expressions", Category.EXPRESSION, "FX", Severity.ERROR)
