"""Settings: the only reader of the environment. Every name begins with SHENJIAO_."""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal

import regex
from platformdirs import user_data_path
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from detectors.kernel.sources import LEXICONS

LIST_MARKS = regex.compile(r"[,，、\s]+", regex.ASCII)


class Settings(BaseSettings):
    """What a site may change without touching code."""

    model_config = SettingsConfigDict(env_prefix="SHENJIAO_", frozen=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    host_names: Annotated[tuple[str, ...] | None, NoDecode] = None
    """Names under which a proxy of this machine makes the service open while there are no keys, parted by commas."""
    workers: Annotated[int, Field(ge=1)] = 1
    """Processes that serve requests."""
    shared_counters: Path | None = None
    """File in which the processes of this machine count together how often each key asks; `serve` names one."""
    wrong_keys: Annotated[int, Field(ge=1)] = 20
    """How many wrong keys a minute from one address are looked at; behind a gateway all have one address."""
    body_limit: Annotated[int, Field(ge=1)] = 8 * 1024 * 1024
    """Bytes of one request body; more is refused with 413. A list of 100,000 rows has 5 MB."""
    body_seconds: Annotated[int, Field(ge=1)] = 60
    """Within how many seconds a request body must have arrived; later it is refused with 408."""
    language_tool_limit: Annotated[int, Field(ge=1)] = 2 * 1024 * 1024
    """Bytes of one request body under /v2, where the body is read before the key is known; 233,016 characters."""
    long_text: Annotated[int, Field(ge=1)] = 1_000
    """Code points from which on a text is checked in a thread, so that short ones need not wait."""
    lexicons: Path = LEXICONS
    """Folder of the lexicon files."""
    masked_model: Path | None = None
    """Folder with model.onnx and vocab.txt: a masked language model that gives a second opinion on typing errors."""
    database_url: Annotated[str | None, Field(repr=False)] = None
    """Where the site lexicon is kept, as SQLAlchemy writes it; by default a file of the user who serves."""
    import_limit: Annotated[int, Field(ge=1)] = 32 * 1024 * 1024
    """Bytes of a file that is imported into the site lexicon, or opened as a draft."""
    token_hours: Annotated[int, Field(ge=1, le=24 * 366)] = 168
    """How long the token of a review is good."""
    required_stages: Annotated[tuple[Literal["初审", "复审", "终审"], ...] | None, NoDecode] = None
    """The stages without which nothing is published, parted by commas."""
    keep_texts: bool = False
    """Whether reviewed texts are kept, with all personal data masked."""
    retention_days: Annotated[int, Field(ge=1)] = 1095
    """How old records may become before `shenjiao audit purge` takes their contents."""
    webhook_networks: Annotated[tuple[IPv4Network | IPv6Network, ...] | None, NoDecode] = None
    """Networks that webhooks may be sent to although they are not on the open internet, parted by commas."""
    expression_days: Annotated[int, Field(ge=1, le=100)] = 1
    """Working days in which an error in a fixed expression is to be settled."""
    other_days: Annotated[int, Field(ge=1, le=100)] = 3
    """Working days in which any other error or warning is to be settled."""
    new_media_days: Annotated[int, Field(ge=1, le=366)] = 14
    """Natural days in which an account of new media is to be updated; some places ask for 5 or 10."""

    @field_validator("host_names", "required_stages", "webhook_networks", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        return tuple(filter(None, LIST_MARKS.split(value))) if isinstance(value, str) else value

    archives: Path | None = None
    """Folder below which requests may have folders scanned; without it only what they bring along."""
    scan_inbox: Path | None = None
    """Folder in which articles that came with a request wait for their scan; by default of the user who serves."""
    scan_workers: Annotated[int, Field(ge=0)] = 1
    """Processes that work on scans beside the service; with 0 `shenjiao scan work` does, wherever it is started."""

    file_limit: Annotated[int, Field(ge=1)] = 100 * 1024 * 1024
    """Bytes of a file that the command line checks, and of a file in an archive."""
    unpacked_limit: Annotated[int, Field(ge=1)] = 512 * 1024 * 1024
    """Bytes to which an archive or a document may unpack."""
    member_limit: Annotated[int, Field(ge=1)] = 10_000
    """Files in an archive."""
    page_limit: Annotated[int, Field(ge=1)] = 2_000
    """Pages of a PDF."""
    cell_limit: Annotated[int, Field(ge=1)] = 2_000_000
    """Cells of a workbook that hold anything."""
    reading_seconds: Annotated[float, Field(gt=0)] = 120.0
    """For reading one file, and for LibreOffice to convert it."""

    @property
    def inbox(self) -> Path:
        """Where articles wait for their scan, with the default filled in."""
        return self.scan_inbox or user_data_path("shenjiao", appauthor=False) / "scans"

    @property
    def database(self) -> str:
        """The address of the database, with the default filled in."""
        # Not the working directory: a command elsewhere would see another lexicon, and say nothing of it.
        file = user_data_path("shenjiao", appauthor=False) / "shenjiao.db"
        return self.database_url or f"sqlite:///{file}"

    def as_environment(self) -> dict[str, str]:
        """Write down what was set, for a process that shall work with the same settings."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        return {
            f"SHENJIAO_{name.upper()}": ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
            for name, value in said.items()
            if value is not None
        }


@cache
def settings() -> Settings:
    """Read the environment once."""
    return Settings()
