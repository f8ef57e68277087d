"""What a command needs before it can do anything, and how it says that it cannot.

Loading the engine takes seconds; a command that only reads the site lexicon opens the database alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from pydantic import ValidationError

from app.documents import UnreadableError
from app.engine import Engine
from app.settings import Settings, settings
from app.site.acceptance import RefusedError
from app.site.layer import SiteLayer
from app.site_files.columns import FileRefusedError
from app.site_lexicon import SiteLexicon
from app.store.database import Database, DatabaseError
from app.store.writing import ClashError, StaleError, UnknownError
from detectors.kernel.language.masked_model import MaskedModelError
from detectors.kernel.sources import LexiconError

FAILED = 2
"""Exit code of a command that could not run."""


def fail(*lines: str) -> None:
    """Say why, and end the command."""
    for line in lines:
        click.echo(f"shenjiao: {line}", err=True)
    sys.exit(FAILED)


@contextmanager
def refusals() -> Iterator[None]:
    """Say in Chinese, one fault a line, why the command cannot run."""
    try:
        yield
    except (ClashError, DatabaseError, LexiconError, MaskedModelError, UnreadableError) as error:
        fail(str(error))
    except FileRefusedError as error:
        fail(*map(str, error.faults), "文件没有导入。")
    except RefusedError as error:
        fail(*(f"{fault.field}：{fault.reason}" for fault in error.faults))
    except UnknownError:
        fail("没有这个条目或这一号变更。")
    except StaleError:
        fail("词库已被别人改过，请重试。")
    except ValidationError as error:
        names = "、".join(f"SHENJIAO_{fault['loc'][0]}".upper() for fault in error.errors())
        fail(f"环境变量 {names} 的值不合要求")


def chosen_settings() -> Settings:
    """Read the settings."""
    with refusals():
        return settings()


def load_engine() -> Engine:
    """Load the shipped lexicons."""
    with refusals():
        return Engine.load(chosen_settings().lexicons, chosen_settings().masked_model)


def open_database() -> Database:
    """Open the database, which may not exist yet."""
    with refusals():
        return Database(chosen_settings().database)


def open_site_lexicon() -> SiteLexicon:
    """Load the shipped lexicons and open the site's."""
    return SiteLexicon(load_engine(), open_database())


def load_layers() -> tuple[Engine, SiteLayer]:
    """Load the shipped lexicons and the site's layer over them."""
    lexicon = open_site_lexicon()
    with refusals():
        return lexicon.engine, lexicon.live.refresh()
