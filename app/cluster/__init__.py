"""Scanning an archive on many machines: the same check of a shard, run by Ray. An extra; imported when asked for."""

LOCAL = "local"
"""The address of a cluster that is started for one run, on this machine alone."""
