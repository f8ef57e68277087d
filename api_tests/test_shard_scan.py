"""A shard of an archive: what becomes of its documents and of what belongs to them."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from api_tests.gate_kit import CLEAN, DRAFT, ERROR
from app.archive.document import Document
from app.archive.how import How
from app.archive.result import Outcome, ScannedPart
from app.archive.shard_scan import scan_shard
from app.engine import Engine
from app.formats.kernel.reading import Options
from app.site.layer import NO_LAYER

DAY = date(2026, 11, 22)
IDENTITY = "11010519491231002X"
LEAK = f"受助人王小明，身份证号{IDENTITY}。"
BEFORE_THE_RENAMING = "国家林业局印发通知。"


def at(path: Path, number: int = 1, **fields: object) -> Document:
    return Document(number, path.name, str(path), **fields)  # type: ignore[arg-type]


def parts_of(engine: Engine, document: Document, root: Path | None = None) -> tuple[ScannedPart, ...]:
    result = scan_shard(engine, NO_LAYER, [document], How(Options(), DAY, root))
    return result.documents[0].parts


def test_a_shard_keeps_the_order_of_its_documents_and_goes_on_after_one_that_cannot_be_read(
    engine: Engine, tmp_path: Path
) -> None:
    for name, content in (("a.txt", DRAFT), ("c.txt", CLEAN)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4")
    documents = [
        at(tmp_path / name, number) for number, name in enumerate(("a.txt", "b.pdf", "c.txt", "d.txt"), 1)
    ]

    result = scan_shard(engine, NO_LAYER, documents, How(Options(), DAY))

    outcomes = [(one.number, one.parts[0].name, one.parts[0].outcome) for one in result.documents]
    assert outcomes == [
        (1, "a.txt", Outcome.BLOCK),
        (2, "b.pdf", Outcome.FAILED),
        (3, "c.txt", Outcome.PASS),
        (4, "d.txt", Outcome.FAILED),
    ]
    assert "PDF" in result.documents[1].parts[0].reason
    (found,) = result.documents[0].parts[0].findings
    assert (found.text, found.place, found.replacements) == (ERROR, "1:1", ("截至目前",))
    assert [card.code for card in result.rules] == [found.rule]
    assert result == scan_shard(engine, NO_LAYER, documents, How(Options(), DAY))


def test_members_of_an_archive_and_what_a_page_links_to_are_parts(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "list.txt").write_text(LEAK, encoding="utf-8")
    (tmp_path / "page.html").write_text(f"<p>{DRAFT}<a href='files/list.txt'>名单</a></p>", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as package:
        package.writestr("one.txt", CLEAN)
        package.writestr("two.txt", DRAFT)

    page = parts_of(engine, at(tmp_path / "page.html"), tmp_path)
    members = parts_of(engine, at(tmp_path / "all.zip"))

    assert [(part.name, part.outcome) for part in page] == [
        ("page.html", Outcome.BLOCK),
        ("page.html › files/list.txt", Outcome.BLOCK),
    ]
    assert [(part.name, part.outcome, part.characters) for part in members] == [
        ("all.zip", Outcome.PASS, None),
        ("all.zip/one.txt", Outcome.PASS, len(CLEAN)),
        ("all.zip/two.txt", Outcome.BLOCK, len(DRAFT)),
    ]
    assert len(parts_of(engine, at(tmp_path / "page.html"))) == 1


def test_the_day_of_publication_decides_which_rules_apply(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BEFORE_THE_RENAMING, encoding="utf-8")

    old, new = (
        parts_of(engine, at(tmp_path / "a.txt", published_on=day))[0] for day in (date(2010, 5, 1), None)
    )

    assert not old.findings
    assert "国家林业局" in [found.text for found in new.findings]


def test_the_text_of_a_row_is_checked_as_what_the_run_says_it_is(engine: Engine) -> None:
    row = Document(1, "https://a.gov.cn/1", "rows.jsonl#1", text=f"<p>{ERROR[:2]}<b>{ERROR[2:]}</b></p>")

    as_text = scan_shard(engine, NO_LAYER, [row], How(Options(), DAY))
    as_page = scan_shard(engine, NO_LAYER, [row], How(Options(), DAY, text_suffix=".html"))

    assert ERROR not in [found.text for found in as_text.documents[0].parts[0].findings]
    (found,) = as_page.documents[0].parts[0].findings
    assert (found.text, found.place) == (ERROR, "1:4")


def test_what_the_source_could_not_tell_is_a_failure_with_its_reason(engine: Engine) -> None:
    (part,) = parts_of(engine, Document(1, "第 3 行", "rows.csv#3", fault="这一行没有正文"))

    assert (part.outcome, part.reason) == (Outcome.FAILED, "这一行没有正文")


def test_a_text_that_makes_a_detector_fail_is_a_failure_that_quotes_nothing(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")
    (tmp_path / "b.txt").write_text(CLEAN, encoding="utf-8")
    real = Engine.check

    def check(self: Engine, text: str, **how: object) -> object:
        if IDENTITY in text:
            raise ValueError(text)
        return real(self, text, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "check", check)
    documents = [at(tmp_path / "a.txt", 1), at(tmp_path / "b.txt", 2)]
    failed, sound = scan_shard(engine, NO_LAYER, documents, How(Options(), DAY)).documents

    assert (failed.parts[0].outcome, failed.parts[0].reason) == (Outcome.FAILED, "检查时出错（ValueError）")
    assert sound.parts[0].outcome is Outcome.PASS


def test_a_result_quotes_no_personal_data_and_its_digest_does_not_depend_on_it(
    engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")
    (tmp_path / "b.txt").write_text(LEAK.replace("19491231", "19501231"), encoding="utf-8")
    (tmp_path / "c.txt").write_text(LEAK + CLEAN, encoding="utf-8")

    first, other, longer = (parts_of(engine, at(tmp_path / name))[0] for name in ("a.txt", "b.txt", "c.txt"))

    assert first.findings
    assert "19491231" not in json.dumps([asdict(found) for found in first.findings], ensure_ascii=False)
    assert first.digest == other.digest != longer.digest
