"""No module escapes the import contracts of pyproject.toml: where one of a package has its layer, all have."""

from __future__ import annotations

import pkgutil
import re
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[1]


def contracts(kind: str) -> list[dict[str, Any]]:
    configured = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    every = configured["tool"]["importlinter"]["contracts"]
    return [contract for contract in every if contract["type"] == kind]


def modules_in(package: str) -> set[str]:
    """Name the modules and packages that lie in a package directly."""
    spec = find_spec(package)
    assert spec is not None
    return {found.name for found in pkgutil.iter_modules(spec.submodule_search_locations, f"{package}.")}


LISTED = frozenset(
    module
    for contract in contracts("layers")
    for layer in contract["layers"]
    for module in re.split(r"\s*[:|]\s*", layer)
)
PARTED = frozenset(module.rpartition(".")[0] for module in LISTED) - {""}
"""Packages whose modules have layers of their own."""


@pytest.mark.parametrize("package", sorted(PARTED))
def test_every_module_of_a_parted_package_has_its_layer(package: str) -> None:
    # What is parted itself has its layers there.
    assert modules_in(package) - LISTED - PARTED == set()


def test_the_files_of_every_category_know_nothing_of_one_another() -> None:
    (independent,) = contracts("independence")
    categories = modules_in("detectors") - {"detectors.kernel"}

    assert set(independent["modules"]) == {f"{category}.*" for category in categories}
