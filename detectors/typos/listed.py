"""Typing errors that are certain by themselves, as listed in lexicons/typos."""

from __future__ import annotations

from detectors.kernel.finding import Category, Severity
from detectors.kernel.lexicon import LexiconFolder
from detectors.kernel.term_list import listed_in

DETECTOR = listed_in(LexiconFolder("typos", Category.TYPO, "TY", Severity.ERROR))
