"""Take the picture of a report for the documents: docs/report.png, the notice beside the page with charts.

Run by hand when either looks different: `.venv/bin/python tools/report_picture.py`. The report is that of the archive
in api_tests/report_kit.py. Needs Debian's chromium, fonts-noto-cjk and LibreOffice (tools/chromium.sh, tools/libreoffice.sh).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from api_tests.formats_kit import converted_by_office
from api_tests.report_kit import PLAIN, SECOND, planted
from app.report.files import NOTICE, PAGE, write_files
from app.store.database import Database

PICTURE = Path(__file__).parent.parent / "docs" / "report.png"
COLOURS = 64
LARGEST = 150_000
"""Bytes."""
SHEETS = (0, 4)
"""The first page of the notice, and the first of its tables."""
SIDE_BY_SIDE = """<style>
body {{ margin: 0; padding: 12px; background: #c9ced6; display: flex; gap: 12px; align-items: flex-start; }}
div {{ display: grid; gap: 12px; }} img {{ display: block; background: white; }} .sheet {{ width: 330px; }} .page {{ width: 620px; }}
</style><div>{sheets}</div><img class="page" src="page.png">"""


def take(browser: Browser, folder: Path) -> None:
    """Take the picture of a report that lies in a folder."""
    converted_by_office(folder, "pdf", NOTICE)
    printed = pypdfium2.PdfDocument(folder / Path(NOTICE).with_suffix(".pdf"))
    for number in SHEETS:
        height = printed[number].get_height()
        # The lower part of a page is mostly empty.
        printed[number].render(scale=1.2, crop=(0, height * 0.3, 0, 0)).to_pil().save(
            folder / f"{number}.png"
        )
    printed.close()
    page = browser.new_page(viewport={"width": 1000, "height": 1330})
    page.goto((folder / PAGE).as_uri())
    page.screenshot(path=folder / "page.png")
    sheets = "".join(f'<img class="sheet" src="{number}.png">' for number in SHEETS)
    (folder / "both.html").write_text(SIDE_BY_SIDE.format(sheets=sheets), encoding="utf-8")
    page.set_viewport_size({"width": 986, "height": 850})
    page.goto((folder / "both.html").as_uri())
    page.screenshot(path=folder / "both.png")
    page.close()
    Image.open(folder / "both.png").convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)


def main() -> None:
    """Make a report and take its picture."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("没有 chromium；Debian 上可执行 tools/chromium.sh")
    with (
        tempfile.TemporaryDirectory() as own,
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        ) as browser,
    ):
        folder = Path(own)
        database = Database(f"sqlite:///{folder / 'site.db'}")
        planted(database)
        write_files(database, SECOND, folder, PLAIN)
        database.close()
        take(browser, folder)
    if (size := PICTURE.stat().st_size) > LARGEST:
        sys.exit(f"{PICTURE} 有 {size:,} 字节，超过 {LARGEST:,} 字节")


if __name__ == "__main__":
    main()
