"""Trains the model of detectors/typos/in_context.py from texts: see models/typos/README.md."""
