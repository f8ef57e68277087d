"""What the library of the command line says itself, in Chinese: usage, help, and what it refuses.

click asks gettext for each of its sentences. `words/` has them in Chinese; they are shown whatever the language of the
terminal, as all the rest of the program is.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

WORDS = Path(__file__).with_name("words")
DOMAIN = "click"
LANGUAGE = "LANGUAGE"
"""Of the variables that gettext looks at, that which goes first, and which nothing but sentences depends on."""
CHINESE = "zh_CN"
OPTIONS, COMMAND = "[选项]", "命令 [参数]..."
KINDS = {
    "text": "文字",
    "integer": "整数",
    "integer range": "整数",
    "path": "路径",
    "directory": "目录",
    "file": "文件",
}
"""What stands for a value in the help of an option: names of types, which click does not translate."""


@contextmanager
def in_chinese() -> Iterator[None]:
    """Have click speak Chinese."""
    before, domain = os.environ.get(LANGUAGE), gettext.textdomain()
    os.environ[LANGUAGE] = CHINESE
    gettext.bindtextdomain(DOMAIN, WORDS)
    gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ[LANGUAGE]
        else:
            os.environ[LANGUAGE] = before


def name_values(command: click.Command) -> None:
    """Put Chinese words in the usage of a command, and of all below it, where click has English ones of its own."""
    command.options_metavar = OPTIONS
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.metavar is None and not parameter.is_flag:
            parameter.metavar = KINDS.get(parameter.type.name)
    if isinstance(command, click.Group):
        command.subcommand_metavar = COMMAND
        for one in command.commands.values():
            name_values(one)
