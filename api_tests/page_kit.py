"""What the tests of the pages share: serving, pasting, pressing, looking with axe."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Locator, Page, expect

PROJECT = Path(__file__).parent.parent
NOTICE = (Path(__file__).parent / "drafts" / "notice_with_faults.txt").read_text(encoding="utf-8")
AXE = PROJECT / "web" / "node_modules" / "axe-core" / "axe.min.js"
NO_AXE = "没有 axe-core，不能查网页的无障碍；有 node 时可执行：make web-check"
PATIENCE = 5_000
"""Milliseconds a locator waits."""
FOCUS_GUARD = 250
"""Milliseconds after which the editor believes that a hand moved the caret to the beginning."""
STOP_WITHIN = 10
"""Seconds."""
GRAVE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(' | ')}`)"""


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application from this process, on a free port; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            # A browser that comes too early waits in the listener's queue.
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(STOP_WITHIN)


def paper(page: Page) -> Locator:
    """Find the sheet of the editor's page."""
    return page.get_by_role("textbox", name="文稿正文")


def paste(page: Page, text: str) -> None:
    """Paste a text as an editor does, and have it checked without the pause after typing."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    paper(page).press("Control+V")
    paper(page).press("Control+Enter")
    wait_until_checked(page)


def wait_until_checked(page: Page) -> None:
    """Wait for the findings of the text as it stands."""
    expect(page.locator("#state")).to_have_text("已检查当前文稿。")


def go_to_beginning(page: Page) -> None:
    """Bring the caret before the first letter, and wait until the editor knows it there."""
    # For 200 ms after the focus, ProseMirror takes a caret that goes to the beginning for the browser's doing
    # and puts it back. No hand is so quick; a test is.
    page.wait_for_timeout(FOCUS_GUARD)
    paper(page).press("Control+Home")
    # The browser tells of a moved caret later than of the key.
    page.evaluate("() => new Promise(told => requestAnimationFrame(() => setTimeout(told, 20)))")


def press(scope: Page | Locator, name: str) -> None:
    """Press a button."""
    scope.get_by_role("button", name=name).click()


def assert_accessible(page: Page) -> None:
    """Have axe look at the page as it now is: nothing serious, nothing critical."""
    if not AXE.exists():
        if "CI" in os.environ:
            pytest.fail(NO_AXE)
        pytest.skip(NO_AXE)
    # Evaluated by the debugger, not by the page: its policy lets in no script but its own.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    grave: list[str] = page.evaluate(GRAVE)
    assert grave == [], "\n".join(grave)
