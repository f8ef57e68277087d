"""What whoever begins a scan asks of the command: kept with the run, so that nobody need say it again to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from app.cluster import LOCAL
from app.scan_crew import RAY, Crew
from app.scan_workers import every_core
from detectors.kernel.finding import Severity

F = TypeVar("F", bound=Callable[..., Any])
KEPT = "command"
"""Key of a run's options."""
OUT = "scan-result"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked; None where nothing is said."""

    out: str | None = None
    """Folder of the results: an absolute path, since one goes on from another folder as often as not."""
    fail_on: str | None = None
    new_only: bool | None = None
    workers: int | None = None
    cluster: str | None = None
    address: str | None = None

    def over(self, kept: Wishes) -> Wishes:
        """Give what was said before, except for what is said now."""
        if self.workers is not None and self.cluster is None:
            # Who counts processes means those of this machine.
            kept = replace(kept, cluster=None)
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(kept, **said)

    @classmethod
    def of_run(cls, options: Mapping[str, Any]) -> Wishes:
        """Read what a run has kept; nothing, if it was not begun by the command."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in options.get(KEPT, {}).items() if name in known})

    def as_options(self) -> dict[str, Any]:
        """Write them down for a run to keep."""
        return {KEPT: asdict(self)}

    @property
    def crew(self) -> Crew:
        """Who works."""
        return Crew(self.workers or every_core(), self.cluster, self.address or LOCAL)

    @property
    def folder(self) -> Path:
        """Where the results go."""
        return Path(self.out or OUT).absolute()

    @property
    def gravity(self) -> Severity:
        """From which severity on the exit code says that something was found."""
        return Severity(self.fail_on or Severity.INFO.value)


def wishes_options(command: F) -> F:
    """Give a command the options that say where the results go, who works, and what counts as found."""

    @click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        help=f"结果放在哪个目录；默认 {OUT}。",
    )
    @click.option(
        "--fail-on",
        type=click.Choice([severity.value for severity in Severity]),
        help="从哪一级起以退出码 1 结束，供 CI 使用；默认有发现即是。",
    )
    @click.option("--workers", type=click.IntRange(min=1), help="进程数；默认用全部核。")
    @click.option(
        "--cluster",
        type=click.Choice([RAY]),
        help="在集群上检查；须另装组件，各台机器读得到来源，见 docs/archive-at-scale.md。",
    )
    @click.option("--address", help=f"集群的地址（主机:端口），或 auto；默认 {LOCAL}，在本机起一个。")
    @wraps(command)
    def with_wishes(
        *arguments: Any,
        out: Path | None,
        fail_on: str | None,
        workers: int | None,
        cluster: str | None,
        address: str | None,
        **options: Any,
    ) -> Any:
        wishes = Wishes(
            None if out is None else str(out.absolute()),
            fail_on,
            workers=workers,
            cluster=cluster,
            address=address,
        )
        return command(*arguments, wishes=wishes, **options)

    return with_wishes  # type: ignore[return-value]
