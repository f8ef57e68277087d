"""How fluent the editor's page is: from a key to the paint, in a real browser with the real service.

`python -m bench.editor`. Two drafts, 5,000 characters with 50 findings and 50,000 with 500. In the middle of each a
sentence is typed key by key, with rests in which checks are sent and answers arrive. Needs Debian's chromium.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from api_tests.page_kit import paper, serving
from app.main import create_app
from app.settings import Settings

LINE = (
    "各县区人民政府要加强组织领导，压实工作责任，按照时间节点逐项完成整改，形成长效机制。"
    "{fault}，全市共排查政府网站和政务新媒体若干个，发现的问题均已建立台账，实行销号管理，确保整改到位见效。"
)
FAULT = "截止目前"
SIZES = ((5_000, 50), (50_000, 500))
TYPED = "zai tuidong "
"""Keys that a browser is given as keys; Chinese characters come without any."""
ROUNDS = 12
REST_EVERY = 5
REST = 700
"""Milliseconds: long enough for a paragraph to be sent and its answer to arrive."""
BETWEEN_KEYS = 60
"""Milliseconds: a fast typist."""
ENOUGH = 50
"""Milliseconds from key to paint, at the 95th percentile."""
PATIENCE = 120_000
WATCH = """() => {
    window.times = [];
    const channel = new MessageChannel();
    let begun = 0;
    channel.port1.onmessage = () => window.times.push(performance.now() - begun);
    document.addEventListener('keydown', (event) => {
        begun = event.timeStamp;
        // A frame callback runs before the paint, a message sent from it after.
        requestAnimationFrame(() => channel.port2.postMessage(0));
    }, true);
    window.longest = 0;
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: 'longtask' });
}"""


def draft(characters: int, findings: int) -> str:
    """Write a draft with so many characters and findings, a finding a line."""
    line = LINE.format(fault=FAULT)
    rest = characters // findings - len(line)
    return "\n".join([line + "另行通知" * (rest // 4)] * findings)


def measure(page: Page, characters: int, findings: int) -> tuple[list[float], float]:
    """Type into a draft; give the milliseconds of each key, and of the longest task."""
    page.evaluate("text => navigator.clipboard.writeText(text)", draft(characters, findings))
    paper(page).press("Control+V")
    expect(page.locator("#state")).to_have_text("已检查当前文稿。", timeout=PATIENCE)
    expect(page.locator(".mark")).to_have_count(findings, timeout=PATIENCE)
    paper(page).locator("p").nth(findings // 2).click(position={"x": 200, "y": 10})
    page.keyboard.press("Escape")
    paper(page).focus()
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    for number in range(ROUNDS):
        for letter in TYPED:
            page.keyboard.press(letter)
            page.wait_for_timeout(BETWEEN_KEYS)
        if number % REST_EVERY == 0:
            page.wait_for_timeout(REST)
    expect(page.locator("#state")).to_have_text("已检查当前文稿。", timeout=PATIENCE)
    expect(paper(page).locator("p").nth(findings // 2)).to_contain_text(TYPED * ROUNDS)
    return page.evaluate("() => window.times"), page.evaluate("() => window.longest")


def main() -> None:
    """Measure and print."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("没有 chromium；Debian 上可执行 tools/chromium.sh")
    slow = False
    print(f"{'draft':>16} {'keys':>6} {'p50':>7} {'p95':>7} {'most':>7} {'longest task':>13}   ms")
    with (
        tempfile.TemporaryDirectory() as own,
        serving(create_app(Settings(database_url=f"sqlite:///{Path(own) / 'site.db'}"))) as address,
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        ) as browser,
    ):
        for characters, findings in SIZES:
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            page = context.new_page()
            page.goto(address, timeout=PATIENCE)
            times, longest = measure(page, characters, findings)
            cuts = statistics.quantiles(times, n=20)
            size = f"{characters:,}/{findings}"
            print(
                f"{size:>16} {len(times):>6} {cuts[9]:7.1f} {cuts[18]:7.1f} {max(times):7.1f} {longest:13.1f}"
            )
            slow = slow or cuts[18] > ENOUGH
            context.close()
    if slow:
        sys.exit(f"p95 is above {ENOUGH} ms")


if __name__ == "__main__":
    main()
