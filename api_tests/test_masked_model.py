"""The second opinion: a site's own masked language model raises and vetoes what the shipped one proposes."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from api_tests.masked_model_kit import write_model
from app.engine import Engine
from app.settings import Settings
from detectors.kernel.detector import Detector
from detectors.kernel.language.corrector import Thresholds
from detectors.kernel.language.masked_model import MaskedModel, MaskedModelError
from detectors.kernel.sources import LEXICONS, load_sources
from detectors.kernel.text import Text
from detectors.typos import in_context
from detectors.typos.in_context import InContext

BROKEN = "各级人民政府要认真贯彻落实党中央、国务院决策布署。"
LETTERS = "各级人民政府要认真贯彻落实党中央国务院决策布部署，。、"


@pytest.fixture(scope="module")
def shipped() -> Detector:
    return in_context.DETECTOR.load(LEXICONS, load_sources(LEXICONS))


def advised(shipped: Detector, model: MaskedModel) -> InContext:
    assert isinstance(shipped, InContext)
    return replace(shipped, opinion=model)


def found(detector: Detector) -> list[tuple[str, str]]:
    return [(f.span.of(BROKEN), f.replacements[0]) for f in detector.find(Text.of(BROKEN)) if not f.is_hint]


def raised_thresholds(shipped: Detector, monkeypatch: pytest.MonkeyPatch, by: float) -> None:
    """Ask for a little more than what the shipped model gives the slip."""
    assert isinstance(shipped, InContext)
    (slip,) = shipped.corrector.slips(BROKEN, in_context.THRESHOLDS)
    raised = in_context.WARNING_ODDS | {slip.kind: slip.odds + by}
    monkeypatch.setattr(in_context, "WARNING_ODDS", raised)
    monkeypatch.setattr(in_context, "THRESHOLDS", Thresholds(raised, in_context.HINT_ODDS))


def test_what_the_model_expects_before_a_letter_is_a_gain(tmp_path: Path) -> None:
    model = MaskedModel.load(write_model(tmp_path, LETTERS, {"部署": 5.0, "布署": 1.5}))

    assert model.gain("决策布署", 2, 3, "部") == pytest.approx(3.5)
    assert model.gain("决策部署", 2, 3, "布") == pytest.approx(-3.5)


def test_letters_that_the_model_does_not_know_are_no_opinion(tmp_path: Path) -> None:
    model = MaskedModel.load(write_model(tmp_path, LETTERS, {"部署": 5.0}))

    assert model.gain("决策埠署", 2, 3, "部") == 0.0
    assert model.gain("决策布署", 2, 3, "部门") == 0.0


def test_a_second_opinion_shows_what_was_not_quite_sure(
    shipped: Detector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = MaskedModel.load(write_model(tmp_path, LETTERS, {"部署": 5.0}))
    raised_thresholds(shipped, monkeypatch, by=1.0)

    assert found(shipped) == []
    assert found(advised(shipped, model)) == [("布", "部")]


def test_a_second_opinion_has_bounds(
    shipped: Detector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = MaskedModel.load(write_model(tmp_path, LETTERS, {"部署": 50.0}))
    raised_thresholds(shipped, monkeypatch, by=in_context.LATITUDE + 0.1)

    assert found(advised(shipped, model)) == []


def test_a_second_opinion_vetoes_what_it_finds_right(shipped: Detector, tmp_path: Path) -> None:
    model = MaskedModel.load(write_model(tmp_path, LETTERS, {"布署": 9.0}))

    assert found(shipped) == [("布", "部")]
    assert found(advised(shipped, model)) == []


def test_the_engine_takes_the_model_of_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHENJIAO_MASKED_MODEL", str(write_model(tmp_path, LETTERS, {})))

    engine = Engine.load(LEXICONS, Settings().masked_model)

    (reader,) = [one for one in engine.pattern_detectors if isinstance(one, InContext)]
    assert isinstance(reader.opinion, MaskedModel)


def test_without_a_model_there_is_no_second_opinion(engine: Engine) -> None:
    (reader,) = [one for one in engine.pattern_detectors if isinstance(one, InContext)]

    assert reader.opinion is None


@pytest.mark.parametrize("missing", ["model.onnx", "vocab.txt"])
def test_a_folder_without_one_of_the_files_is_refused(tmp_path: Path, missing: str) -> None:
    (write_model(tmp_path, LETTERS, {}) / missing).unlink()

    with pytest.raises(MaskedModelError, match=f"中没有 {missing}"):
        MaskedModel.load(tmp_path)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (write_model(tmp_path, LETTERS, {}) / "model.onnx").write_bytes(b"not a model")

    with pytest.raises(MaskedModelError, match="不是可用的 ONNX 模型"):
        MaskedModel.load(tmp_path)


def test_a_vocabulary_of_another_model_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path, LETTERS, {}, outputs=99)

    with pytest.raises(MaskedModelError, match=r"的输出应是每个位置 \d+ 个数.*实际形状是 3×99"):
        MaskedModel.load(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("部\n署\n".encode(), r"中没有 \[CLS\]、\[MASK\]、\[SEP\]、\[UNK\]"),
        ("[UNK]\n[CLS]\n[SEP]\n[MASK]\n部\n部\n".encode(), "有重复的行"),
        ("部署".encode("gb18030"), "不是 UTF-8 编码"),
    ],
)
def test_a_vocabulary_that_is_not_whole_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (write_model(tmp_path, LETTERS, {}) / "vocab.txt").write_bytes(content)

    with pytest.raises(MaskedModelError, match=said):
        MaskedModel.load(tmp_path)


def test_without_the_runtime_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    with pytest.raises(
        MaskedModelError, match=r"没有安装 onnxruntime，请执行 pip install 'shenjiao\[onnx\]'"
    ):
        MaskedModel.load(write_model(tmp_path, LETTERS, {}))
