"""Take the picture of the page for the README: docs/page.png.

Run by hand when the page looks different: `.venv/bin/python tools/picture.py`. It serves the page from
this checkout, checks api_tests/drafts/notice_with_faults.txt in it as of the notice's own day, chooses
the first error and takes the picture. Needs Debian's chromium and fonts-noto-cjk (tools/chromium.sh).
"""

from __future__ import annotations

import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import expect, sync_playwright

from app.main import create_app
from app.settings import Settings

ROOT = Path(__file__).parent.parent
NOTICE = ROOT / "api_tests" / "drafts" / "notice_with_faults.txt"
PUBLISHED_ON = "2024-04-02"
PICTURE = ROOT / "docs" / "page.png"
LARGEST = 300_000
"""Bytes."""
STOP_WITHIN = 10
"""Seconds."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the page on a free port; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(Settings()), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            # A browser that comes too early waits in the listener's queue.
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(STOP_WITHIN)


def take(address: str, chromium: str) -> None:
    """Use the page as an editor would, and take its picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(address)
        page.get_by_label("发布日期").fill(PUBLISHED_ON)
        page.evaluate("text => navigator.clipboard.writeText(text)", NOTICE.read_text(encoding="utf-8"))
        page.get_by_role("textbox", name="文稿正文").press("Control+V")
        expect(page.locator("#state")).to_have_text("已检查当前文稿。")
        page.evaluate("() => scrollTo(0, 0)")
        page.locator(".finding[data-severity=error] .message").first.click()
        # The chosen place flashes for a moment.
        page.wait_for_timeout(2_000)
        page.screenshot(path=PICTURE)
        browser.close()


def main() -> None:
    """Take the picture."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("没有 chromium；Debian 上可执行 tools/chromium.sh")
    with serving() as address:
        take(address, chromium)
    size = PICTURE.stat().st_size
    if size > LARGEST:
        sys.exit(f"{PICTURE} 有 {size:,} 字节，超过 {LARGEST:,} 字节")


if __name__ == "__main__":
    main()
