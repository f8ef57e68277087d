"""Scanning an archive, apart from any database: what a document is, how a shard is checked, what a new run shows."""
