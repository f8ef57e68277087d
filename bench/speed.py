"""Speed, start-up and memory, measured in one run: `python -m bench.speed`."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import engine_speed, serving_speed


def main() -> None:
    """Measure engine and service."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("corpora"), help="folder of clean_*.txt.xz")
    options = parser.parse_args()
    engine_speed.measure(options.corpora)
    serving_speed.measure(options.corpora)


if __name__ == "__main__":
    main()
