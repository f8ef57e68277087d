"""What a client wants to have checked, and which rules it wants to hear of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Self

from app.language_tool.annotation import AnnotatedText
from app.language_tool.parameters import ParameterError, Parameters, listed, switched_on
from app.text_report import Report
from detectors.kernel.finding import Category, Rule

AUTO = "auto"
OUR_CODES = frozenset({AUTO, "zh", "zh-cn", "zh-hans", "zh-hans-cn", "zh-sg"})
LEVELS = ("default", "picky")


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that a client switches on and off, by their codes and by those of their categories."""

    enabled_rules: frozenset[str] = frozenset()
    disabled_rules: frozenset[str] = frozenset()
    enabled_categories: frozenset[str] = frozenset()
    """In capitals, as all codes of categories are shown."""
    disabled_categories: frozenset[str] = frozenset()
    only: bool = False
    """Only what is switched on."""

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read the five parameters that select.

        Raises:
            ParameterError: they contradict one another.
        """
        chosen = cls(
            listed(parameters, "enabledRules"),
            listed(parameters, "disabledRules"),
            frozenset(map(str.upper, listed(parameters, "enabledCategories"))),
            frozenset(map(str.upper, listed(parameters, "disabledCategories"))),
            switched_on(parameters, "enabledOnly"),
        )
        if chosen.only and (chosen.disabled_rules or chosen.disabled_categories):
            raise ParameterError("enabledOnly 不与 disabledRules、disabledCategories 同用")
        if chosen.only and not (chosen.enabled_rules or chosen.enabled_categories):
            raise ParameterError("enabledOnly 须与 enabledRules 或 enabledCategories 同用")
        return chosen

    def wants(self, rule: Rule) -> bool:
        """Tell whether the client wants to hear of a rule."""
        category = code_of(rule)
        if self.only:
            return rule.code in self.enabled_rules or category in self.enabled_categories
        if rule.code in self.disabled_rules:
            return False
        return category not in self.disabled_categories or rule.code in self.enabled_rules

    def codes(self, rules: Iterable[Rule]) -> Collection[str] | None:
        """Name the only rules that shall be heeded; None where others may hide them, as is usual."""
        return frozenset(rule.code for rule in rules if self.wants(rule)) if self.only else None

    def categories(self) -> Collection[Category]:
        """Name the categories in which there is anything that the client wants."""
        if self.only or self.enabled_rules:
            return frozenset(Category)
        return frozenset(kind for kind in Category if kind.value.upper() not in self.disabled_categories)

    def of(self, report: Report) -> Report:
        """Leave out of a report what the client does not want.

        Rules are silenced after the check and not before it: else a guess would say what a listed rule may not.
        """
        return replace(report, findings=tuple(f for f in report.findings if self.wants(f.rule)))


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A text to be checked."""

    draft: AnnotatedText
    selection: Selection
    language: str
    """As the client wrote it."""
    picky: bool
    """Findings on weak grounds, too."""

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read the parameters of `check`.

        Raises:
            ParameterError: one is missing or wrong.
        """
        level = parameters.get("level", LEVELS[0])
        if level not in LEVELS:
            raise ParameterError(f"level 应是 {' 或 '.join(LEVELS)}")
        return cls(
            _draft(parameters),
            Selection.read(parameters),
            require_our_language(parameters),
            picky=level == "picky",
        )


def _draft(parameters: Parameters) -> AnnotatedText:
    if ("text" in parameters) == ("data" in parameters):
        raise ParameterError("text 和 data 须有一个，且只能有一个")
    if "data" in parameters:
        return AnnotatedText.read(parameters["data"])
    return AnnotatedText.plain(parameters["text"])


def require_our_language(parameters: Parameters) -> str:
    """Give the language that is asked for.

    Raises:
        ParameterError: it is none of those checked here.
    """
    language = parameters.get("language", "")
    if not language:
        raise ParameterError("缺少参数 language")
    if language.replace("_", "-").lower() not in OUR_CODES:
        raise ParameterError("language 应是 zh-CN 或 auto；这里只检查中文，支持的语言见 /v2/languages")
    return language


def code_of(rule: Rule) -> str:
    """Give the code of a rule's category as LanguageTool's clients know such codes: in capitals."""
    return rule.category.value.upper()
