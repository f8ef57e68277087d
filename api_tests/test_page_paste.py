"""What the editor's page takes in: clipboards of Word, WPS and web pages, and files."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from api_tests.page_kit import go_to_beginning, paper, press
from api_tests.service import running

LARGEST = 120 * 1024
"""Bytes of the bundle as it travels."""
PASTE = """([html, text]) => {
    const clipboard = new DataTransfer();
    if (html) clipboard.setData('text/html', html);
    clipboard.setData('text/plain', text);
    document.getElementById('paper').dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""
WITHOUT_MARKS = """() => {
    const draft = document.getElementById('paper').cloneNode(true);
    for (const mark of draft.querySelectorAll('.mark')) mark.replaceWith(...mark.childNodes);
    draft.normalize();
    return draft.innerHTML;
}"""
# Written after the manner of Word's clipboard: a style sheet, conditional comments, line breaks anywhere.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- /* Style Definitions */
 p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0cm; text-align:justify; font-size:10.5pt;
 font-family:"Calibri",sans-serif; mso-fareast-font-family:仿宋_GB2312;}
 p.a1 {text-align:center; font-size:22.0pt; font-family:方正小标宋简体;}
 @page WordSection1 {size:595.3pt 841.9pt;} --></style></head>
<body lang=ZH-CN><!--StartFragment-->
<p class=a1 align=center style='text-align:center'><b><span lang=EN-US style='font-size:22.0pt;
font-family:方正小标宋简体'>关于报送整改情况的通知<o:p></o:p></span></b></p>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span
style='font-size:16.0pt;font-family:仿宋_GB2312'>请各单位于规定时间内报送
整改情况，并<u>落实责任</u>。<span style='color:red;background:yellow'>截止目前</span></span></p>
<p class=MsoListParagraph style='margin-left:18.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span lang=EN-US style='mso-list:Ignore'>一、<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]><span
style='font-family:黑体'>时间安排</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>二、<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>工作要求</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='font-family:Wingdings;mso-list:Ignore'>Ø<span>&nbsp;&nbsp;</span></span><![endif]>第一点</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='font-family:Wingdings;mso-list:Ignore'>Ø<span>&nbsp;&nbsp;</span></span><![endif]>第二点</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='height:20pt'>
<td colspan=2 width=200><p class=MsoNormal align=center style='text-align:center'><b>名单</b></p></td></tr>
<tr><td><p class=MsoNormal>单位</p></td><td><p class=MsoNormal>件数<o:p></o:p></p></td></tr></table>
<p class=MsoNormal><del>删去的</del><ins>补上的</ins><span style='display:none'>看不见的</span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal align=right style='text-align:right'>某市人民政府办公室</p>
<img src="file:///C:/tmp/clip_image001.png" onerror="document.title='ran'"><script>document.title='ran'</script>
<!--EndFragment--></body></html>"""
WORD_TEXT = """关于报送整改情况的通知
请各单位于规定时间内报送整改情况，并落实责任。截止目前
一、时间安排
二、工作要求
第一点
第二点
名单
单位\t件数
补上的

某市人民政府办公室"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("service") / "log"
    with log.open("wb") as written, running(written) as (address, _):
        yield address


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def paste(page: Page, html: str, text: str = "") -> Locator:
    paper(page).focus()
    page.evaluate(PASTE, [html, text])
    return paper(page)


def clipboard(page: Page, kind: str) -> str:
    read = f"""async () => (await (await navigator.clipboard.read())[0].getType('{kind}')).text()"""
    return str(page.evaluate(read))


def test_word_keeps_headings_fonts_alignment_and_indents(page: Page) -> None:
    draft = paste(page, WORD)
    title, body = draft.locator("p").nth(0), draft.locator("p").nth(1)

    expect(title).to_have_attribute("data-align", "center")
    expect(title.locator("[data-font=xiaobiaosong] [data-size='22'] strong")).to_have_text(
        "关于报送整改情况的通知"
    )
    expect(body).to_have_attribute("data-first", "2")
    expect(body.locator("[data-font=fangsong]").first).to_contain_text("报送整改情况")
    expect(body.locator("u")).to_have_text("落实责任")
    expect(draft.get_by_text("某市人民政府办公室").locator("xpath=ancestor::p")).to_have_attribute(
        "data-align", "right"
    )


def test_words_list_numbers_become_text_and_its_bullets_a_list(page: Page) -> None:
    draft = paste(page, WORD)

    expect(draft).to_contain_text("一、时间安排")
    expect(draft.locator("ul li")).to_have_text(["第一点", "第二点"])


def test_words_tables_keep_their_cells_and_spans(page: Page) -> None:
    draft = paste(page, WORD)

    expect(draft.locator("table tr")).to_have_count(2)
    expect(draft.locator("td[colspan='2']")).to_have_text("名单")
    expect(draft.locator("tr").nth(1).locator("td")).to_have_text(["单位", "件数"])


def test_what_word_struck_out_hid_or_scripted_stays_outside(page: Page) -> None:
    draft = paste(page, WORD)

    expect(draft).to_contain_text("补上的")
    for foreign in ("删去的", "看不见的", "Style Definitions", "supportLists"):
        expect(draft).not_to_contain_text(foreign)
    assert draft.locator("img, script, style, [style], [onerror], [class*=Mso]").count() == 0
    expect(page.get_by_text("有 1 张图片没有带入。")).to_be_visible()
    assert page.title() == "审校 · 公文发布前校对"


def test_the_strict_policy_has_nothing_to_report_when_styles_and_handlers_come_in(page: Page) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    paste(page, WORD)
    expect(paper(page).locator("[data-size='22']")).to_have_count(1)

    assert faults == []


def test_what_was_pasted_from_word_is_checked_and_copied_as_its_text(page: Page) -> None:
    draft = paste(page, WORD)
    expect(draft.locator(".mark-error")).to_have_text("截止目前")
    press(page, "复制纯文本")
    expect(page.get_by_text("已复制纯文本。")).to_be_visible()

    assert clipboard(page, "text/plain") == WORD_TEXT


def test_the_copied_text_carries_the_looks_that_word_reads(page: Page) -> None:
    paste(page, WORD)
    press(page, "复制全文")
    expect(page.get_by_text("已复制全文。")).to_be_visible()
    html = clipboard(page, "text/html")

    for look in (
        "方正小标宋简体",
        "仿宋_GB2312",
        "font-size: 22pt",
        "text-align: center",
        "text-indent: 2em",
    ):
        assert look in html
    for part in ('colspan="2"', "<ul", "<strong", "<u"):
        assert part in html
    assert "mark-error" not in html


def test_the_copied_text_pasted_back_is_the_same_draft(page: Page) -> None:
    draft = paste(page, WORD)
    before = page.evaluate(WITHOUT_MARKS)
    draft.press("Control+A")
    draft.press("Control+X")
    expect(draft).to_have_text("")
    draft.press("Control+V")
    expect(draft).to_contain_text("某市人民政府办公室")

    assert page.evaluate(WITHOUT_MARKS) == before


def test_a_web_page_keeps_headings_lists_and_links_and_loses_its_furniture(page: Page) -> None:
    draft = paste(
        page,
        """<nav>首页 &gt; 通知</nav><h2 style="color:red">工作要求</h2><div>一段<br>两行
        <a href="https://www.example.gov.cn/a">公开目录</a><a href="javascript:alert(1)">点这里</a></div>
        <ol start="3"><li>第三</li><li><p>第四</p></li></ol><iframe src="https://x.example"></iframe>
        <form><button>提交</button></form><img src="https://tracker.example/1.gif">""",
    )

    expect(draft.locator("h2")).to_have_text("工作要求")
    expect(draft.locator("ol[start='3'] li")).to_have_text(["第三", "第四"])
    expect(draft.locator("a")).to_have_text("公开目录")
    expect(draft).to_contain_text("点这里")
    for furniture in ("首页", "提交"):
        expect(draft).not_to_contain_text(furniture)
    assert draft.locator("img, iframe, form, nav").count() == 0


def test_a_few_words_are_pasted_into_the_line(page: Page) -> None:
    draft = paste(page, "", "请报送情况。")
    go_to_beginning(page)
    draft.press("ArrowRight")
    paste(page, "<span style='font-size:16pt'>各单位</span>")

    expect(draft.locator("p")).to_have_text(["请各单位报送情况。"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.txt", "截止目前\r\n第二行".encode()),
        ("旧稿.txt", "截止目前\n第二行".encode("gb18030")),
        ("记事本.txt", "截止目前\r\n第二行".encode("utf-16")),
        ("网页.html", "<p>截止目前</p><script>alert(1)</script><p>第二行</p>".encode()),
    ],
)
def test_a_file_is_opened_and_checked(page: Page, name: str, content: bytes) -> None:
    page.locator("#file").set_input_files({"name": name, "mimeType": "", "buffer": content})

    expect(paper(page).locator("p")).to_have_text(["截止目前", "第二行"])
    expect(paper(page).locator(".mark-error")).to_have_text("截止目前")


def test_a_dropped_file_is_opened_and_undo_brings_the_draft_back(page: Page) -> None:
    paste(page, "", "原来的稿子")
    page.evaluate(
        """() => {
            const dropped = new DataTransfer();
            dropped.items.add(new File(['新的稿子'], '稿.txt'));
            const event = new DragEvent('drop', {dataTransfer: dropped, bubbles: true, cancelable: true});
            document.getElementById('paper').dispatchEvent(event);
        }"""
    )

    expect(paper(page)).to_have_text("新的稿子")
    press(page, "撤销")
    expect(paper(page)).to_have_text("原来的稿子")


def test_a_file_of_another_kind_is_refused_in_words(page: Page) -> None:
    page.locator("#file").set_input_files({"name": "图.png", "mimeType": "image/png", "buffer": b"x"})

    expect(page.get_by_role("alert")).to_contain_text("不能打开“图.png”")


def test_what_is_no_text_is_refused_in_words(page: Page) -> None:
    page.locator("#file").set_input_files(
        {"name": "乱码.txt", "mimeType": "text/plain", "buffer": bytes(range(256))}
    )

    expect(page.get_by_role("alert")).to_contain_text("不能打开“乱码.txt”：不是文本文件")
    expect(paper(page)).to_have_text("")


def test_the_bundle_stays_light() -> None:
    script = Path(__file__).parents[1] / "app" / "web" / "static" / "page.js"

    assert len(gzip.compress(script.read_bytes())) <= LARGEST
