"""What an editor is told of a review: one line a finding, with place, reason and remedy."""

from collections.abc import Iterator
from typing import Any

from shenjiao_wagtail.page_text import PageText

SEVERITIES = {"error": "须改", "warning": "须核实"}
DELETED = "（删去）"


def lines_of(review: dict[str, Any], text: PageText) -> dict[str, str]:
    """Write a line for every finding that stands in the way, errors first; by the id of the finding."""
    open_ones = [found for found in review["findings"] if stands_in_the_way(found)]
    open_ones.sort(key=lambda found: (list(SEVERITIES).index(found["severity"]), found["start"]))
    return {found["id"]: "".join(_pieces(found, text)) for found in open_ones}


def stands_in_the_way(finding: dict[str, Any]) -> bool:
    """Tell whether a finding keeps a text from being published, or asks a person."""
    return finding["severity"] in SEVERITIES and finding["state"] not in {"false_alarm", "waived"}


def _pieces(finding: dict[str, Any], text: PageText) -> Iterator[str]:
    yield f"【{SEVERITIES[finding['severity']]}】{text.place(finding['start'])}："
    # The service shows personal data masked, so that it is not copied into the history of the page.
    yield f"“{finding['text']}”。{finding['message']}"
    if finding["replacements"]:
        yield f"建议：{'、'.join(use or DELETED for use in finding['replacements'])}。"
    if source := finding.get("source"):
        yield f"依据：{source['title']}。"
