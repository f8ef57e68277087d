"""Pages that are never live as a text which the gate has not let through.

Every way of publishing ends in a row that is saved as live: the editor's views, bulk actions, workflows, the
clock, copies, aliases, scripts. So `save` is where the gate stands. `publish` looks earlier, where a schedule
can still be kept and nothing has been written.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import Any

from django.db import models
from wagtail.models import COMMENTS_RELATION_NAME

from shenjiao_wagtail.gate import NotPublishableError, decide
from shenjiao_wagtail.history import note
from shenjiao_wagtail.page_text import PageText, text_of

BY_THE_CLOCK = "wagtail.publish.scheduled"
"""How Wagtail's command `publish_scheduled` calls its publishing in the history."""
_cleared: ContextVar[frozenset[str]] = ContextVar("cleared", default=frozenset())


@contextmanager
def _clearing(text: PageText) -> Iterator[None]:
    """Let one text through without asking again, here and in the aliases that follow."""
    token = _cleared.set(_cleared.get() | {text.digest})
    try:
        yield
    finally:
        _cleared.reset(token)


class ProofreadBeforePublishing(models.Model):
    """Stands before Page in the bases of a page type.

    `not_proofread` names fields that no visitor reads.
    """

    not_proofread: Iterable[str] = ()

    class Meta:
        """A mixin."""

        abstract = True

    def save(self, *args: Any, clean: bool = True, **how: Any) -> Any:
        """Save; as live only what the gate lets through.

        A new page that it does not let through is kept as a draft, since its words would be lost otherwise;
        a page that exists stays as it is, and NotPublishableError is raised.
        """
        if not self.live:
            return super().save(*args, clean=clean, **how)
        if self._state.adding:
            return self._save_new(*args, clean=clean, **how)
        saved = type(self)._base_manager.filter(pk=self.pk).first()  # noqa: SLF001 (Django's documented interface)
        text = text_of(self._row_to_be(saved, how.get("update_fields")))
        stays = saved is not None and saved.live and text_of(saved).digest == text.digest
        if not stays and text.digest not in _cleared.get():
            outcome = decide(self, text=text)
            if not outcome.may_go_live:
                raise NotPublishableError(self, outcome)
        return super().save(*args, clean=clean, **how)

    def publish(self, revision: Any, user: Any = None, **how: Any) -> Any:
        """Publish or schedule a revision if the gate lets its text through, else raise NotPublishableError.

        For the clock nothing is raised, since other pages are waiting behind this one: the page stays as it is and
        scheduled, the history says why, and the next run of the command asks again.
        """
        draft = revision.as_object()
        text = text_of(draft)
        outcome = decide(draft, person=user, text=text)
        if not outcome.may_go_live:
            if how.get("log_action") != BY_THE_CLOCK:
                raise NotPublishableError(draft, outcome)
            note(draft, outcome, revision=revision)
            return None
        note(draft, outcome, user=user, revision=revision)
        with _clearing(text):
            return super().publish(revision, user=user, **how)

    def _row_to_be(self, saved: Any, update_fields: Iterable[str] | None) -> Any:
        """Give the row as it will stand: some saves write a few columns, with a draft of the text in memory."""
        names = set(update_fields or ()) - {COMMENTS_RELATION_NAME}
        columns = {field.name: field for field in self._meta.concrete_fields}
        if update_fields is None or saved is None or not names <= columns.keys():
            return self
        row = copy(saved)
        for name in names:
            setattr(row, columns[name].attname, getattr(self, columns[name].attname))
        return row

    def _save_new(self, *args: Any, clean: bool, **how: Any) -> None:
        """Save as a draft first: a document has no number, and so no review, before it has a row."""
        text = text_of(self)
        if clean:
            self.full_clean()
        self.live = False
        super().save(*args, clean=clean, **how)
        outcome = decide(self, text=text)
        self.live = outcome.may_go_live
        self.has_unpublished_changes = not self.live
        models.Model.save(self, update_fields=["live", "has_unpublished_changes"])
        note(self, outcome)
