"""LanguageTool's answers, in its own words. Every field stands here that one of the known clients insists on."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Part(BaseModel):
    """Base of all parts of an answer; written with capitals inside the names."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, validate_by_name=True)


class Software(Part):
    """Who answers."""

    name: str
    version: str
    build_date: str
    """The release of the lexicons: it decides what is found."""
    api_version: Literal[1] = 1
    premium: bool = False
    status: str = ""


class Language(Part):
    """A language that is checked."""

    name: str
    code: str
    long_code: str


class DetectedLanguage(Part):
    """What the text seems to be written in."""

    name: str
    code: str
    confidence: float
    source: str


class AnsweredLanguage(Part):
    """The language that the text was checked as."""

    name: str
    code: str
    detected_language: DetectedLanguage


class Warnings(Part):
    """What keeps the answer from being whole."""

    incomplete_results: bool = False


class Replacement(Part):
    """What may be written instead."""

    value: str


class Context(Part):
    """The neighbours of a match, and where in them it stands."""

    text: str
    offset: int
    length: int


class MatchType(Part):
    """How a client may mark a match."""

    type_name: str


class RuleCategory(Part):
    """The kind of fault."""

    id: str
    name: str


class Link(Part):
    """Where there is more to read."""

    value: str


class MatchedRule(Part):
    """The rule that a match comes of."""

    id: str
    description: str
    issue_type: str
    urls: tuple[Link, ...]
    category: RuleCategory
    is_premium: bool = False
    confidence: float = 1.0
    tags: tuple[str, ...] = ()


class Match(Part):
    """One finding; offset and length in UTF-16 code units of the text with its markup."""

    message: str
    short_message: str
    replacements: tuple[Replacement, ...]
    offset: int
    length: int
    context: Context
    sentence: str
    type: MatchType
    rule: MatchedRule
    ignore_for_incomplete_sentence: bool = False
    context_for_sure_match: int = 0


class CheckAnswer(Part):
    """A checked text."""

    software: Software
    warnings: Warnings
    language: AnsweredLanguage
    matches: tuple[Match, ...]


class Info(Part):
    """What can be told of the service without a text."""

    software: Software


class ListedRule(Part):
    """A rule as the list of rules shows it."""

    rule_id: str
    description: str
    category_id: str
    category_name: str
    loc_quality_issue_type: str


class Limits(Part):
    """How much may be asked."""

    max_text_length: int


class Configuration(Part):
    """What the service can do in a language."""

    software: Software
    parameter: Limits
    rules: tuple[ListedRule, ...]


class Words(Part):
    """Allowed words."""

    words: tuple[str, ...]


class Added(Part):
    """Whether a word was added: not where it stood there before."""

    added: bool


class Deleted(Part):
    """Whether a word was deleted."""

    deleted: bool
