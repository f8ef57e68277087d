"""A tiny masked language model, written as ONNX: it guesses a masked letter from the one behind it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def write_model(folder: Path, letters: str, likes: Mapping[str, float], outputs: int | None = None) -> Path:
    """Write model.onnx and vocab.txt.

    Args:
        folder: where to.
        letters: the vocabulary besides the marks.
        likes: for pairs of letters, the logit of the first before the second; 0 for all others.
        outputs: size of the vocabulary that the model believes in, if it is not the true one.
    """
    tokens = [*MARKS, *letters]
    numbers = {token: number for number, token in enumerate(tokens)}
    table = np.zeros((len(tokens), outputs or len(tokens)), np.float32)
    for pair, logit in likes.items():
        table[numbers[pair[1]], numbers[pair[0]]] = logit
    constants: dict[str, npt.NDArray[Any]] = {
        "table": table,
        "zero": np.array([0], np.int64),
        "one": np.array([1], np.int64),
        "last": np.array([np.iinfo(np.int64).max], np.int64),
    }
    graph = helper.make_graph(
        [
            helper.make_node("Slice", ["input_ids", "one", "last", "one"], ["behind"]),
            helper.make_node("Slice", ["input_ids", "zero", "one", "one"], ["front"]),
            helper.make_node("Concat", ["behind", "front"], ["next"], axis=1),
            helper.make_node("Gather", ["table", "next"], ["logits"], axis=0),
        ],
        "next_letter",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", "tokens", None])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / "model.onnx"))
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    return folder
