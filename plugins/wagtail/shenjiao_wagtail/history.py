"""What the gate said, in the history that Wagtail keeps of a page."""

from typing import Any

from wagtail.log_actions import LogFormatter, log, registry

from shenjiao_wagtail.gate import Outcome

ACTION = "shenjiao.gate"


class GateFormatter(LogFormatter):
    """How an entry reads."""

    label = "机器校对"

    def format_message(self, log_entry: Any) -> str:
        """Say what the gate said."""
        return str(log_entry.data.get("saying", self.label))

    def format_comment(self, log_entry: Any) -> str:
        """List what was found."""
        return "\n".join(log_entry.data.get("lines", ()))


def note(page: Any, outcome: Outcome, *, user: Any = None, revision: Any = None) -> None:
    """Add what the gate said; not again, if it was the last thing said: the clock asks every few minutes."""
    data = {
        "saying": outcome.saying,
        "lines": list(outcome.lines),
        "review": outcome.record.review_id if outcome.record else None,
    }
    last = registry.get_logs_for_instance(page).filter(action=ACTION).order_by("-timestamp").first()
    if last is None or last.data != data:
        log(instance=page, action=ACTION, user=user, revision=revision, data=data)
