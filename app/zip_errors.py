"""What the standard library raises on zip files that are damaged, locked or packed in a way it does not know."""

from __future__ import annotations

import zipfile
import zlib

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
