"""机器校对 as a task of a workflow, before the persons."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    Page,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from shenjiao_wagtail.models import MachineProofreading
from tests.desk import CLEAN, DOUBTFUL, WRONG, Desk, is_live, seen_by_a_visitor, told


def workflow_of(home: Page, *names: str) -> Workflow:
    """Have pages below the front page take a workflow: 机器校对, then persons."""
    workflow = Workflow.objects.create(name="三审三校")
    tasks = [MachineProofreading.objects.create(name="机器校对")]
    for name in names:
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(Group.objects.get_or_create(name="编辑")[0])
        tasks.append(task)
    for order, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=home)
    return workflow


@pytest.fixture
def _three_readers(desk: Desk) -> None:
    workflow_of(desk.home, "初审", "复审", "终审")


@pytest.fixture
def _one_reader(desk: Desk) -> None:
    workflow_of(desk.home, "终审")


def state_of(page: Page) -> WorkflowState:
    return WorkflowState.objects.get(object_id=str(page.pk))


def comment_on(page: Page) -> str:
    return str(
        TaskState.objects.filter(revision__object_id=str(page.pk), task__name="机器校对").latest("pk").comment
    )


def approve(desk: Desk, page: Page) -> str:
    state = state_of(page).current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk))
    desk.client.post(address, {"comment": ""})
    return told(desk.client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))))


@pytest.mark.usefixtures("_three_readers")
def test_a_draft_with_an_error_comes_back_with_the_findings_as_comment(desk: Desk) -> None:
    page, _ = desk.create(WRONG, action="submit")

    assert state_of(page).status == WorkflowState.STATUS_NEEDS_CHANGES
    assert "正文：“截止目前”" in comment_on(page)


@pytest.mark.usefixtures("_three_readers")
def test_the_comment_is_shown_to_the_editor(desk: Desk) -> None:
    page, _ = desk.create(WRONG, action="submit")

    assert "建议：截至目前" in desk.history(page)


@pytest.mark.usefixtures("_three_readers")
def test_a_mended_draft_goes_on_to_the_persons_and_then_live(desk: Desk) -> None:
    page, _ = desk.create(WRONG, action="submit")
    desk.edit(page, CLEAN, action="submit")
    assert state_of(page).current_task_state.task.name == "初审"

    for _ in range(3):
        assert not is_live(page)
        approve(desk, page)

    assert CLEAN in (seen_by_a_visitor(page) or "")


@pytest.mark.usefixtures("_one_reader")
def test_an_edit_after_the_machine_has_read_stops_the_last_approval(desk: Desk) -> None:
    page, _ = desk.create(CLEAN, action="submit")
    desk.edit(page, WRONG, action="")

    answer = approve(desk, page)

    assert "机器校对未通过" in answer
    assert "建议：截至目前" in answer
    assert not is_live(page)
    assert state_of(page).status == WorkflowState.STATUS_IN_PROGRESS


@pytest.mark.usefixtures("_one_reader")
def test_warnings_go_on_to_the_person_whose_approval_publishes(desk: Desk) -> None:
    page, _ = desk.create(DOUBTFUL, action="submit")
    assert "【须核实】" in comment_on(page)

    approve(desk, page)

    assert is_live(page)


@pytest.mark.usefixtures("_one_reader")
def test_warnings_that_came_after_the_machine_had_read_are_shown_before_they_are_approved(desk: Desk) -> None:
    page, _ = desk.create(CLEAN, action="submit")
    desk.edit(page, DOUBTFUL, action="")

    first = approve(desk, page)
    assert "2024年2月30日" in first
    assert not is_live(page)
    approve(desk, page)

    assert is_live(page)


def test_where_no_person_follows_warnings_are_handed_back_once(desk: Desk) -> None:
    workflow_of(desk.home)
    page, _ = desk.create(DOUBTFUL, action="submit")
    assert not is_live(page)

    desk.edit(page, DOUBTFUL, action="submit")

    assert is_live(page)


@pytest.mark.usefixtures("_three_readers")
def test_a_draft_comes_back_while_the_service_is_down(desk: Desk, dead: None) -> None:
    page, _ = desk.create(CLEAN, action="submit")

    assert state_of(page).status == WorkflowState.STATUS_NEEDS_CHANGES
    assert "没有应答" in comment_on(page)
