"""A synthetic archive: articles of real paragraphs, in some of which a known fault is planted; drawn by a fixed seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from app.engine import Engine
from app.examples import unmark
from bench.privacy_texts import texts as privacy_texts
from bench.speed_texts import documents
from detectors.kernel.finding import Category

SEED = 20261122
PLANTED = 0.05
"""Share of the articles that hold a planted fault."""
PARAGRAPHS = 60
"""Code points of a piece; an article has as many as its length asks for."""
FIRST_DAY = date(2019, 1, 1)
UNITS = ("市政务服务中心", "市教育局", "市卫生健康委", "市水利局", "市文化和旅游局")
COLUMNS = ("通知公告", "工作动态", "政策解读")


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the archive."""

    address: str
    title: str
    text: str = field(repr=False)
    published_on: date
    planted: bool
    unit: str
    column: str

    @property
    def row(self) -> str:
        """Write it as a row of a dataset."""
        cells = {
            "网址": self.address,
            "标题": self.title,
            "正文": self.text,
            "发布时间": self.published_on.isoformat(),
            "单位": self.unit,
            "账号或网站": "示例网",
            "栏目": self.column,
        }
        return json.dumps(cells, ensure_ascii=False)


def articles(engine: Engine, corpora: Path, number: int, length: int) -> Iterator[Article]:
    """Draw articles one by one.

    Args:
        engine: its rules have examples of faults.
        corpora: folder of the texts; without them sentences are drawn.
        number: how many articles.
        length: code points of an article, about.
    """
    chance = random.Random(SEED)
    faults = _faults(engine)
    _, real = documents(corpora, 400)
    pieces = [piece for text in real for piece in text.splitlines() if len(piece) >= PARAGRAPHS]
    for count in range(1, number + 1):
        lines: list[str] = []
        while sum(map(len, lines)) < length:
            lines.append(chance.choice(pieces)[:length])
        planted = chance.random() < PLANTED
        if planted:
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(faults))
        yield Article(
            f"https://www.example.gov.cn/{count}.html",
            f"第{count}号通知",
            "\n".join(lines),
            FIRST_DAY + timedelta(days=chance.randrange(2500)),
            planted,
            chance.choice(UNITS),
            chance.choice(COLUMNS),
        )


def _faults(engine: Engine) -> Sequence[str]:
    """Give sentences with a fault each: what the rules of wording say is wrong, and made-up personal data."""
    wordings = [
        unmark(hit)[0]
        for rule in engine.rules.values()
        if rule.category in {Category.EXPRESSION, Category.TYPO} and not rule.trial
        for hit in rule.hits
    ]
    drawn = [made.text for _, made in privacy_texts(200, SEED) if "\n" not in made.text]
    return [*(one for one in wordings if "\n" not in one), *drawn]
