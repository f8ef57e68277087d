"""The command line as it is used: real processes, for the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SHENJIAO = str(Path(sys.executable).with_name("shenjiao"))
PATIENCE = 120
"""Seconds for a command; whoever takes longer hangs."""
LEAK = "赵小明，身份证号11010519491231002X。\n"
CLEAN = "各单位要认真落实工作要求。\n"


def shenjiao(
    *arguments: str | Path, given: str | bytes = "", folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command; its output is UTF-8 whatever the terminal."""
    done = subprocess.run(
        [SHENJIAO, *map(str, arguments)],
        timeout=PATIENCE,
        cwd=folder,
        input=given if isinstance(given, bytes) else given.encode(),
        capture_output=True,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
