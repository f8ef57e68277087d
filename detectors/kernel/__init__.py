"""What detectors share; it knows nothing of any single fault."""
