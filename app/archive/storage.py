"""Files of an archive, on this machine or wherever fsspec reaches: `s3://…`, `sftp://…`, `memory://…`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from app.archive.rows import SourceError
from app.documents import UnreadableError, size_of
from app.formats.kernel.limits import Limits
from detectors.kernel.system_errors import reason_of

SCHEME = "://"
NO_DRIVER = "没有安装读取这种来源的组件（fsspec 的驱动，如 s3:// 要 s3fs）"
NO_FSSPEC = "读取远程来源须安装 fsspec：pip install 'shenjiao[archive]'"


def is_remote(location: str) -> bool:
    """Tell whether a file lies elsewhere."""
    return SCHEME in location


def suffix_of(location: str) -> str:
    """Give the end of a file's name, with a full stop, in small letters."""
    return Path(location).suffix.lower()


def opened(location: str) -> IO[bytes]:
    """Open a file.

    Raises:
        SourceError: it cannot be opened.
    """
    try:
        if is_remote(location):
            return cast("IO[bytes]", _fsspec().open(location, "rb").open())
        size_of(path := Path(location))
        return path.open("rb")
    except OSError as error:
        raise SourceError(f"打不开来源文件（{reason_of(error)}）") from error
    except UnreadableError:
        raise SourceError("来源是管道或设备，不是普通文件") from None
    except ImportError:
        raise SourceError(NO_DRIVER) from None
    except Exception as error:  # noqa: BLE001 - every protocol has errors of its own, which may name accounts
        raise SourceError(f"打不开来源文件（{type(error).__name__}）") from None


def fetched(location: str, limits: Limits) -> bytes:
    """Read a file that lies elsewhere.

    Raises:
        UnreadableError: it cannot be read, or is too large.
    """
    try:
        with opened(location) as file:
            content = file.read(limits.file_bytes + 1)
    except SourceError as error:
        raise UnreadableError(str(error)) from None
    except Exception as error:  # noqa: BLE001 - likewise
        raise UnreadableError(f"读不到文件（{type(error).__name__}）") from None
    limits.refuse_large(len(content))
    return content


def folder(location: str) -> Iterator[tuple[str, bool]]:
    """List what lies in a folder elsewhere, as addresses, and whether each is a folder; in name order.

    Raises:
        SourceError: it cannot be listed.
    """
    try:
        system, path = _fsspec().core.url_to_fs(location)
        listed = system.ls(path, detail=True)
        known = sorted((one["name"], one["type"] == "directory") for one in listed)
    except ImportError:
        raise SourceError(NO_DRIVER) from None
    except Exception as error:  # noqa: BLE001 - likewise
        raise SourceError(f"列不出来源目录（{type(error).__name__}）") from None
    for name, is_folder in known:
        yield system.unstrip_protocol(name), is_folder


def _fsspec() -> Any:
    try:
        import fsspec  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise SourceError(NO_FSSPEC) from None
    return fsspec
