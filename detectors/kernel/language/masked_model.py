"""A second opinion on slips: a masked language model of the site's own, in ONNX, if it has one.

None comes with the project. Any Chinese model of the BERT family will do that reads one character as one token:
a folder with `model.onnx` (inputs `input_ids` and, if it wants them, `attention_mask` and `token_type_ids`; the
first output gives a logit for every token of the vocabulary at every place) and its `vocab.txt`, one token a line.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

MODEL, VOCABULARY = "model.onnx", "vocab.txt"
UNKNOWN, BEGIN, END, MASK = "[UNK]", "[CLS]", "[SEP]", "[MASK]"
INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
REACH = 60
"""Code points read on either side: the longest input of these models is 512 tokens, and a clause is enough."""


class MaskedModelError(Exception):
    """The model of the site cannot be used; the message is Chinese and says what is wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class MaskedModel:
    """The model with its vocabulary, ready to be asked. Sessions of onnxruntime may be shared by threads."""

    session: Any = field(repr=False)
    numbers: Mapping[str, int] = field(repr=False)
    """Of every token."""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Load the model of a folder and try it once.

        Raises:
            MaskedModelError: a file is missing or not what it should be, or onnxruntime is not installed.
        """
        for name in (MODEL, VOCABULARY):
            if not (folder / name).is_file():
                raise MaskedModelError(f"掩码语言模型：目录 {folder} 中没有 {name}")
        model = cls(_session(folder / MODEL), _vocabulary(folder / VOCABULARY))
        model._try()
        return model

    def gain(self, folded: str, start: int, end: int, right: str) -> float:
        """Mask the letters that would change, and compare what the model expects there."""
        written = folded[start:end]
        if len(written) != len(right):
            return 0.0
        first = max(0, start - REACH)
        shown = folded[first : end + REACH]
        unknown = self.numbers[UNKNOWN]
        tokens = [self.numbers.get(letter, unknown) for letter in shown]
        changed = [
            (start - first + place, self.numbers.get(old, unknown), self.numbers.get(new, unknown))
            for place, (old, new) in enumerate(zip(written, right, strict=True))
            if old != new
        ]
        if any(unknown in (old, new) for _, old, new in changed):
            return 0.0
        for place, _, _ in changed:
            tokens[place] = self.numbers[MASK]
        logits = self._logits(tokens)
        # The sum of the exponentials is the same for both tokens of a place.
        return float(sum(logits[place + 1, new] - logits[place + 1, old] for place, old, new in changed))

    def _logits(self, tokens: Sequence[int]) -> npt.NDArray[np.floating[Any]]:
        """Give the logits of every place, those of the marks at either end included."""
        row = np.array([[self.numbers[BEGIN], *tokens, self.numbers[END]]], np.int64)
        given = {
            "input_ids": row,
            "attention_mask": np.ones_like(row),
            "token_type_ids": np.zeros_like(row),
        }
        wanted = {one.name: given[one.name] for one in self.session.get_inputs()}
        logits: npt.NDArray[np.floating[Any]] = self.session.run(None, wanted)[0][0]
        return logits

    def _try(self) -> None:
        names = {one.name for one in self.session.get_inputs()}
        if "input_ids" not in names or not names <= INPUTS:
            raise MaskedModelError(
                f"掩码语言模型：{MODEL} 的输入应是 input_ids，可有 attention_mask、token_type_ids，"
                f"实际是 {'、'.join(sorted(names))}"
            )
        try:
            shape = self._logits([self.numbers[MASK]]).shape
        except Exception as error:  # the runtime's own exceptions have no common base
            raise MaskedModelError(f"掩码语言模型：{MODEL} 运行失败，与 {VOCABULARY} 或输入不符") from error
        if shape != (3, len(self.numbers)):
            raise MaskedModelError(
                f"掩码语言模型：{MODEL} 的输出应是每个位置 {len(self.numbers)} 个数（{VOCABULARY} 的行数），"
                f"实际形状是 {'×'.join(map(str, shape))}"
            )


def _session(path: Path) -> Any:
    try:
        # An optional package: only who has a model needs it.
        runtime = importlib.import_module("onnxruntime")
    except ImportError as error:
        raise MaskedModelError(
            "掩码语言模型：没有安装 onnxruntime，请执行 pip install 'shenjiao[onnx]'"
        ) from error
    options = runtime.SessionOptions()
    # Requests are answered side by side; one text must not take all cores.
    options.intra_op_num_threads = 1
    try:
        return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's own exceptions have no common base
        raise MaskedModelError(f"掩码语言模型：{MODEL} 不是可用的 ONNX 模型") from error


def _vocabulary(path: Path) -> Mapping[str, int]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise MaskedModelError(f"掩码语言模型：{VOCABULARY} 不是 UTF-8 编码") from error
    numbers = {token: number for number, token in enumerate(lines)}
    if missing := {UNKNOWN, BEGIN, END, MASK} - set(numbers):
        raise MaskedModelError(f"掩码语言模型：{VOCABULARY} 中没有 {'、'.join(sorted(missing))}")
    if len(numbers) != len(lines):
        raise MaskedModelError(f"掩码语言模型：{VOCABULARY} 中有重复的行")
    return numbers
