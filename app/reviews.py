"""What can be done at the gate, by whatever door: a text is checked first, then kept without its words."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import asdict, replace

from app.deadlines import Deadlines
from app.documents import Document
from app.engine import Engine
from app.fingerprint import fingerprints, shown_text
from app.gate.handing import Answered, Handed, Presented, Refusal, refusal_of
from app.gate.policy import OutOfTurnError
from app.gate.review import Decision, Form, Found, Review, Signing, Stage, Submitted
from app.gate.token import Bound, read, sign, text_hash
from app.offsets import OffsetUnit, convert
from app.one_line import masked_line
from app.presentation import excerpts
from app.redaction import redact
from app.site.acceptance import Fault, RefusedError
from app.site.layer import SiteLayer
from app.store.database import Database
from app.store.review_store import ReviewStore
from app.text_report import Report
from app.working_days import today
from detectors.kernel.finding import Category, Severity

LONGEST_WORD = 200
"""Code points of a matched text that are kept; a doubled paragraph may be much longer."""
PERSONAL = "含有个人信息；审校记录会导出，不能存个人信息"


class Reviews:
    """The gate of one service."""

    def __init__(  # noqa: PLR0913 each is one thing that a site decides
        self,
        engine: Engine,
        database: Database,
        *,
        token_hours: int,
        required: Collection[Stage],
        keep_texts: bool,
        deadlines: Deadlines,
    ) -> None:
        """Check with an engine, keep in a database.

        Args:
            engine: checks the texts.
            database: keeps the reviews.
            token_hours: how long a token is good.
            required: the stages without which nothing is published.
            keep_texts: whether texts are kept, with all personal data masked.
            deadlines: by when findings are to be settled.
        """
        self.engine = engine
        self.store = ReviewStore(database)
        self.required = tuple(required)
        self._token_seconds = token_hours * 60 * 60
        self._keep_texts = keep_texts
        self._deadlines = deadlines

    def check(self, handed: Handed, layer: SiteLayer) -> tuple[Submitted, Report, dict[str, str]]:
        """Check a revision; nothing is kept yet.

        Returns:
            What can be kept, the report, and the matched text of each finding by fingerprint.

        Raises:
            RefusedError: a name that has to be kept holds personal data.
        """
        self._refuse_personal(
            {"document_id": handed.document_id, "revision": handed.revision, "channel": handed.channel}, layer
        )
        document = Document.of(handed.text, is_page=handed.form is Form.HTML)
        report = self.engine.check(
            document.text, published_on=handed.published_on, links=document.links, layer=layer
        )
        kept = None
        if self._keep_texts:
            kept = _storable(redact(self.engine, document, everything=True, layer=layer).document.source)
        names = fingerprints(report)
        words = dict(zip(names, (shown_text(report, found) for found in report.findings), strict=True))
        submitted = Submitted(
            document_id=handed.document_id,
            revision=handed.revision,
            channel=handed.channel,
            title=None if handed.title is None else self._masked(handed.title, layer),
            published_on=handed.published_on,
            form=handed.form,
            text_hash=text_hash(handed.text),
            offset_unit=handed.offset_unit,
            lexicon_version=report.lexicon_version,
            site_lexicon_version=report.site_lexicon_version,
            findings=tuple(_found(report, document, handed.offset_unit, self._deadlines)),
            kept_text=kept,
        )
        return submitted, report, words

    def keep(self, submitted: Submitted, by: str = "") -> tuple[Review, str]:
        """Keep a checked revision; give the review and its token.

        Args:
            submitted: what was checked.
            by: the name of the key with which it was asked for, as of every deed; empty without keys.

        Raises:
            DatabaseError: see there.
        """
        review, secret = self.store.add(submitted, by)
        bound = Bound(
            review=review.id,
            text=submitted.text_hash,
            lexicon=submitted.lexicon_version,
            site_lexicon=submitted.site_lexicon_version,
            expires=int(time.time()) + self._token_seconds,
        )
        return review, sign(bound, secret)

    def decide(self, name: str, decision: Decision, layer: SiteLayer, by: str = "") -> Review:
        """Decide about a finding.

        Raises:
            UnknownReviewError, OutOfTurnError, RefusedError, DatabaseError: see there.
        """
        self._refuse_personal({"actor": decision.actor, "second_actor": decision.second_actor}, layer)
        reason = None if decision.reason is None else self._masked(decision.reason, layer)
        return self.store.decide(name, replace(decision, reason=reason), by)

    def sign(self, name: str, signing: Signing, layer: SiteLayer, by: str = "") -> Review:
        """Sign one of the three reviews.

        Raises:
            UnknownReviewError, OutOfTurnError, RefusedError, DatabaseError: see there.
        """
        self._refuse_personal({"actor": signing.actor}, layer)
        comment = None if signing.comment is None else self._masked(signing.comment, layer)
        return self.store.sign(name, replace(signing, comment=comment), by)

    def verify(self, presented: Presented, by: str = "") -> Answered:
        """Tell whether this very text may be published; a refusal is recorded, where the token was ours.

        Raises:
            DatabaseError: see there.
        """
        told = self.store.told_by(lambda secret: read(presented.token, secret))
        if told is None:
            return Answered(None, Refusal.FORGED, publishable=False)
        bound, review = told
        hashed = text_hash(presented.text)
        refusal = refusal_of(presented, hashed, bound, review)
        if refusal is not None:
            self.store.refuse(review, refusal.value, hashed, by)
        return Answered(review, refusal, refusal is None and review.publishable(self.required))

    def text(self, name: str) -> str:
        """Give the text of a review, where it was kept.

        Raises:
            UnknownReviewError, DatabaseError: see there.
            OutOfTurnError: it was not kept.
        """
        kept = self.store.get(name).submitted.kept_text
        if kept is None:
            raise OutOfTurnError("这次审校没有保存文稿（SHENJIAO_KEEP_TEXTS）。")
        return kept

    def _masked(self, line: str, layer: SiteLayer) -> str:
        return masked_line(self.engine, line, layer)

    def _refuse_personal(self, said: dict[str, str | None], layer: SiteLayer) -> None:
        given = {field: value for field, value in said.items() if value}
        # All at once first: hardly ever is there anything.
        if self._leaks("\n".join(given.values()), layer):
            faults = [Fault(field, PERSONAL) for field, value in given.items() if self._leaks(value, layer)]
            raise RefusedError(faults or [Fault(field, PERSONAL) for field in given])

    def _leaks(self, value: str, layer: SiteLayer) -> bool:
        report = self.engine.check(value, categories={Category.PRIVACY}, layer=layer)
        return any(found.rule.severity is not Severity.INFO for found in report.findings)


def _found(report: Report, document: Document, unit: OffsetUnit, deadlines: Deadlines) -> Iterator[Found]:
    """Write down the findings of a report, with places in the source as it was handed in."""
    spans = [document.in_source(found.span) for found in report.findings]
    offsets = convert(document.source, (end for span in spans for end in (span.start, span.end)), unit)
    found_on = today()
    named = zip(report.findings, fingerprints(report), spans, excerpts(report), strict=True)
    for found, name, span, excerpt in named:
        yield Found(
            fingerprint=name,
            rule=found.rule.code,
            category=found.rule.category,
            severity=found.rule.severity,
            start=offsets[span.start],
            end=offsets[span.end],
            word=_storable(shown_text(report, found)[:LONGEST_WORD]),
            excerpt=_storable(excerpt),
            message=_storable(found.because(report.text)),
            replacements=tuple(map(_storable, found.replacements)),
            source=asdict(found.rule.source),
            due_on=deadlines.due_on(found.rule.category, found.rule.severity, found_on),
        )


def _storable(text: str) -> str:
    # PostgreSQL holds every character but this one.
    return text.replace("\0", "\ufffd")
