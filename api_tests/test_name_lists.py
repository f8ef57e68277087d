"""Lists of names: a list for every source, and a finding cites the source that vouches for its name."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.engine import Engine
from detectors.kernel.names import KINDS_OF_MANY, read_name_lists
from detectors.kernel.sources import LEXICONS, LexiconError, load_sources

SOURCES = load_sources(LEXICONS)
LISTS = read_name_lists(LEXICONS / "names", SOURCES, "FX")
HEAD = """+++
id = "{code}"
title = "试用"
kind = "{kind}"
why = "试用。"
source = "xianfa-2018"
hit = ["⟦国家宪法目⟧。"]
miss = ["国家宪法日。"]
+++
国家宪法日
"""


def write(folder: Path, code: str, kind: str) -> None:
    (folder / f"{code}.txt").write_text(HEAD.format(code=code, kind=kind), encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS_OF_MANY)
def test_lists_of_one_kind_from_several_sources_stand_side_by_side(kind: str, tmp_path: Path) -> None:
    write(tmp_path, "FX3901", kind)
    write(tmp_path, "FX3902", kind)

    assert [names.rule.code for names in read_name_lists(tmp_path, SOURCES, "FX")[kind]] == [
        "FX3901",
        "FX3902",
    ]


def test_a_second_list_of_a_kind_that_detectors_know_one_of_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "FX3901", "countries")
    write(tmp_path, "FX3902", "countries")

    with pytest.raises(LexiconError, match="已有一份名单"):
        read_name_lists(tmp_path, SOURCES, "FX")


@pytest.mark.parametrize("kind", KINDS_OF_MANY)
def test_no_name_stands_in_two_lists_with_two_sources(kind: str) -> None:
    stands = Counter(row[0] for names in LISTS[kind] for row in names.rows)

    assert [name for name, times in stands.items() if times > 1] == []


@pytest.mark.parametrize(
    ("text", "code", "issuer"),
    [
        ("今天是国际反腐拜日。", "FX3021", "联合国"),
        ("完成第七次全国人口朴查。", "FX3037", "国务院、国务院办公厅"),
        ("颁发国家最高科学技木奖。", "FX3019", "全国人民代表大会常务委员会办公厅"),
        ("参观中国人民抗日战争记念馆。", "FX3033", "中共中央宣传部"),
        ("依据《联合国海洋法公法约》主张权利。", "FX3046", "外交部"),
        ("学习《习近平谈治国里政》。", "FX3045", "国家图书馆"),
    ],
)
def test_a_finding_cites_the_source_that_vouches_for_its_name(
    text: str, code: str, issuer: str, engine: Engine
) -> None:
    found = {finding.rule.code: finding.rule.source.issuer for finding in engine.check(text).findings}

    assert found.get(code) == issuer
