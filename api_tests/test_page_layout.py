"""The order of words on a page: what is joined to a paragraph, what is parted into cells, and what stays a line."""

from __future__ import annotations

from app.formats.kernel.layout import Run, lay_out

SIZE = 16.0
LEFT, WIDTH = 80.0, 20
FULL = "为认真贯彻落实上级关于安全生产工作要求，"


def line(words: str, row: float = 0, *, left: float = LEFT, page: int = 1, size: float = SIZE) -> Run:
    """Write a line of characters of one width; rows are 28 points apart."""
    top = 100 + 28 * row
    boxes = [(left + n * size, top, left + (n + 1) * size, top + size) for n in range(len(words))]
    return Run(words, boxes, page)


def laid(*runs: Run) -> str:
    pages = sorted({run.page for run in runs})
    return "".join(lay_out(iter([[run for run in runs if run.page == page] for page in pages])).text)


def test_the_lines_of_a_paragraph_are_joined() -> None:
    assert len(FULL) == WIDTH
    first = line(FULL[:-2], left=LEFT + 2 * SIZE)

    assert (
        laid(first, line(FULL, 1), line("现将有关事项通知如下。", 2))
        == f"{FULL[:-2]}{FULL}现将有关事项通知如下。\n"
    )


def test_a_line_that_is_not_full_ends_its_paragraph() -> None:
    assert laid(line(FULL), line(FULL[:14], 1), line("附上名单", 2)) == f"{FULL}{FULL[:14]}\n附上名单\n"


def test_a_sentence_a_number_and_an_indented_line_begin_anew() -> None:
    ended = FULL[:-1] + "。"

    assert laid(line(ended), line("各单位", 1)) == f"{ended}\n各单位\n"
    assert laid(line(FULL), line("二、加强领导", 1)) == f"{FULL}\n二、加强领导\n"
    assert (
        laid(line(FULL), line(FULL, 1), line("各单位", 2, left=LEFT + 2 * SIZE)) == f"{FULL}{FULL}\n各单位\n"
    )


def test_another_size_and_another_spacing_begin_anew() -> None:
    assert laid(line(FULL, size=24), line("各单位", 1)) == f"{FULL}\n各单位\n"
    assert laid(line(FULL), line(FULL, 1), line("各单位", 2.6)) == f"{FULL}{FULL}\n各单位\n"


def test_cells_that_stand_side_by_side_are_parted_by_tabs_also_below_a_broken_number() -> None:
    name, number = line("赵小明"), line("110105194912310", left=200, size=8)
    rest, telephone = line("02X", 0.4, left=200, size=8), line("无", left=400)

    assert laid(name, number, rest, telephone) == "赵小明\t11010519491231002X\t无\n"


def test_numbers_in_one_column_are_not_joined() -> None:
    assert laid(line("13800138000"), line("13900139000", 1)) == "13800138000\n13900139000\n"


def test_a_paragraph_goes_on_over_the_page_and_past_its_number() -> None:
    foot = line("— 1 —", 20, left=300)
    next_page = (line("落到实处。", page=2), line("— 2 —", 20, left=300, page=2))

    assert laid(line(FULL, 17), line(FULL, 18), foot, *next_page) == f"{FULL}{FULL}落到实处。\n"


def test_each_of_two_columns_has_an_edge_of_its_own() -> None:
    right = LEFT + (WIDTH + 2) * SIZE
    column = [line(FULL), line(FULL[:16], 1), line("各单位", 2)]
    other = [line(FULL, left=right), line("落到实处。", 1, left=right)]

    assert laid(*column, *other) == f"{FULL}{FULL[:16]}\n各单位\n{FULL}落到实处。\n"


def test_latin_words_are_joined_with_the_blank_that_the_line_end_stood_for() -> None:
    words = "the quick brown fox jumps over"

    assert laid(line(words, size=8), line("lazy dogs", 0.5, size=8)) == f"{words} lazy dogs\n"


def test_every_character_keeps_its_page_and_its_box() -> None:
    done = lay_out(iter([[line(FULL)], [line("各单位。", page=2)]]))

    assert len(done.pages) == len("".join(done.text)) == len(done.edges) / 4
    assert [done.pages[0], done.pages[-2]] == [1, 2]
