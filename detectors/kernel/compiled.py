"""What a compiled module asks when it is loaded: whether the source beside it is still what it was made of."""

from __future__ import annotations

import hashlib
from pathlib import Path

HERE = Path(__file__).parent


def digest_of(source: Path) -> str:
    """Hash a module and its types."""
    return hashlib.sha256(source.read_bytes() + source.with_suffix(".pxd").read_bytes()).hexdigest()


def refuse_if_changed(name: str, made_of: str) -> None:
    """Refuse to be loaded in place of a source that was changed since.

    Args:
        name: file name of the source, in this folder.
        made_of: its digest when it was compiled.

    Raises:
        ImportError: it was changed; the message says how to compile it anew.
    """
    if digest_of(HERE / name) != made_of:
        raise ImportError(
            f"detectors/kernel/{name} 在编译之后改过：请执行 make lint 或 pip install -e . 重新编译，"
            f"或删去同目录的 {Path(name).stem}.*.so"
        )
