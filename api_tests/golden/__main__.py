"""Write the golden findings anew."""

from __future__ import annotations

from api_tests.golden import findings_file, findings_of, texts
from app.engine import Engine

ENGINE = Engine.load()
for text in texts():
    findings_file(text).write_text("\n".join(findings_of(ENGINE, text)) + "\n", encoding="utf-8")
