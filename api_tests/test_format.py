"""Document form: what is read of a whole document, what is left alone, and first looks that lose nothing."""

from __future__ import annotations

import importlib
import pkgutil
import random
import time
from collections.abc import Iterator

import pytest

import detectors.format
from app.engine import Engine
from app.examples import unmark
from app.text_report import Verdict
from detectors.kernel.detector import Detector, Habitual, Pattern, Patterns
from detectors.kernel.finding import Category, Finding, Severity
from detectors.kernel.text import Text


def format_findings(engine: Engine, text: str) -> list[Finding]:
    return list(engine.check(text, categories={Category.FORMAT}).findings)


def found(engine: Engine, text: str) -> list[tuple[str, str]]:
    return [(finding.rule.code, finding.span.of(text)) for finding in format_findings(engine, text)]


def patterns_of(detector: Detector) -> Iterator[Pattern]:
    if isinstance(detector, Pattern):
        yield detector
    elif isinstance(detector, Habitual):
        yield from patterns_of(detector.detector)
    elif isinstance(detector, Patterns):
        for part in detector.parts:
            yield from patterns_of(part)


PATTERNS = [
    pytest.param(pattern, id=f"{module.name}-{number}")
    for module in pkgutil.iter_modules(detectors.format.__path__)
    for number, pattern in enumerate(
        patterns_of(importlib.import_module(f"{detectors.format.__name__}.{module.name}").DETECTOR)
    )
]
SLIPS = 40
"""Of every example."""
SURROUNDINGS = ("{}", "AI企业说明{}等有关事项", "  \n　　{}\n附注", "甲乙丙{}ABC。", "一{}一", "20{}")


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_a_first_look_rules_out_nothing_that_is_a_fault(pattern: Pattern, surroundings: str) -> None:
    for rule in pattern.rules:
        for example in (*rule.hits, *rule.misses):
            text = Text.of(surroundings.format(unmark(example)[0]))
            if any(map(pattern.judge, pattern.expression.finditer(text.folded, overlapped=True))):
                assert pattern.is_worth_a_look(text), text.folded


def mistyped(example: str, draw: random.Random) -> Iterator[str]:
    """Give a text as slips of the finger leave it, and cut off at either side of its mark."""
    text, marks = unmark(example)
    for span in marks:
        yield from (text[span.start :], text[: span.end])
    for _ in range(SLIPS):
        place, other = draw.randrange(len(text)), draw.choice(text)
        yield draw.choice((text[:place], text[:place] + other)) + text[place + draw.randrange(2) :]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_slips_of_the_finger_stop_neither_look_nor_judgement(pattern: Pattern) -> None:
    draw = random.Random(5)
    for example in (example for rule in pattern.rules for example in (*rule.hits, *rule.misses)):
        for written in mistyped(example, draw):
            text = Text.of(written)
            judged = list(map(pattern.judge, pattern.expression.finditer(text.folded, overlapped=True)))
            if any(judged):
                assert pattern.is_worth_a_look(text), text.folded


LAWFUL_DOCUMENTS = {
    "levels all the way down": (
        "一、总体要求\n（一）指导思想。\n1.坚持统筹。\n（1）强化责任。\n（2）细化措施。\n2.坚持创新。\n（二）基本原则。\n二、主要任务\n"
    ),
    "numbers that run on below every heading": (
        "一、总体要求\n（一）指导思想。\n（二）基本原则。\n二、主要任务\n（三）强化监管。\n（四）优化服务。\n三、保障措施\n（五）加强领导。\n"
    ),
    "lists that begin anew": "一、受理\n1.申请书。\n2.证明。\n二、办理\n1.审核。\n2.发证。\n3.归档。\n",
    "a first number inside the paragraph": "一、目标任务。（一）夯实基础。\n（二）提升能力。\n（三）形成机制。\n",
    "an excerpt": "（三）加强监督。\n（四）严肃问责。\n四、保障措施\n",
    "a table of contents before the text": "一、总则\n二、职责\n三、附则\n一、总则\n为规范管理。\n二、职责\n各司其职。\n三、附则\n自发布之日起施行。\n",
    "attachments that are numbered": "附件：1.检查结果汇总表\n2.问题清单\n3.整改台账\n",
    "a list inside a list": "1.材料：\n1.申请书。\n2.证明。\n2.时限：五日。\n3.地点：政务大厅。\n",
    "a quotation of several paragraphs": "“各地要高度重视。\n“各部门要密切配合。\n“各单位要认真落实。”会议强调。\n",
    "brackets of enumerations and of English": "a）申请；\nb）受理。\nPeople’s Bank of China（中国人民银行）\n",
    "times, ratios, decimals, scores and addresses of pages": (
        "会议于9:30开始，比例尺1:500，得分3:2，增长3.5%，详见http://www.example.gov.cn/a-b/1.html?x=1,2。\n"
    ),
    "English, code and numbers": 'Hello, world! {"a": 1, "b": [2, 3]} rm -rf --no-preserve-root GB/T 36324-2018 010-66668888\n',
    "a form to be filled in": "姓名：　　　　，性别：　　，年龄（　　）岁，电话：　　　　。\n",
    "a table": "序号\t单位\t得分\n1\t市教育局\t98.5\n2\t市民政局(本级)\t97.5\n",
}


@pytest.mark.parametrize("text", LAWFUL_DOCUMENTS.values(), ids=LAWFUL_DOCUMENTS)
def test_a_lawful_document_draws_no_warning_and_no_hint_about_its_order(engine: Engine, text: str) -> None:
    findings = format_findings(engine, text)

    assert [f for f in findings if f.rule.severity is not Severity.INFO] == []
    assert [f.rule.code for f in findings if f.rule.code not in ("FM020", "FM081")] == []


def test_numbers_out_of_order_are_found_anywhere_in_a_document(engine: Engine) -> None:
    text = "一、总体要求\n（一）指导思想。\n（三）基本原则。\n二、主要任务\n1.强化监管。\n2.优化服务。\n2.加强宣传。\n四、保障措施\n"

    assert found(engine, text) == [("FM021", "（三）"), ("FM021", "2."), ("FM021", "四、")]


def test_two_alike_halves_in_one_line_are_mended_at_the_second(engine: Engine) -> None:
    (finding,) = format_findings(engine, "打造“商务会客厅“和总部基地。")

    assert (finding.span.start, finding.replacements) == (8, ("”",))


def test_a_habit_of_the_whole_text_is_shown_once(engine: Engine) -> None:
    text = "各单位要高度重视,加强领导,压实责任,细化措施,强化督导,确保实效,及时总结"

    (finding,) = format_findings(engine, text)

    assert finding.span.start == text.index(",")
    assert finding.rule.why.endswith("只标出第一处。")


def test_a_slip_among_right_marks_is_shown_each_time(engine: Engine) -> None:
    text = "各单位要高度重视，加强领导，压实责任，细化措施,强化督导，确保实效,及时总结"

    assert found(engine, text) == [("FM080", ","), ("FM080", ",")]


def test_form_is_switched_off_by_category(engine: Engine) -> None:
    text = "一、总则\n三、附则 ，，请于2023年13月1日前"
    others = set(Category) - {Category.FORMAT}

    assert engine.check(text).verdict is Verdict.REVIEW
    assert engine.check(text, categories=others).findings == ()


@pytest.mark.parametrize(
    ("day", "weekday"), [("2024年2月29日", "四"), ("2000年1月1日", "六"), ("2026年11月22日", "日")]
)
def test_only_the_right_day_of_the_week_is_accepted(engine: Engine, day: str, weekday: str) -> None:
    others = set("一二三四五六日") - {weekday}

    assert found(engine, f"会议定于{day}（星期{weekday}）召开。") == []
    for other in others:
        (finding,) = format_findings(engine, f"会议定于{day}（星期{other}）召开。")
        assert finding.replacements == (f"星期{weekday}",)


@pytest.mark.parametrize(
    "unit",
    ["“台独", "“一”、", "《甲》、", "（甲", "\n“甲", "\n1、甲", "附件：甲\n", '"甲', "www.", "月3日", "、和"],
)
def test_the_time_for_a_strange_text_grows_with_its_length_only(engine: Engine, unit: str) -> None:
    def seconds(repeats: int) -> float:
        begun = time.process_time()
        engine.check(unit * repeats, categories={Category.FORMAT, Category.LINK})
        return time.process_time() - begun

    short = min(seconds(1_500) for _ in range(3))
    # 8 times the length; a square would take 64 times as long.
    assert min(seconds(12_000) for _ in range(3)) < 32 * max(short, 0.001)
