"""Check and correct a text with language-tool-python; run by the interpreter of its own venv.

with_language_tool_python.py ADDRESS: reads the text from the standard input, writes what it learnt as JSON.
"""

from __future__ import annotations

import json
import sys

import language_tool_python

if __name__ == "__main__":
    text = sys.stdin.read()
    with language_tool_python.LanguageTool("zh-CN", remote_server=sys.argv[1]) as tool:
        matches = tool.check(text)
        learnt = {
            "matches": [
                {
                    "text": text[match.offset : match.offset + match.error_length],
                    "rule": match.rule_id,
                    "category": match.category,
                    "replacements": match.replacements,
                }
                for match in matches
            ],
            "corrected": tool.correct(text),
        }
        tool.disabled_categories = {"TYPO"}
        learnt["without typos"] = [match.rule_id for match in tool.check(text)]
    json.dump(learnt, sys.stdout)
