"""What click says is Chinese, whatever the language of the terminal; and nothing that it says was forgotten."""

from __future__ import annotations

import gettext
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from api_tests.cli_kit import SHENJIAO
from app.cli import main
from app.command_words import CHINESE, DOMAIN, WORDS

FOLDER = WORDS / CHINESE / "LC_MESSAGES"
ELSEWHERE = {"_termui_impl.py", "_winconsole.py", "shell_completion.py"}
"""Of click: editors, old windows and shells, of which the program makes no use."""
OF_PROGRAMMERS = {
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Could not determine name for option with declarations {decls!r}",
    "Name '{name}' defined twice",
    (
        "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
        "Did you mean to pass '--{name}'?"
    ),
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
}
"""Said when a command is put together wrongly: nobody who runs one reads it."""


def written() -> list[Message]:
    with (FOLDER / f"{DOMAIN}.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def said_and_meant(messages: list[Message]) -> set[tuple[str, ...]]:
    """Give sentences, with their plurals, and their translations."""
    return {(*several(one.id), *several(one.string)) for one in messages}


def several(words: str | Sequence[str] | None) -> Sequence[str]:
    return (words,) if isinstance(words, str) else words or ()


def test_every_sentence_of_click_has_its_words() -> None:
    sources = extract_from_dir(str(Path(click.__file__).parent))

    said = {message for name, _, message, *_ in sources if Path(name).name not in ELSEWHERE}

    assert said - {message.id for message in written()} == OF_PROGRAMMERS


def test_the_compiled_words_are_those_that_were_written() -> None:
    with (FOLDER / f"{DOMAIN}.mo").open("rb") as file:
        compiled = [message for message in read_mo(file) if message.id]

    assert said_and_meant(compiled) == said_and_meant(written()), "make words"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scan", "show"), "错误：缺少参数 '编号'."),
        (("scan", "show", "x"), "错误：'编号' 写得不对：'x' 不是数。"),
        (("scan", "a", "b"), "错误：多写了参数：b"),
        (("scan", "--bogus"), "错误：没有选项 '--bogus'。"),
        (("check", "--hint"), "是不是想写 '--hints'？"),
        (("check", "--fail-on"), "错误：选项 '--fail-on' 后面没有写值。"),
        (("check", "--hints=1"), "错误：选项 '--hints' 后面不写值。"),
        (("check", "--format", "foo"), "'foo' 不行，应是其中之一：'text', 'jsonl'"),
        (("check", "--published-on", "昨天"), "'--published-on' 写得不对：日期应写作 2024-01-31"),
        (("scan", "a", "--workers", "0"), "'--workers' 写得不对：0 不在 x>=1 之内。"),
        (("lexicon", "check", "nowhere"), "没有这个文件或目录：'nowhere'。"),
        (("lexicon", "check", __file__), "是文件，这里要写目录。"),
        (("roster", "import", "a.csv"), "错误：缺少选项 '--source'."),
        (("bogus",), "错误：没有命令 'bogus'。"),
    ],
)
def test_a_command_that_is_called_wrongly_says_so_in_chinese(arguments: tuple[str, ...], said: str) -> None:
    answer = CliRunner().invoke(main, arguments)

    assert answer.exit_code == 2
    assert said in answer.stderr
    assert answer.stderr.startswith(("用法：", "错误："))
    assert not any(word in answer.stderr for word in ("Usage", "Error", "OPTIONS", "COMMAND", "ARGS"))


@pytest.mark.parametrize("language", ["C", "C.UTF-8", "en_US.UTF-8", ""])
def test_the_language_of_the_terminal_does_not_matter(language: str) -> None:
    own = {name: value for name, value in os.environ.items() if name not in {"LANGUAGE", "LC_ALL", "LANG"}}

    done = subprocess.run(
        [SHENJIAO, "scan", "--help"],
        capture_output=True,
        check=False,
        env=own | {"LC_ALL": language, "PYTHONUTF8": "1"},
    )

    assert done.stdout.decode().startswith("用法： shenjiao scan [选项] 命令 [参数]...")
    assert "显示这份说明。" in done.stdout.decode()


def every_command(command: click.Command, *names: str) -> list[tuple[str, ...]]:
    below = command.commands if isinstance(command, click.Group) else {}
    return [names, *(path for name, one in below.items() for path in every_command(one, *names, name))]


@pytest.mark.parametrize("names", every_command(main))
def test_the_help_of_a_command_has_no_words_of_click_and_cuts_no_sentence(names: tuple[str, ...]) -> None:
    said = CliRunner().invoke(main, [*names, "--help"]).stdout

    lines = said.splitlines()
    assert lines[0].startswith("用法：")
    assert not any(
        word in said for word in ("OPTIONS", "INTEGER", "TEXT", "PATH", "DIRECTORY", "Show", "required")
    )
    assert not any(line.endswith("...") for line in lines[1:])


def test_what_others_say_in_their_language_is_left_alone() -> None:
    before = os.environ.get("LANGUAGE"), gettext.textdomain()

    CliRunner().invoke(main, ["--help"])

    assert (os.environ.get("LANGUAGE"), gettext.textdomain()) == before
