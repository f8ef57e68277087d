"""Every rule, wherever it comes from: whole, sourced, proved by its examples, and of one piece."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
import regex

import app
import detectors
from app.engine import Engine
from app.examples import example_faults
from detectors.kernel.finding import Category, Rule, Severity

ENGINE = Engine.load()
RULES = [pytest.param(rule, id=code) for code, rule in sorted(ENGINE.rules.items())]


@pytest.mark.parametrize("rule", RULES)
def test_rule_fires_where_its_hits_are_marked_and_is_silent_on_its_misses(rule: Rule) -> None:
    assert list(example_faults(ENGINE, rule)) == []


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_whole(rule: Rule) -> None:
    assert rule.hits
    assert rule.misses
    assert rule.why.endswith(("。", "？"))
    assert rule.source.title
    assert rule.source.issuer
    assert regex.fullmatch(r"\d{4}(-\d\d){0,2}", rule.source.date)
    assert regex.fullmatch(r"[A-Z]{2}\d{3,4}", rule.code)


@pytest.mark.parametrize("rule", RULES)
def test_lawful_examples_draw_no_error_from_any_rule(rule: Rule) -> None:
    for miss in rule.misses:
        grave = [f for f in ENGINE.check(miss).findings if f.rule.severity is Severity.ERROR]
        assert [(f.rule.code, f.span.of(miss)) for f in grave if f.rule.category is not rule.category] == []


@pytest.mark.parametrize("category", list(Category))
def test_every_category_of_this_release_has_rules(category: Category) -> None:
    assert any(rule.category is category for rule in ENGINE.rules.values())


def modules(package: object) -> Iterator[object]:
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):  # type: ignore[attr-defined]
        try:
            yield importlib.import_module(found.name)
        except ModuleNotFoundError as error:
            # The extra of the cluster lies in an environment of its own.
            if error.name != "ray":
                raise


def test_every_expression_counts_only_ascii_digits_and_letters() -> None:
    r"""Otherwise Han characters are letters, and \b and \w mislead beside them."""
    expressions = [
        (module.__name__, name)  # type: ignore[attr-defined]
        for package in (app, detectors)
        for module in modules(package)
        for name, value in vars(module).items()
        if isinstance(value, regex.Pattern) and not value.flags & regex.ASCII
    ]

    assert expressions == []


def test_every_detector_file_exports_exactly_one_detector() -> None:
    for module in modules(detectors):
        name = module.__name__  # type: ignore[attr-defined]
        if name.startswith("detectors.kernel") or hasattr(module, "__path__"):
            continue
        assert hasattr(module, "DETECTOR"), name
