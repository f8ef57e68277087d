"""A site's own roster, with made-up persons: names beside posts, order of names, the import."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.documents import UnreadableError
from app.engine import Engine
from app.roster import as_toml, read_rows
from detectors.expressions.person import Persons
from detectors.expressions.person_title import PersonTitles
from detectors.kernel.confusion import characters_of
from detectors.kernel.finding import Source
from detectors.kernel.persons import read_roster
from detectors.kernel.sources import LEXICONS, LexiconError

CHARACTERS = characters_of(LEXICONS)
SOURCES = {"benzhan": Source("领导信息", "江州市人民政府", "2026")}
CSV = "姓名,职务,起始日,终止日\n王可凡,市长,2024-01-10,\n王可凡,市委副书记,2023-12-01,\n李思齐,副市长,,\n"
ORDER = """
[[entry]]
id = "FX5901"
order = ["王可凡", "李思齐", "赵小明"]
why = "按公布的次序。"
source = "benzhan"
hit = ["⟦李思齐、王可凡、赵小明⟧出席。"]
miss = ["王可凡、李思齐、赵小明出席。"]
"""


@pytest.fixture
def roster_engine(tmp_path: Path) -> Engine:
    (tmp_path / "site.toml").write_text(
        "\n".join(as_toml(read_rows(CSV), "benzhan", CHARACTERS)) + ORDER, encoding="utf-8"
    )
    return Engine([], [Persons(read_roster(tmp_path, SOURCES, "FX"), CHARACTERS)], "test")


@pytest.mark.parametrize("wrong", ["市长王科凡主持会议。", "王可帆同志出席。", "市委副书记王可烦讲话。"])
def test_a_misspelt_name_beside_its_post_is_found(roster_engine: Engine, wrong: str) -> None:
    assert [f.replacements for f in roster_engine.check(wrong).findings] == [("王可凡",)]


@pytest.mark.parametrize(
    "lawful", ["市长王可凡主持会议。", "副主任王科凡介绍情况。", "村民王可帆获奖。", "李思齐、王可凡参加。"]
)
def test_another_person_of_a_similar_name_is_left_alone(roster_engine: Engine, lawful: str) -> None:
    assert roster_engine.check(lawful).findings == ()


@pytest.fixture
def title_engine(tmp_path: Path) -> Engine:
    (tmp_path / "site.toml").write_text(
        "\n".join(as_toml(read_rows(CSV), "benzhan", CHARACTERS)), encoding="utf-8"
    )
    return Engine([], [PersonTitles(read_roster(tmp_path, SOURCES, "FX"), CHARACTERS)], "test")


@pytest.mark.parametrize(
    "wrong", ["市委副书纪王可凡讲话。", "市副书记王可凡讲话。", "王可凡市委副记书讲话。"]
)
def test_a_misspelt_title_beside_the_right_name_is_found(title_engine: Engine, wrong: str) -> None:
    assert [f.replacements for f in title_engine.check(wrong).findings] == [("市委副书记",)]


@pytest.mark.parametrize("lawful", ["市长王可凡讲话。", "会长王可凡讲话。", "王可凡市长在会上讲话。"])
def test_another_title_beside_a_name_is_left_alone(title_engine: Engine, lawful: str) -> None:
    assert title_engine.check(lawful).findings == ()


def test_a_name_that_others_bear_too_needs_more_than_comrade(tmp_path: Path) -> None:
    person = """
[[entry]]
id = "FX5901"
name = "王可凡"
posts = ["先进事迹"]
titles_only = true
why = "姓名须准确。"
source = "benzhan"
hit = ["学习⟦王科凡⟧先进事迹。"]
miss = ["王可凡先进事迹感人。"]
"""
    (tmp_path / "site.toml").write_text(person, encoding="utf-8")
    engine = Engine([], [Persons(read_roster(tmp_path, SOURCES, "FX"), CHARACTERS)], "test")

    assert engine.check("王科凡同志发言。").findings == ()
    assert [f.replacements for f in engine.check("学习王科凡先进事迹。").findings] == [("王可凡",)]


def test_names_out_of_order_are_found(roster_engine: Engine) -> None:
    text = "李思齐、王可凡、赵小明出席会议。"

    (finding,) = roster_engine.check(text).findings

    assert finding.span.of(text) == "李思齐、王可凡、赵小明"
    assert finding.replacements == ("王可凡、李思齐、赵小明",)


@pytest.mark.parametrize(
    ("csv", "said"),
    [("姓名,单位\n甲,乙\n", "缺少列：职务"), ("姓名,职务\n王可凡,\n", "第 2 行缺少姓名或职务")],
)
def test_a_faulty_list_is_refused_in_chinese(csv: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read_rows(csv)


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    rows = read_rows("姓名,职务,起始日\n王可凡,市长,去年\n")
    (tmp_path / "site.toml").write_text("\n".join(as_toml(rows, "benzhan", CHARACTERS)), encoding="utf-8")

    with pytest.raises(LexiconError, match="应写作“职务 起始日 终止日”"):
        read_roster(tmp_path, SOURCES, "FX")
