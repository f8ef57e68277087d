"""How an unforeseen error is told: by its kind and its place in the code, and nothing else.

A traceback shows the message of an exception, and a message may quote the draft.
"""

from __future__ import annotations

import traceback


def kind_and_place(error: BaseException) -> str:
    """Name the class of an error, and the file and the line that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown"
    return f"{type(error).__name__} at {place}"
