"""Five pattern recognisers of presidio-analyzer and no NLP engine, timed in their own virtual environment.

Run by `python -m bench.privacy --peer`. Reads a JSON list of texts, and for each line on standard input goes over
them once and answers with the seconds of its thread.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from presidio_analyzer import Pattern, PatternRecognizer

EXPRESSIONS = {
    "CN_ID": r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])",
    "CN_MOBILE": r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])",
    "CN_LANDLINE": r"(?<![0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])",
    "CN_CARD": r"(?<![0-9])[3-6][0-9]{15,18}(?![0-9])",
    "EMAIL": r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
}


def main() -> None:
    """Go over the texts as often as asked."""
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    recognizers = [
        PatternRecognizer(entity, patterns=[Pattern(entity, expression, 0.5)], supported_language="zh")
        for entity, expression in EXPRESSIONS.items()
    ]
    print("ready", flush=True)
    for _ in sys.stdin:
        begun = time.thread_time()
        for text in texts:
            for recognizer in recognizers:
                recognizer.analyze(text, recognizer.supported_entities)
        print(time.thread_time() - begun, flush=True)


if __name__ == "__main__":
    main()
