"""The examples of the rules, tried: hits fire where they are marked, misses stay silent.

The same trial serves editors (`shenjiao lexicon check`) and the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import regex

from app.engine import Engine
from app.html_text import HtmlText
from detectors.kernel.finding import Category, Finding, Rule, Span, apply_first_replacements

MARKED = regex.compile(r"(⟦[^⟧]*⟧)", regex.ASCII)


def unmark(marked: str) -> tuple[str, list[Span]]:
    """Take the ⟦marks⟧ out of an example and return the spans they showed."""
    spans: list[Span] = []
    plain = ""
    for part in MARKED.split(marked):
        words = part.removeprefix("⟦").removesuffix("⟧")
        if words != part:
            spans.append(Span(len(plain), len(plain) + len(words)))
        plain += words
    return plain, spans


def day_for(rule: Rule) -> date:
    """Choose a day on which the rule is in force."""
    today = date.today()
    if rule.in_force(today):
        return today
    day = rule.valid_from if rule.valid_to is None else rule.valid_to
    assert day is not None
    return day


def findings_of_rule(engine: Engine, rule: Rule, text: str) -> list[Finding]:
    """Find where one rule fires, even where a graver or longer finding would hide it."""
    # What is said of links can only be shown in HTML.
    page = HtmlText(text) if rule.category is Category.LINK and "<p>" in text else None
    report = engine.check(
        text if page is None else page.text,
        published_on=day_for(rule),
        trial=True,
        rules={rule.code},
        links=() if page is None else page.links,
    )
    if page is None:
        return list(report.findings)
    return [replace(finding, span=page.in_source(finding.span)) for finding in report.findings]


def example_faults(engine: Engine, rule: Rule) -> Iterator[str]:
    """Say in Chinese which examples of a rule do not come out as they should."""
    for hit in rule.hits:
        text, expected = unmark(hit)
        found = findings_of_rule(engine, rule, text)
        spans = [finding.span for finding in found]
        if not spans or (expected and spans != expected):
            shown = "、".join(span.of(text) for span in spans) or "无"
            yield f"{rule.code}：hit“{hit}”应命中而未在应在之处命中（实际：{shown}）"
        elif all(finding.replacements for finding in found):
            mended = apply_first_replacements(text, found)
            if findings_of_rule(engine, rule, mended):
                yield f"{rule.code}：hit“{hit}”改正之后仍然命中"
    for miss in rule.misses:
        if findings_of_rule(engine, rule, miss):
            yield f"{rule.code}：miss“{miss}”应保持安静，却命中了"


def failing_examples(engine: Engine) -> list[str]:
    """Try the examples of all rules."""
    return [fault for rule in engine.rules.values() for fault in example_faults(engine, rule)]
