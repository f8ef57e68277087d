"""Have LibreOffice check a document with its own LanguageTool client; run by an interpreter that has `uno`.

libreoffice.py PIPE: connects to an office that listens there, reads the paragraphs of a document from the standard
input, checks each as the office itself does in the background, and writes the findings as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import uno

PATIENCE = 120.0
"""Seconds until an office that does not answer counts as broken."""
CHINESE = "zh", "CN", ""
PARAGRAPH_BREAK = 0
"""com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK."""
PROOFREADING = 2
"""com.sun.star.text.TextMarkupType.PROOFREADING."""


def connect(pipe: str) -> Any:
    """Wait for the office."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            if time.monotonic() > give_up:
                raise
            time.sleep(0.2)


def struct(name: str, **fields: object) -> Any:
    """Make a value of the office."""
    value = uno.createUnoStruct(name)
    for field, content in fields.items():
        setattr(value, field, content)
    return value


def checked(office: Any, text: str) -> list[dict[str, Any]]:
    """Check a document paragraph by paragraph."""
    services = office.ServiceManager
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", office)
    hidden = struct("com.sun.star.beans.PropertyValue", Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (hidden,))
    writing = document.Text.createTextCursor()
    for number, line in enumerate(text.split("\n")):
        if number:
            document.Text.insertControlCharacter(writing, PARAGRAPH_BREAK, False)
        document.Text.insertString(writing, line, False)
    language = uno.createUnoStruct("com.sun.star.lang.Locale", *CHINESE)
    everything = document.Text.createTextCursor()
    everything.gotoEnd(True)
    everything.CharLocaleAsian = everything.CharLocale = language
    proofreading = services.createInstanceWithContext("com.sun.star.linguistic2.ProofreadingIterator", office)
    paragraphs = document.getFlatParagraphIterator(PROOFREADING, True)
    found = []
    paragraph = paragraphs.getFirstPara()
    while paragraph is not None:
        words = paragraph.getText()
        result = proofreading.checkSentenceAtPosition(
            document, paragraph, words, language, 0, len(words.encode("utf-16-le")) // 2, -1
        )
        found += [
            {
                "paragraph": words,
                "offset": error.nErrorStart,
                "length": error.nErrorLength,
                "message": error.aShortComment,
                "short_message": error.aFullComment,
                "replacements": list(error.aSuggestions),
            }
            for error in result.aErrors
        ]
        # Only what is not checked yet comes next, from the top again.
        paragraph.setChecked(PROOFREADING, True)
        paragraph = paragraphs.getNextPara()
    document.close(True)
    return found


if __name__ == "__main__":
    office = connect(sys.argv[1])
    json.dump(checked(office, sys.stdin.read()), sys.stdout)
