"""What a command needs before it can do anything, and how it says that it cannot.

Loading the engine takes seconds; a command that only reads the site lexicon opens the database alone.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from pydantic import ValidationError

from app.documents import UnreadableError
from app.engine import Engine
from app.formats.kernel.reading import Options
from app.keys.allowance import is_loopback
from app.reading_limits import limits_of
from app.settings import Settings, settings
from app.site.acceptance import RefusedError
from app.site.layer import SiteLayer
from app.site_files.columns import FileRefusedError
from app.site_lexicon import SiteLexicon
from app.store.database import Database, DatabaseError
from app.store.key_store import KeyStore
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


def reading_options(*, main_text: bool, pictures: bool = True) -> Options:
    """Say how files are read, within the limits of the settings."""
    return Options(limits_of(chosen_settings()), main_text=main_text, pictures=pictures)


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


def require_shut_door(host: str) -> None:
    """Refuse to listen where others can reach a service that asks nobody for a key."""
    if _is_own(host):
        return
    with refusals():
        if KeyStore(open_database()).listed():
            return
    fail(
        f"还没有密钥，不能在 {host} 上监听：那里别的机器也能访问。请先制作管理密钥，再启动：",
        "    shenjiao keys create --name 管理员 --role admin",
        "或者只在本机监听：--host 127.0.0.1。",
    )


def _is_own(host: str) -> bool:
    # An empty name means every address.
    try:
        found = socket.getaddrinfo(host, None) if host else []
    except OSError:
        found = []
    return bool(found) and all(is_loopback(str(address[0])) for *_, address in found)
