"""机器校对, a task of a workflow: passes a draft on, or hands it back with the findings as its comment."""

from typing import Any

from django.utils import timezone
from wagtail.models import Task, TaskState
from wagtail.signals import task_approved, task_rejected

from shenjiao_wagtail.gate import Outcome, decide, remember_shown


class MachineProofreading(Task):
    """Needs nobody: it is finished when it has been started."""

    class Meta:
        """How the task is called where workflows are put together."""

        verbose_name = "机器校对"
        verbose_name_plural = "机器校对"

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Have the draft reviewed, and finish.

        The status is set here: `approve` and `reject` would have the workflow go on, which starts this task again
        while it is starting.
        """
        state = super().start(workflow_state, user=user)
        outcome = decide(state.revision.as_object())
        passed = outcome.may_go_live or (
            outcome.asks_a_person and self._is_seen_by_others(workflow_state, outcome)
        )
        state.status = TaskState.STATUS_APPROVED if passed else TaskState.STATUS_REJECTED
        state.finished_at = timezone.now()
        state.comment = "\n".join((outcome.saying, *outcome.lines))
        state.save()
        remember_shown(outcome)
        state.log_state_change_action(user, "approve" if passed else "reject")
        signal = task_approved if passed else task_rejected
        signal.send(sender=state.specific.__class__, instance=state.specific, user=user)
        return state

    def _is_seen_by_others(self, workflow_state: Any, outcome: Outcome) -> bool:
        """Tell whether a person sees the warnings before the page is live: at a later task, or by handing it in again."""
        done = workflow_state.successful_task_states.values("task_id")
        others = workflow_state.workflow.workflow_tasks.filter(task__active=True).exclude(task=self)
        return bool(outcome.record and outcome.record.shown) or others.exclude(task_id__in=done).exists()

    @classmethod
    def get_description(cls) -> str:
        """Say what the task does where one is chosen."""
        return "由审校服务检查全文：有须改之处的退回，提醒写在意见里；没有的转入下一环节"
