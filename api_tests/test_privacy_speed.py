"""No expression of personal data costs the square of a text, whatever the text is made of."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from app.engine import Engine
from detectors.kernel.detector import Detector
from detectors.kernel.finding import Category
from detectors.kernel.text import Text

DETECTORS = [
    pytest.param(detector, id=type(detector).__name__ + " " + detector.rules[0].code)
    for detector in Engine.load().pattern_detectors
    if all(rule.category is Category.PRIVACY for rule in detector.rules)
]
LENGTH = 20_000
DOUBLINGS = 2
MOST_PER_DOUBLING = 3.0
"""A square would take four times as long; a busy machine is forgiven the rest."""
TRIES = 3
WORST = {
    "digits": lambda n: "1" * n,
    "identity numbers without a break": lambda n: "11010519491231002" * (n // 17),
    "digits and blanks": lambda n: "1 " * (n // 2),
    "digits and hyphens": lambda n: "13-" * (n // 3),
    "digits and line breaks": lambda n: "1\n" * (n // 2),
    "masks": lambda n: "1" + "*" * n,
    "beginnings of masked numbers": lambda n: "110105*" * (n // 7),
    "letters and digits": lambda n: "A1" * (n // 2),
    "letters": lambda n: "微信号" + "a" * n,
    "mailboxes": lambda n: "a.@" * (n // 3),
    "domains": lambda n: "@" + "a." * (n // 2),
    "addresses": lambda n: "住" + "村3组号" * (n // 4),
    "Han characters": lambda n: "村1号" + "赵" * n,
    "days of birth": lambda n: "出生1949-12-31" * (n // 12),
    "rows of numbers": lambda n: "赵小明\t11010519491231002X\t13800138000\n" * (n // 35),
    "one row of numbers": lambda n: "赵小明\t13800138000\t" * (n // 16),
    "comma rows": lambda n: "姓名,身份证号\n" + "赵小明,110105********002X,1949-12-31\n" * (n // 35),
    "bars": lambda n: "|" * n,
    "plates": lambda n: "车牌" + "鄂A1" * (n // 3),
    "powers": lambda n: "1.10105E+17" * (n // 11),
    "papers": lambda n: "军字第" * (n // 3) + "2001988",
    "one sentence of numbers": lambda n: "赵小明，手机13800138000，" * (n // 17),
    "heads": lambda n: "姓名\t身份证号\n" * (n // 8),
}
GROWING = [pytest.param(grown, id=name) for name, grown in WORST.items()]


def seconds(work: Callable[[], object]) -> float:
    """The least time of several tries."""
    times = []
    for _ in range(TRIES):
        begun = time.thread_time()
        work()
        times.append(time.thread_time() - begun)
    return min(times)


@pytest.mark.parametrize("grown", GROWING)
@pytest.mark.parametrize("detector", DETECTORS)
def test_twice_the_worst_text_takes_no_more_than_about_twice_as_long(
    detector: Detector, grown: Callable[[int], str]
) -> None:
    texts = [grown(LENGTH << doubling) for doubling in (0, DOUBLINGS)]
    short, long = (seconds(lambda text=text: list(detector.find(Text.of(text)))) for text in texts)  # type: ignore[misc]

    assert long < max(0.05, short * MOST_PER_DOUBLING**DOUBLINGS)
