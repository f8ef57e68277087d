"""A long text read in pieces gives the same findings, and the same masked text, as in one piece."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import long_texts
from app.cli import main
from app.documents import Document, UnreadableError
from app.engine import Engine
from app.files import readings
from app.formats.kernel.limits import Limits
from app.formats.kernel.reading import Options, Reading
from app.long_check import PRIVACY, LongCheck
from app.long_redaction import LongRedaction
from app.long_texts import LongText
from app.masks import Masking, MaskStyle
from app.presentation import as_records, as_text
from app.redaction import redact
from app.site.layer import NO_LAYER
from bench.privacy_speed import long_list
from bench.privacy_texts import texts

ENGINE = Engine.load()
PIECES = (300, 2_000)
"""Code points."""
ROW = "赵小明{0}11010519491231002X{0}13800138000{0}1949-12-31{0}清河县安平镇幸福村3组15号"
HEAD = "姓名{0}身份证号{0}手机{0}出生日期{0}家庭住址"


def listed(separator: str, rows: int = 120, head: str = HEAD) -> str:
    return "\n".join([head.format(separator), *[ROW.format(separator)] * rows])


def drawn(seed: int, number: int, between: str) -> str:
    return between.join(text for _, (text, _, _) in texts(number, seed))


TEXTS = {
    "tabs": "清河县低保对象公示\n" + listed("\t"),
    "bars": listed("|"),
    "commas": "说明：以下为名单。\n" * 5 + listed(","),
    "no head": listed("\t", head=""),
    "a head of two lines": listed("\t", head="姓名\t证件{0}{0}日期\n\t身份证号{0}手机{0}出生日期{0}家庭住址"),
    "two lists": listed("\t", 40) + "\n以下是值班电话。\n" + listed("\t", 40, "单位{0}联系电话"),
    "a head late in the list": listed("\t", 50, "") + "\n" + listed("\t", 50),
    "blanks and invisible characters": listed("\t").replace("明", "明 \u200b").replace("138", "１３８ "),
    "numbers across line ends": "证件号码110105\n19491231002X，已领取。\n" * 60,
    "no line ends": "赵小明，手机13800138000，" * 200,
    "line ends of Windows": listed("\t", 60).replace("\n", "\r\n"),
    "drawn": drawn(7, 60, "\n"),
    "drawn with gaps": drawn(424242, 60, "\n\n"),
}


def shuffled(seed: int) -> str:
    order = random.Random(seed)
    lines = [line for text in TEXTS.values() for line in text.split("\n")]
    order.shuffle(lines)
    return "\n".join(lines)


TEXTS["shuffled"] = shuffled(7)
EVERY_TEXT = [pytest.param(text, id=name) for name, text in TEXTS.items()]


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "名单.txt"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("text", EVERY_TEXT)
def test_pieces_tell_what_the_whole_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, piece: int
) -> None:
    monkeypatch.setattr(long_texts, "PIECE", piece)
    path = written(tmp_path, text)
    reading = next(readings(path, Options()))
    assert isinstance(reading, Reading)
    report = ENGINE.check(text, categories=PRIVACY)
    for form, whole in (("jsonl", as_records), ("text", as_text)):
        told = list(LongCheck(ENGINE, NO_LAYER, None, hints=False).lines(LongText.of(path, Limits()), form))
        assert told == list(whole(reading, report))


@pytest.mark.parametrize("masking", [Masking(), Masking(MaskStyle.SIX_FOUR, keep_length=False)])
@pytest.mark.parametrize("text", EVERY_TEXT)
def test_pieces_are_masked_like_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, masking: Masking
) -> None:
    monkeypatch.setattr(long_texts, "PIECE", 300)
    whole = redact(ENGINE, Document("", text), masking=masking)
    out = io.BytesIO()
    long = LongText.of(written(tmp_path, text), Limits())
    outcome = LongRedaction(ENGINE, NO_LAYER, masking, everything=False).write(long, out)
    assert out.getvalue().decode() == whole.document.source
    assert outcome == (bool(whole.report.findings), whole.clean)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_commands_read_a_long_file_in_pieces_and_keep_its_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(long_texts, "LONG", 1)
    monkeypatch.setattr(long_texts, "PIECE", 1_000)
    text = listed("\t", 60)
    path = written(tmp_path, text, encoding)
    checked = CliRunner().invoke(main, ["check", str(path), "--category", "privacy", "--format", "jsonl"])
    assert checked.exit_code == 1
    assert [json.loads(line)["start"] for line in checked.stdout.splitlines()] == [
        finding.span.start for finding in ENGINE.check(text, categories=PRIVACY).findings
    ]
    masked = CliRunner().invoke(main, ["redact", str(path)])
    assert masked.exit_code == 1
    assert masked.stdout_bytes == redact(ENGINE, Document("", text)).document.source.encode(encoding)


@pytest.mark.parametrize("content", [b"\x00\x01" * 40, "名".encode() + b"\xff\xff"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "名单.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableError):
        LongText.of(path, Limits())


def test_a_file_that_is_written_to_meanwhile_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, listed("\t"))
    long = LongText.of(path, Limits())
    written(tmp_path, listed("|") + "\n又及")
    with pytest.raises(UnreadableError, match="有改动"):
        list(long.pieces())


def test_a_piece_of_a_long_list_is_a_small_part_of_it(tmp_path: Path) -> None:
    text = long_list(20_000)
    pieces = list(LongText.of(written(tmp_path, text), Limits()).pieces())
    assert "".join(piece.own for piece in pieces) == text
    assert max(len(piece.shown) for piece in pieces) < len(text) / 5
