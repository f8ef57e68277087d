"""Who works on a run: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.cluster import LOCAL
from app.opening import chosen_settings, fail
from app.scan_workers import Staff, carry_out
from app.store.database import Database
from app.store.scan_runs import Progress, Run

RAY = "ray"
NO_RAY = "没有安装 ray；请执行 pip install 'shenjiao[cluster]'"


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works on a run."""

    workers: int
    """Processes of this machine, where there is no cluster."""
    cluster: str | None = None
    address: str = LOCAL

    def __str__(self) -> str:
        """Say so to whoever waits."""
        return f"{self.workers} 个进程" if self.cluster is None else f"Ray 集群 {self.address}"

    def carry_out(self, database: Database, number: int, tell: Callable[[Progress], None]) -> Run:
        """Work on a run until it is done or stopped.

        Args:
            database: of the run.
            number: of the run.
            tell: is told how far it has come.

        Raises:
            UnknownError, DatabaseError, LexiconError, MaskedModelError: see there.
        """
        url = chosen_settings().database
        if self.cluster is None:
            return carry_out(database, url, number, Staff(self.workers), tell)
        try:
            from app.cluster.driver import carry_out_on_ray  # noqa: PLC0415 an extra, and slow to load
        except ModuleNotFoundError:
            fail(NO_RAY)
            raise
        return carry_out_on_ray(database, url, number, self.address, tell)
