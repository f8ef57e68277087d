"""The documentation says what is so: commands, routes, settings, fields and answers are compared."""

from __future__ import annotations

import json
import shlex
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
import regex
from fastapi.testclient import TestClient

from app.cli import main
from app.engine import Engine
from app.main import create_app
from app.presentation import rules_as_markdown
from app.settings import Settings
from app.site_files.columns import HEADINGS
from detectors.kernel import lexicon, names, ordered_sets, persons, right_forms
from detectors.kernel.names import read_name_lists
from detectors.kernel.sources import LEXICONS, load_sources

PROJECT = Path(__file__).parents[1]
ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
READMES = (ENGLISH, CHINESE)
PAGES = sorted(
    str(path.relative_to(PROJECT)) for path in (*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"))
)
COMMANDS_AND_DATA = ("bash", "json", "toml")
BLOCK = regex.compile(
    r"^```(?P<kind>[a-z]*)\n(?P<body>.*?)^```$", regex.MULTILINE | regex.DOTALL | regex.ASCII
)
HEADING = regex.compile(r"^(#+) ", regex.MULTILINE | regex.ASCII)
LINK = regex.compile(r"\]\((?!https?:)([\w./-]+)\)", regex.ASCII)
TARGET_NAMED = regex.compile(r"(?:^|`)make ([a-z-]+)", regex.MULTILINE | regex.ASCII)
TARGET = regex.compile(r"^([a-z-]+):(.*)$", regex.MULTILINE | regex.ASCII)
NUMBER = regex.compile(r"[0-9][0-9.,]*%?", regex.ASCII)
COUNTED = regex.compile(r"^- ([^\s\d]+) ([0-9]+) 条", regex.MULTILINE | regex.ASCII)
PLACEHOLDER = regex.compile(r"\{\{[^}]*\}\}", regex.ASCII)
FIELDS = {
    *lexicon.REQUIRED,
    *lexicon.OPTIONAL,
    *right_forms.REQUIRED,
    *right_forms.OPTIONAL,
    *ordered_sets.REQUIRED,
    *ordered_sets.OPTIONAL,
    *names.REQUIRED,
    *persons.PERSON_REQUIRED,
    *persons.ORDER_REQUIRED,
    "mark",  # Of an ordered set; read by itself, since it may be empty.
}
PNG = b"\x89PNG\r\n\x1a\n"


class Block(NamedTuple):
    """A fenced block of a page."""

    kind: str
    body: str


def page(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def blocks(name: str, *kinds: str) -> list[Block]:
    every = [Block(match["kind"], match["body"]) for match in BLOCK.finditer(page(name))]
    return [block for block in every if block.kind in kinds]


def heading_levels(name: str) -> list[int]:
    # A comment in a block is no heading.
    return [len(marks) for marks in HEADING.findall(BLOCK.sub("", page(name)))]


def makefile_targets(*, documented: bool) -> set[str]:
    found = TARGET.findall(page("Makefile"))
    return {name for name, rest in found if not documented or "##" in rest}


def commands(group: click.Group, name: str) -> Iterator[str]:
    for part, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {part}")
        else:
            yield f"{name} {part}"


def drawn_paths(tree: str) -> Iterator[Path]:
    """Read the paths of a drawn tree; two blanks are one step down."""
    above: list[str] = []
    for line in tree.splitlines():
        name = line.split()[0]
        depth = (len(line) - len(line.lstrip())) // 2
        above[depth:] = [name]
        yield Path(*above)


def first_request(name: str) -> tuple[str, Any, Any]:
    """Read the route, the body and the printed answer of the first request."""
    every = blocks(name, *COMMANDS_AND_DATA)
    number = next(i for i, block in enumerate(every) if "curl" in block.body)
    words = shlex.split(every[number].body.replace("\\\n", ""))
    address = next(word for word in words if word.startswith("http://"))
    route = "/" + address.split("/", 3)[3]
    return route, json.loads(words[words.index("-d") + 1]), json.loads(every[number + 1].body)


def test_the_readmes_have_the_same_headings() -> None:
    assert heading_levels(ENGLISH) == heading_levels(CHINESE)


def test_the_readmes_show_the_same_commands_and_data() -> None:
    pairs = zip_longest(blocks(ENGLISH, *COMMANDS_AND_DATA), blocks(CHINESE, *COMMANDS_AND_DATA))

    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_the_tables_of_the_readmes_hold_the_same_numbers() -> None:
    tables = [[line for line in page(name).splitlines() if line.startswith("|")] for name in READMES]

    assert NUMBER.findall("\n".join(tables[0])) == NUMBER.findall("\n".join(tables[1]))


@pytest.mark.parametrize("name", READMES)
def test_the_layout_in_a_readme_is_what_lies_there(name: str) -> None:
    (tree,) = blocks(name, "text")
    drawn = list(drawn_paths(tree.body))

    assert drawn
    assert [str(path) for path in drawn if not (PROJECT / path).exists()] == []


def test_the_readmes_draw_the_same_layout() -> None:
    trees = [list(drawn_paths(blocks(name, "text")[0].body)) for name in READMES]

    assert trees[0] == trees[1]


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_named_in_a_readme_exists(name: str) -> None:
    assert set(TARGET_NAMED.findall(page(name))) - makefile_targets(documented=False) == set()


@pytest.mark.parametrize("name", READMES)
def test_every_described_make_target_is_named_in_the_readmes(name: str) -> None:
    assert makefile_targets(documented=True) - set(TARGET_NAMED.findall(page(name))) == set()


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_named_in_the_readmes(name: str, setting: str) -> None:
    assert f"`SHENJIAO_{setting.upper()}`" in page(name)


@pytest.mark.parametrize("name", READMES)
def test_every_default_of_a_setting_is_named_in_the_readmes(name: str) -> None:
    text = page(name)
    rows = {
        f"SHENJIAO_{setting.upper()}": f"`{field.default}`"
        for setting, field in Settings.model_fields.items()
        if field.default is not None and not isinstance(field.default, Path)
    }

    for variable, default in rows.items():
        (row,) = [line for line in text.splitlines() if line.startswith(f"| `{variable}` |")]
        assert default in row


@pytest.mark.parametrize("name", READMES)
def test_every_route_is_named_in_the_readmes(name: str) -> None:
    text = page(name)
    routes = [
        f"`{method.upper()} {path}`"
        for path, methods in create_app(Settings()).openapi()["paths"].items()
        for method in methods
    ]

    assert [route for route in routes if route not in text] == []


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_named_in_the_readmes(name: str) -> None:
    text = page(name)

    assert [command for command in commands(main, "shenjiao") if f"`{command}`" not in text] == []


@pytest.mark.parametrize("name", READMES)
def test_the_first_request_gives_the_answer_that_is_printed(client: TestClient, name: str) -> None:
    route, body, printed = first_request(name)

    answer = client.post(route, json=body).json()

    # Every change of a lexicon changes the version; it is shown, not promised.
    assert printed | {"lexicon_version": ""} == answer | {"lexicon_version": ""}


def test_the_entry_shown_in_the_documents_stands_in_the_lexicons() -> None:
    standing = {
        entry["id"]: entry
        for path in (PROJECT / "lexicons").glob("*/*.toml")
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("entry", [])
    }

    for name in (*READMES, "CONTRIBUTING.md", "docs/lexicon-format.md"):
        shown = [tomllib.loads(block.body).get("entry", []) for block in blocks(name, "toml")]
        entries = [entry for table in shown for entry in table]
        assert entries, name
        assert entries == [standing.get(entry["id"]) for entry in entries], name


def test_the_page_of_all_rules_is_as_it_would_be_written_now(engine: Engine) -> None:
    written = "".join(f"{line}\n" for line in rules_as_markdown(engine.rules.values()))

    assert page("docs/rules.md") == written, "make rules"


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_every_field_of_a_lexicon_file_is_described(field: str) -> None:
    assert f"\n| `{field}` |" in page("docs/lexicon-format.md")


@pytest.mark.parametrize("kind", sorted(read_name_lists(LEXICONS / "names", load_sources(LEXICONS), "FX")))
def test_every_kind_of_list_is_described(kind: str) -> None:
    assert f"\n| `{kind}` |" in page("docs/lexicon-format.md")


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_column_of_the_site_lexicon_is_described(heading: str) -> None:
    assert f"\n| {heading} |" in page("docs/site-lexicon.md")


def test_the_newest_release_counts_the_rules_of_each_category(engine: Engine) -> None:
    release = page("CHANGELOG.md").split("\n## ")[1]
    counted = Counter(rule.category.label for rule in engine.rules.values())

    assert dict(COUNTED.findall(release)) == {label: str(number) for label, number in counted.items()}
    assert f"共 {len(engine.rules)} 条规则" in release


def test_every_folder_of_the_lexicons_is_described_and_drawn() -> None:
    folders = sorted(path.name for path in LEXICONS.iterdir() if path.is_dir())
    table = page("docs/lexicon-format.md")

    assert [name for name in folders if f"\n| `{name}/` |" not in table] == []
    for readme in READMES:
        drawn = {str(path) for path in drawn_paths(blocks(readme, "text")[0].body)}
        assert {f"lexicons/{name}" for name in folders} <= drawn, readme


@pytest.mark.parametrize("name", PAGES)
def test_every_local_link_leads_somewhere(name: str) -> None:
    folder = (PROJECT / name).parent

    assert [link for link in LINK.findall(page(name)) if not (folder / link).exists()] == []


@pytest.mark.parametrize("name", [*READMES, "CHANGELOG.md"])
def test_no_figure_is_left_open(name: str) -> None:
    assert PLACEHOLDER.findall(page(name)) == []


@pytest.mark.parametrize("name", ["page.png", "lexicon-page.png", "report.png"])
def test_the_picture_of_a_page_is_a_picture(name: str) -> None:
    assert (PROJECT / "docs" / name).read_bytes().startswith(PNG)
