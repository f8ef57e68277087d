"""What a process of the cluster does: it loads the engine once, and checks one shard after the other."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ray

from app.archive.document import Document
from app.archive.how import How
from app.archive.result import ShardResult
from app.archive.rows import SourceError
from app.archive.shard_scan import scan_shard
from app.archive.source import Source
from app.cluster.equipment import Equipment, program_digest
from app.engine import Engine
from app.site.layer import NO_LAYER, SiteLayer


class OtherProgramError(Exception):
    """A machine of the cluster has another program, other lexicons or other models than the one that began the run."""


class ShardFailedError(Exception):
    """Checking a shard failed in a way that nobody foresaw; holds the kind of the error and nothing else."""


@dataclass(frozen=True, slots=True)
class _Ready:
    engine: Engine
    layer: SiteLayer
    source: Source
    how: How


def check(equipment: Sequence[Any], documents: Sequence[Document]) -> ShardResult:
    """Check the documents of a shard.

    Args:
        equipment: one reference to the `Equipment` of the run; in a sequence, so that Ray does not unpack it anew for every shard.
        documents: as the plan has them; what is a row of a dataset is read here.

    Raises:
        OtherProgramError: the result would not be that of the machine that began the run.
        SourceError: the source cannot be read from here.
        ShardFailedError: see there.
    """
    (reference,) = equipment
    try:
        ready = _ready(reference)
        read = ready.source.with_texts(documents, ready.how.text_suffix)
        return scan_shard(ready.engine, ready.layer, read, ready.how)
    except (OtherProgramError, SourceError):
        raise
    except Exception as error:  # noqa: BLE001 Ray would carry the message and the frames along, and a message may quote the text
        raise ShardFailedError(type(error).__name__) from None


@lru_cache(maxsize=1)
def _ready(reference: Any) -> _Ready:
    equipment: Equipment = ray.get(reference)
    if program_digest(equipment.lexicons, equipment.masked_model) != equipment.program:
        raise OtherProgramError
    engine = Engine.load(equipment.lexicons, equipment.masked_model)
    layer = NO_LAYER.changed(equipment.site_entries, equipment.site_version)
    source = equipment.archive.listed()
    # It stays as long as the process: the collector need not walk it again and again.
    gc.freeze()
    return _Ready(engine, layer, source, equipment.archive.how)
