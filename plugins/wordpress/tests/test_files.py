"""The files of the plug-in, by themselves."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from plugins.wordpress.tests.site import MISSING, PLUGIN


@pytest.mark.parametrize("name", sorted(str(path.relative_to(PLUGIN)) for path in PLUGIN.rglob("*.php")))
def test_php_can_read_every_file(name: str) -> None:
    php = shutil.which("php")
    if php is None:
        if "CI" in os.environ:
            pytest.fail(MISSING)
        pytest.skip(MISSING)

    read = subprocess.run([php, "-l", str(PLUGIN / name)], check=False, capture_output=True, text=True)

    assert read.returncode == 0, read.stdout
