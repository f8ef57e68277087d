"""The tables of scans: runs over an archive, their shards, the documents in them and what was found."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from app.store.tables import METADATA

RUNS = Table(
    "scan_run",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    # Runs of one site follow one another; the last one that is done is what a new one is compared with.
    Column("site", String(100), nullable=False),
    Column("source", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("previous", Integer, ForeignKey("scan_run.number"), nullable=True),
    Column("lexicon_version", String(60), nullable=False),
    Column("site_lexicon_version", String(60), nullable=False),
    Column("created_at", String(20), nullable=False),
    Column("created_by", String(100), nullable=False),
    Column("finished_at", String(20), nullable=True),
    # Why it stopped, in Chinese.
    Column("note", Text, nullable=False, server_default=""),
)
"""What was scanned, how, and how far it has come."""

SHARDS = Table(
    "scan_shard",
    METADATA,
    Column("run", Integer, ForeignKey("scan_run.number"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(10), nullable=False),
    # Who works on it, and until when (seconds since 1970) nobody else may.
    Column("owner", String(60), nullable=True),
    Column("lease_until", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
)
"""A run in pieces of work: whoever takes one has a lease on it."""

DOCUMENTS = Table(
    "scan_document",
    METADATA,
    Column("run", Integer, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    # 0 the document itself, then what belongs to it: attachments of a page, members of an archive.
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("shard", Integer, nullable=False),
    # What stays from one run to the next: the address, else the path within the source; with the name of the part.
    Column("name", Text, nullable=False),
    # Where its text lies: a path, or that of a dataset with the row.
    Column("location", Text, nullable=False),
    # Of a row of a dataset: where to begin reading it; bytes, of Parquet and xlsx rows before it.
    Column("position", BigInteger, nullable=True),
    Column("unit", String(200), nullable=False, server_default=""),
    Column("account", String(200), nullable=False, server_default=""),
    Column("kind", String(50), nullable=False, server_default=""),
    Column("record_number", String(50), nullable=False, server_default=""),
    Column("column", String(200), nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("published_on", Date, nullable=True),
    # None until it is checked; else pass, review, block or failed. A row of the run before that is not in the
    # source any more is `gone`: it is there for its findings and is no document of this run.
    Column("verdict", String(10), nullable=True),
    Column("characters", Integer, nullable=True),
    # Why it could not be read, or what of it was not, in Chinese.
    Column("reason", Text, nullable=False, server_default=""),
    # Tells whether the text, personal data masked, is still the same in the next run.
    Column("digest", String(16), nullable=True),
    # How often a process died that had it in hand.
    Column("crashes", Integer, nullable=False, server_default="0"),
    ForeignKeyConstraint(["run", "shard"], ["scan_shard.run", "scan_shard.number"]),
)
"""The documents of a run, as the manifest tells of them, and what became of each."""

FINDINGS = Table(
    "scan_finding",
    METADATA,
    Column("run", Integer, primary_key=True),
    Column("document", Integer, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(16), nullable=False),
    Column("rule", String(20), nullable=False),
    Column("category", String(20), nullable=False),
    Column("severity", String(10), nullable=False),
    # Code points of the text that was read; of what is mended, of the text in which it stood.
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("place_fields", JSON, nullable=False),
    # Both with all personal data masked.
    Column("text", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("replacements", JSON, nullable=False),
    # new, remaining, mended, false_alarm, unverified: against the run before.
    Column("status", String(12), nullable=False),
    # The day on which it was first found.
    Column("first_found_on", Date, nullable=False),
    # Why it could not be looked at again, in Chinese.
    Column("note", Text, nullable=False, server_default=""),
    ForeignKeyConstraint(
        ["run", "document", "part"], ["scan_document.run", "scan_document.number", "scan_document.part"]
    ),
)
"""What was found in a run; and what the run before had found and is mended, or could not be looked at again."""

RULES = Table(
    "scan_rule",
    METADATA,
    Column("run", Integer, ForeignKey("scan_run.number"), primary_key=True),
    Column("code", String(20), primary_key=True),
    Column("name", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("source", JSON, nullable=False),
)
"""The rules that fired in a run, as they were then."""

DECISIONS = Table(
    "scan_decision",
    METADATA,
    Column("site", String(100), primary_key=True),
    Column("document", String(64), primary_key=True),
    Column("fingerprint", String(16), primary_key=True),
    Column("false_alarm", Boolean, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(20), nullable=False),
)
"""What people have decided about findings: it holds in later runs, too. A document stands here by the hash of its name."""

COLUMNS = Table(
    "scan_column",
    METADATA,
    Column("run", Integer, ForeignKey("scan_run.number"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("unit", String(200), nullable=False),
    Column("account", String(200), nullable=False),
    Column("kind", String(50), nullable=False),
    Column("record_number", String(50), nullable=False),
    # Empty where the row speaks of the account itself.
    Column("column", String(200), nullable=False),
    Column("level", String(10), nullable=False),
    # As editors write it: 2周; empty where the name of the column decides.
    Column("update_limit", String(30), nullable=False),
)
"""The list of columns that came with a run: what there should be, however little was published in it."""

LEFT_OUT = Table(
    "scan_left_out",
    METADATA,
    Column("run", Integer, ForeignKey("scan_run.number"), primary_key=True),
    # Why, see `app.archive.left_out`; and the end of the names, with a full stop, in small letters.
    Column("reason", String(20), primary_key=True),
    Column("suffix", String(20), primary_key=True),
    Column("files", Integer, nullable=False),
)
"""How many files of the source of a run were not to be checked."""

Index("scan_run_site", RUNS.c.site, RUNS.c.number)
Index("scan_shard_state", SHARDS.c.run, SHARDS.c.state, SHARDS.c.lease_until)
Index("scan_document_shard", DOCUMENTS.c.run, DOCUMENTS.c.shard)
Index("scan_document_name", DOCUMENTS.c.run, DOCUMENTS.c.name)
