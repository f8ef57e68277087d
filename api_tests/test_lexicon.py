"""The lexicon loader: what is wrong is said in Chinese, with file and entry, and nothing is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine import lexicon_version
from detectors.kernel.finding import Category, Severity, Source
from detectors.kernel.lexicon import Entry, LexiconFolder
from detectors.kernel.sources import LexiconError, load_sources

FOLDER = LexiconFolder("typos", Category.TYPO, "TY", Severity.ERROR)
SOURCES = {"cidian": Source("词典", "出版社", "2016")}
GOOD = """
[[entry]]
id = "TY0001"
find = ["截止目前"]
use = ["截至目前"]
why = "说到某时为止，用“截至”。"
source = "cidian"
hit = ["截止目前，已完成投资12亿元。"]
miss = ["截至目前已有300人报名。"]
"""


def read(folder: Path, *files: str) -> tuple[Entry, ...]:
    (folder / "typos").mkdir()
    for number, content in enumerate(files):
        (folder / "typos" / f"words_{number}.toml").write_text(content, encoding="utf-8")
    return FOLDER.read(folder, SOURCES)


def test_a_whole_entry_becomes_a_rule(tmp_path: Path) -> None:
    (only,) = read(tmp_path, GOOD)

    assert only.rule.code == "TY0001"
    assert only.rule.severity is Severity.ERROR
    assert only.rule.uses == ("截至目前",)
    assert only.rule.name == "“截止目前”宜作“截至目前”"


def test_a_change_mends_only_what_is_wrong_inside_each_form(tmp_path: Path) -> None:
    several = GOOD.replace('find = ["截止目前"]', 'find = ["截止目前", "截止今日"]')
    (only,) = read(tmp_path, several.replace('use = ["截至目前"]', 'change = ["截止", "截至"]'))

    assert only.advice("截止目前") == ("截至目前",)
    assert only.advice("截止今日") == ("截至今日",)
    assert only.rule.uses == ("截至目前", "截至今日")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "TY0001"', 'id = "FX0001"', "id 应为 TY 加四位数字"),
        ('id = "TY0001"', 'id = "TY001"', "id 应为 TY 加四位数字"),
        ('find = ["截止目前"]', 'find = "截止目前"', "find 应是字符串列表"),
        ('find = ["截止目前"]', 'find = ["截"]', "太短"),
        ('find = ["截止目前"]', "find = []", "find 应列出至少一个非空的字符串"),
        ('find = ["截止目前"]', 'find = ["截止目前"]\nfindd = ["x"]', "不认识的字段 findd"),
        ('source = "cidian"', 'source = "cidan"', "出处“cidan”不在 sources.toml 中"),
        ('why = "说到某时为止，用“截至”。"\n', "", "缺少字段 why"),
        ('why = "说到某时为止，用“截至”。"', 'why = " "', "why 不能为空"),
        ('source = "cidian"', 'source = "cidian"\nseverity = "fatal"', "severity 应为"),
        ('source = "cidian"', 'source = "cidian"\nvalid_from = "2018-01-01"', "valid_from 应是日期"),
        ('source = "cidian"', 'source = "cidian"\nvalid_from = 2018-01-01T00:00:00', "valid_from 应是日期"),
        ('source = "cidian"', 'source = "cidian"\ntrial = "yes"', "trial 应是true 或 false"),
        ('source = "cidian"', 'source = "cidian"\nexcept = ["别的"]', "不含任何 find 词形"),
        ("截止目前，已完成", "截至今日，已完成", "中没有 find 的词形"),
        ("截至目前已有300人报名。", "天气晴好。", "离本条太远"),
        ('use = ["截至目前"]', 'use = ["请勿截止目前"]', "含有 TY0001 所禁的“截止目前”"),
        ('use = ["截至目前"]', 'change = ["止", "至", "到"]', "change 应为两项"),
        ('use = ["截至目前"]', 'change = ["按", "至"]', "不含 change 的“按”"),
        ('source = "cidian"', 'source = "cidian"\nchange = ["止", "至"]', "change 不与 use、action 同用"),
        ('source = "cidian"', 'source = "cidian"\nneeds_model = "yes"', "needs_model 应是true 或 false"),
        ('use = ["截至目前"]', 'use = ["截至今"]\nneeds_model = true', "长短一样"),
        ('use = ["截至目前"]', 'action = "delete"\nneeds_model = true', "needs_model 要求"),
        ('use = ["截至目前"]', 'action = "drop"', "action 应为 delete（删去）或 quote（加引号）"),
        ('source = "cidian"', 'source = "cidian"\naction = "delete"', "action 和 use 只能有一个"),
        ('use = ["截至目前"]', 'action = "quote"\nquote_ok = true', "不写 quote_ok"),
        ('source = "cidian"', 'source = "cidian"\nvariants = ["mark"]', "variants 中的“mark”不认识"),
        ("[[entry]]", "[entry]", "条目应写作 [[entry]]"),
        ("[[entry]]", "[[entries]]", "不认识的段落 entries"),
        ("[[entry]]", "[[entry]", "TOML 格式有误"),
    ],
)
def test_a_faulty_entry_is_refused_with_file_and_reason(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(LexiconError) as refusal:
        read(tmp_path, GOOD.replace(old, new))

    assert said in str(refusal.value)
    assert "words_0.toml" in str(refusal.value)


def test_an_id_is_never_used_twice(tmp_path: Path) -> None:
    other = GOOD.replace("截止目前", "截止今日").replace("截至目前", "截至今日")

    with pytest.raises(LexiconError, match=r"words_1\.toml TY0001：编号已在 typos/words_0\.toml 用过"):
        read(tmp_path, GOOD, other)


def test_the_id_of_a_retired_entry_is_never_used_again(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="编号永不重用"):
        read(tmp_path, '[[retired]]\nid = "TY0001"\nwhy = "并入他条"\n', GOOD)


def test_a_form_may_stand_only_once(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="词形“截止目前”在 TY0001 中已有"):
        read(tmp_path, GOOD, GOOD.replace("TY0001", "TY0002"))


def test_advice_that_another_entry_forbids_is_refused(tmp_path: Path) -> None:
    other = GOOD.replace("TY0001", "TY0002").replace("截止目前", "截止当前").replace("截至目前", "截止目前")

    with pytest.raises(LexiconError, match="所禁的“截止目前”"):
        read(tmp_path, GOOD, other)


def test_a_word_that_must_stand_in_quotes_may_advise_its_quoted_form(tmp_path: Path) -> None:
    quoted = GOOD.replace("截至目前", "“截止目前”").replace(
        'source = "cidian"', 'source = "cidian"\nquote_ok = true'
    )

    assert read(tmp_path, quoted)


def test_an_entry_may_say_that_its_forms_are_deleted(tmp_path: Path) -> None:
    (only,) = read(tmp_path, GOOD.replace('use = ["截至目前"]', 'action = "delete"'))

    assert only.advice("截止目前") == ("",)
    assert only.rule.name == "“截止目前”宜删去"


def test_an_entry_may_say_that_its_forms_stand_in_quotes_each_as_it_is(tmp_path: Path) -> None:
    two = GOOD.replace('use = ["截至目前"]', 'action = "quote"').replace(
        '"截止目前"]', '"截止目前", "截止今日"]'
    )
    (only,) = read(tmp_path, two)

    assert only.quote_ok
    assert only.advice("截止今日") == ("“截止今日”",)
    assert only.rule.uses == ("“截止目前”", "“截止今日”")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "typos").mkdir()
    (tmp_path / "typos" / "old.toml").write_bytes(GOOD.encode("gb18030"))

    with pytest.raises(LexiconError, match=r"old\.toml：不是 UTF-8 编码"):
        FOLDER.read(tmp_path, SOURCES)


@pytest.mark.parametrize(
    "content",
    ['[a]\ntitle = "x"\nissuer = "y"\n', '[a]\ntitle = "x"\nissuer = "y"\ndate = ""\n', 'a = "b"\n'],
)
def test_a_source_without_title_issuer_and_date_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "sources.toml").write_text(content, encoding="utf-8")

    with pytest.raises(LexiconError, match=r"sources\.toml：\[a\]"):
        load_sources(tmp_path)


def test_the_version_changes_with_every_byte_of_the_lexicons(tmp_path: Path) -> None:
    (tmp_path / "release.toml").write_text("released = 2026-11-22\n")
    (tmp_path / "words.toml").write_text("a = 1\n")
    before = lexicon_version(tmp_path)
    (tmp_path / "words.toml").write_text("a = 2\n")

    assert before.startswith("2026.11.22-")
    assert lexicon_version(tmp_path) != before


def test_lexicons_without_a_release_day_are_refused(tmp_path: Path) -> None:
    (tmp_path / "release.toml").write_text("released = 'soon'\n")

    with pytest.raises(LexiconError, match="released"):
        lexicon_version(tmp_path)
