"""Compiles the modules that decide the speed, at every installation, where there is a compiler (docs/decisions/0037).

Hatchling runs it as a build hook. A module is compiled beside its source, which Python then passes over. So that this
cannot happen unseen after the source was changed, the compiled module compares itself with what it was made of
(`detectors.kernel.compiled`). Without a compiler, and with SHENJIAO_COMPILE=0, there are none and the sources are run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULES = ("detectors/kernel/seeds",)
"""Each is a module with the types of what is in it beside it."""
ROOT = Path(__file__).parents[1]
BUILD = """\
import sys
from Cython.Build import cythonize
from setuptools import Extension, setup
names = sys.argv[1:]
setup(
    name="compiled",
    packages=[],
    script_args=["--quiet", "build_ext", "--inplace"],
    ext_modules=cythonize(
        [
            Extension(name, [name.replace(".", "/") + ".py"], extra_compile_args=["-O2", "-g0"])
            for name in names
        ],
        compiler_directives={"annotation_typing": False, "language_level": 3},
        quiet=True,
    ),
)
"""
"""Run in a process and a folder of their own: setuptools reads what lies around it."""


class CompiledModules(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel, or puts them into the tree for an editable installation."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are gathered."""
        del version
        made = list(compile_modules(Path(self.root)))
        if made:
            build_data["artifacts"] += [f"/{path}" for path in made]
            build_data["pure_python"] = False
            build_data["infer_tag"] = True


def compile_modules(root: Path) -> Iterator[str]:
    """Compile into a tree; give the paths of what was made. Former ones are removed in any case."""
    for module in MODULES:
        for former in (root / module).parent.glob(f"{Path(module).name}.*.so"):
            former.unlink()
    if os.environ.get("SHENJIAO_COMPILE") == "0":
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for module in MODULES:
            _copy(root, module, folder)
        names = [module.replace("/", ".") for module in MODULES]
        done = subprocess.run(  # noqa: S603 - this Python, and names from above
            [sys.executable, "-c", BUILD, *names], cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["没有说明"])[-1]
            sys.stderr.write(f"未编译加速模块，改用同样结果的 Python 源码，速度较慢：{reason}\n")
            return
        for module in MODULES:
            for compiled in (folder / module).parent.glob(f"{Path(module).name}.*.so"):
                to = Path(module).with_name(compiled.name)
                shutil.copy(compiled, root / to)
                yield to.as_posix()


def _copy(root: Path, module: str, folder: Path) -> None:
    """Copy a module and its types, and have it compare itself with them when it is loaded."""
    sys.path.insert(0, str(root))
    from detectors.kernel.compiled import digest_of

    source, types = ((root / module).with_suffix(suffix) for suffix in (".py", ".pxd"))
    copied = folder / module
    copied.parent.mkdir(parents=True, exist_ok=True)
    for package in Path(module).parents:
        (folder / package / "__init__.py").touch()
    check = (
        "\nfrom detectors.kernel.compiled import refuse_if_changed\n"
        f"refuse_if_changed({source.name!r}, {digest_of(source)!r})\n"
    )
    copied.with_suffix(".py").write_text(source.read_text("utf-8") + check, "utf-8")
    shutil.copy(types, copied.with_suffix(".pxd"))


if __name__ == "__main__":
    print(*compile_modules(ROOT), sep="\n")
