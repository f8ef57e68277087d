"""Who may decide and sign what: an error is released by two people, and no one signs twice."""

from __future__ import annotations

import unicodedata

from app.gate.review import Decision, Review, Signing, Stage, StageVerdict
from app.site.acceptance import Fault, RefusedError
from app.text_report import Verdict
from detectors.kernel.finding import Severity


class UnknownReviewError(Exception):
    """There is no such review, or no such finding in it; the message is Chinese."""


class OutOfTurnError(Exception):
    """The review is not in a state for this; the message is Chinese and says why."""


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are one, however they are spaced and spelt."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    # Blanks, marks of direction and joiners cannot be seen, and would make one person two.
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] not in "CZ")


def decision_faults(severity: Severity, decision: Decision) -> list[Fault]:
    """Say what a decision about a finding of this severity lacks."""
    faults = []
    if not _plain(decision.actor):
        faults.append(Fault("actor", "应写明处理人"))
    if severity is Severity.ERROR and decision.action.releases:
        if not _plain(decision.reason or ""):
            faults.append(Fault("reason", "须改的问题，按误报或豁免处理须写明理由"))
        if not _plain(decision.second_actor or ""):
            faults.append(Fault("second_actor", "须改的问题，按误报或豁免处理须有第二人确认"))
        elif same_person(decision.actor, decision.second_actor or ""):
            faults.append(Fault("second_actor", "第二人应不同于处理人"))
    return faults


def carried(severity: Severity, former: Decision) -> bool:
    """Tell whether a decision on an earlier revision holds for the finding as it is rated now.

    The same words may have become an error since one person alone released them.
    """
    return former.action.lasts and not decision_faults(severity, former)


def require_decidable(review: Review, decision: Decision) -> None:
    """See to it that a decision may be made.

    Raises:
        UnknownReviewError: the review has no such finding.
        OutOfTurnError: the document has been reviewed again since.
        RefusedError: the decision lacks a reason or a second person.
    """
    found = {found.fingerprint: found for found in review.submitted.findings}.get(decision.finding)
    if found is None:
        raise UnknownReviewError("这次审校中没有这条标注。")
    if review.superseded:
        raise OutOfTurnError("这份文稿已重新审校，请在最近一次审校中处理。")
    if faults := decision_faults(found.severity, decision):
        raise RefusedError(faults)


def require_stage(review: Review, signing: Signing) -> None:
    """See to it that a stage may be signed: in its turn, by somebody who has signed none before.

    Raises:
        OutOfTurnError: it is not its turn.
        RefusedError: the same person has signed another stage.
    """
    done = review.signings
    if not _plain(signing.actor):
        raise RefusedError([Fault("actor", "应写明审校人")])
    if review.superseded:
        raise OutOfTurnError("这份文稿已重新审校，请在最近一次审校中签署。")
    if any(one.verdict is StageVerdict.RETURN for one in done):
        raise OutOfTurnError("这次审校已退回，请修改后重新提交审校。")
    order = list(Stage)
    if len(done) == len(order):
        raise OutOfTurnError("三审都已完成。")
    if signing.stage is not order[len(done)]:
        raise OutOfTurnError(f"现在应进行{order[len(done)]}。")
    if any(same_person(one.actor, signing.actor) for one in done):
        raise RefusedError([Fault("actor", "初审、复审、终审应由三个不同的人进行")])
    if (
        signing.stage is Stage.FINAL
        and signing.verdict is StageVerdict.PASS
        and review.verdict is Verdict.BLOCK
    ):
        raise OutOfTurnError("还有须改的问题没有处理，终审不能通过。")
