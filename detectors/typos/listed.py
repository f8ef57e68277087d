"""Typing errors that are certain by themselves, as listed in lexicons/typos."""

from __future__ import annotations

from detectors.kernel.finding import Category, Severity
from detectors.kernel.term_list import ListedTerms

DETECTOR = ListedTerms("typos", Category.TYPO, "TY", Severity.ERROR)
