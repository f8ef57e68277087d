"""The language model: symbols, n-grams, candidates, and a judgement that is the same however a text is cut."""

from __future__ import annotations

import lzma
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import rjieba

from app.engine import Engine
from detectors.kernel.confusion import characters_of
from detectors.kernel.finding import Category, Severity
from detectors.kernel.language import corrector as corrector_module
from detectors.kernel.language.alike import Alike, Sound
from detectors.kernel.language.changes import Kind, Proposals
from detectors.kernel.language.cloze import Cloze
from detectors.kernel.language.corrector import BEST_FIT, COLUMNS, Corrector
from detectors.kernel.language.dictionary import MaskedWords
from detectors.kernel.language.forest import Forest
from detectors.kernel.language.ngrams import Ngrams
from detectors.kernel.language.symbols import Symbols
from detectors.kernel.language.words_around import COLUMNS as OF_WORDS
from detectors.kernel.language.words_around import REACH, words_around
from detectors.kernel.sources import LEXICONS
from detectors.kernel.text import Text
from detectors.typos.in_context import MODEL, THRESHOLDS, InContext
from tools.typo_model import table
from tools.typo_model.corpus import Corpus, stream_of
from tools.typo_model.estimate import estimate
from tools.typo_model.made_errors import Breaker

CLEAN = "各级人民政府要认真贯彻落实党中央、国务院决策部署，切实加强组织领导，确保各项工作落到实处。"
BROKEN = "各级人民政府要认真贯彻落实党中央、国务院决策布署，切实加强组织领导，确保各项工作落到实处。"


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    return Corrector.load(MODEL, characters_of(LEXICONS))


def codes(text: str) -> str:
    return "".join(chr(code) for code in Symbols.of(text).codes)


def test_numbers_words_and_rows_of_marks_are_one_symbol_each() -> None:
    assert codes("2024年PDF版。！？共12.5页") == "\0000年A版\000共0\0000页\0"


def test_quotation_marks_are_no_symbols_and_lists_keep_their_mark() -> None:
    assert codes("坚持“两个维护”、做到") == "\0坚持两个维护、做到\0"


def test_every_symbol_knows_its_place_in_the_text() -> None:
    text = "共“12”页，讫。"
    symbols = Symbols.of(text)
    assert [text[place] for place in symbols.places[1:-1]] == ["共", "1", "页", "，", "讫", "。"]


@pytest.mark.parametrize("text", ["", "。", "abc", "𠮷𠮷", "\ud800", "字"])
def test_odd_texts_are_read_without_complaint(corrector: Corrector, text: str) -> None:
    assert list(corrector.slips(text, THRESHOLDS)) == []


def small_model(folder: Path) -> Ngrams:
    paragraphs = [f"第{'一二三四五六七八九十'[number % 10]}条公民依法享有权利。" for number in range(40)]
    paragraphs += ["公民履行义务。", "国家保护公民权利。", "机关依法行使权力。"] * 5
    paragraphs += [CLEAN[start:] for start in range(20)]
    estimates, unseen = estimate(stream_of({"laws": paragraphs}))
    table.write(folder, estimates, unseen)
    return Ngrams.load(folder)


def test_what_was_read_often_is_likelier_than_what_was_not(tmp_path: Path) -> None:
    ngrams = small_model(tmp_path)

    def score(text: str) -> float:
        return float(ngrams.likelihood(Symbols.of(text).codes[None, :]).log_probabilities.sum())

    assert score("公民依法享有权利") > score("公民依法享有权力") > score("公民依法享有权鼠")


def test_probabilities_of_what_may_follow_sum_to_no_more_than_one(tmp_path: Path) -> None:
    ngrams = small_model(tmp_path)
    known = np.flatnonzero(ngrams.is_known(np.arange(0x10000)))
    context = np.array([ord(letter) for letter in "依法享有"])
    rows = np.concatenate((np.tile(context, (len(known), 1)), known[:, None]), axis=1)
    total = float((10.0 ** ngrams.likelihood(rows).log_probabilities[:, -1]).sum())
    # Eight bits a logarithm leave some per cent of play.
    assert 0.9 < total < 1.05


def test_third_party_text_leaves_nothing_behind_that_it_holds_once(tmp_path: Path) -> None:
    own = ["公民依法享有权利。"] * 4 + [CLEAN[start:] for start in range(20)]
    estimates, unseen = estimate(stream_of({"laws": own, "news": ["鹦鹉学舌。", "画蛇添足。", "画蛇添足。"]}))
    table.write(tmp_path, estimates, unseen)
    ngrams = Ngrams.load(tmp_path)

    def longest(text: str) -> int:
        return int(ngrams.likelihood(Symbols.of(text).codes[None, :]).orders.max())

    assert longest("鹦鹉学舌") == 1
    assert longest("画蛇添足") == 5


def test_a_context_ends_where_the_clause_ends() -> None:
    ngrams = Ngrams.load(MODEL)
    alone = ngrams.likelihood(Symbols.of("决策部署").codes[None, :]).log_probabilities[0]
    behind = ngrams.likelihood(Symbols.of("认真贯彻，决策部署").codes[None, :]).log_probabilities[0]
    np.testing.assert_allclose(alone[1:], behind[-len(alone) + 1 :], atol=1e-5)


def test_idioms_are_found_by_all_their_letters_but_one() -> None:
    idioms, text = MaskedWords(4, 2), np.array([ord(letter) for letter in "他一往不前"], np.uint16)
    places, letters = idioms.near(text, np.ones(len(text), np.bool_))
    assert (3, "无") in {(int(place), chr(letter)) for place, letter in zip(places, letters, strict=True)}
    places, letters = idioms.near(text, text != ord("不"))
    assert 3 not in places


def test_a_word_of_the_dictionary_completes_to_no_other() -> None:
    idioms, text = MaskedWords(4, 2), np.array([ord(letter) for letter in "一往无前"], np.uint16)
    places, _ = idioms.near(text, np.ones(len(text), np.bool_))
    assert not len(places)


def test_a_slip_is_found_in_its_place(corrector: Corrector) -> None:
    (slip,) = corrector.slips(BROKEN, THRESHOLDS)
    assert (BROKEN[slip.start : slip.end], slip.rights[0], slip.kind) == ("布", "部", Kind.SOUND)


def test_the_right_text_is_left_alone(corrector: Corrector) -> None:
    assert list(corrector.slips(CLEAN, THRESHOLDS)) == []


def test_a_clause_with_two_slips_is_read_until_both_are_found(corrector: Corrector) -> None:
    found = {
        slip.rights[0]
        for slip in corrector.slips("依法追纠有关人员的责任，维护当事人的和法权益。", THRESHOLDS)
    }
    assert found == {"究", "合"}


def test_long_texts_are_read_in_pieces_with_the_same_findings(
    corrector: Corrector, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (CLEAN + BROKEN) * 5
    whole = list(corrector.slips(text, THRESHOLDS))
    monkeypatch.setattr(corrector_module, "PIECE", 40)
    assert list(corrector.slips(text, THRESHOLDS)) == whole
    assert len(whole) == 5


def test_a_stranger_has_read_nothing_of_the_kind_that_is_put_before_it(tmp_path: Path) -> None:
    numbers = [
        f"{'一二三四五六七八九十'[number % 10]}、第{number}段说的是另外一件事情。" for number in range(400)
    ]
    for name in ("laws", "government", "news"):
        paragraphs = "\n".join(name + number for number in numbers)
        (tmp_path / f"train_{name}.txt.xz").write_bytes(lzma.compress(paragraphs.encode()))
    corpus = Corpus.read(tmp_path)
    sources, news = corpus.for_a_stranger()
    assert set(sources) == {"laws", "government"}
    assert 0 < len(sources["laws"]) < len(corpus.learned["laws"]) / 4
    assert all(paragraph.startswith("news") for paragraph in news)
    assert 0 < len(news) < len(numbers) / 2


def test_made_errors_prefer_what_shares_sound_and_components() -> None:
    characters = characters_of(LEXICONS)
    breaker = Breaker(characters, Alike(characters, MODEL / "shapes.npz"), Ngrams.load(MODEL), 1)
    written = Counter[str]()
    for _ in range(4_000):
        text, errors = breaker.broken("有关部门依法办理手续")
        written.update(text[error.place] for error in errors if error.place == 7 and len(error.right) == 1)
    # 里 stands in 理 and sounds the same; 利 is commoner, and only sounds the same.
    assert written["里"] > written["利"]


def test_made_errors_say_truly_what_they_broke() -> None:
    characters = characters_of(LEXICONS)
    breaker = Breaker(characters, Alike(characters, MODEL / "shapes.npz"), Ngrams.load(MODEL), 1)
    for _ in range(50):
        text, errors = breaker.broken(CLEAN)
        mended = list(text)
        for error in errors:
            mended[error.place : error.place + len(error.right)] = error.right
        assert "".join(mended) == CLEAN


def test_the_message_names_the_pair(engine: Engine) -> None:
    (finding,) = engine.check("依法保护当事人的陈诉和申辩权利。", categories={Category.TYPO}).findings
    assert finding.rule.severity is Severity.WARNING
    assert finding.because("依法保护当事人的陈诉和申辩权利。").startswith("近音：述—诉。")


def test_what_is_little_more_than_likely_is_left_alone_in_a_title(engine: Engine) -> None:
    assert not engine.check("加强《廉政风险防空》。", categories={Category.TYPO}).findings
    assert engine.check("加强廉政风险防空。", categories={Category.TYPO}).findings


def test_a_plain_slip_in_a_title_is_told_all_the_same(engine: Engine) -> None:
    text = "现将《全市防汛抗早工作方案》印发给你们，请认真贯彻落实。"
    (finding,) = engine.check(text, categories={Category.TYPO}).findings
    assert (finding.span.of(text), finding.replacements[0]) == ("早", "旱")


def test_names_of_places_are_left_alone(engine: Engine) -> None:
    assert not engine.check("有关工作由曾都经济开发区管委会负责。", categories={Category.TYPO}).findings


def test_what_stands_twice_is_taken_for_a_term(engine: Engine) -> None:
    text = "审计机关一发进行监督。"
    assert engine.check(text, categories={Category.TYPO}).findings
    assert not engine.check(text * 2, categories={Category.TYPO}).findings


@pytest.fixture(scope="module")
def alike() -> Alike:
    return Alike(characters_of(LEXICONS), MODEL / "shapes.npz")


def points(letters: str) -> npt.NDArray[np.int64]:
    return np.array([ord(letter) for letter in letters], np.int64)


def test_sounds_are_the_nearer_the_more_usual_the_readings_are(alike: Alike) -> None:
    # 部—布 bù; 重—虫 chóng, seldom; 陈—成 chén, chéng; 部—人.
    assert alike.sound(points("部重陈部"), points("布虫成人")).tolist() == [
        Sound.SAME,
        Sound.HALF,
        Sound.BLURRED,
        Sound.OTHER,
    ]


def test_shapes_are_alike_by_the_whole_glyph_or_by_a_component(alike: Alike) -> None:
    glyphs, shared = alike.shape(points("人圃部"), points("入浦人"))
    assert glyphs[0] > 0.8
    assert shared[0] == 0
    assert shared[1] > 0.25
    assert (glyphs[2], shared[2]) == (0, 0)


def test_likeness_goes_both_ways(alike: Alike) -> None:
    one, other = points("人圃辐"), points("入浦幅")
    assert np.array_equal(alike.shape(one, other), alike.shape(other, one))


def test_what_stands_far_on_either_side_fills_a_gap() -> None:
    cloze = Cloze.load(MODEL / "cloze.npz")
    codes = Symbols.of("积极推进防汛防在各项工作，做好蓄滞洪区建设和山洪灾害防治。").codes
    place = int(np.flatnonzero(codes == ord("在"))[0])
    fit = cloze.fit(codes, one_letter(place, "灾"))
    assert fit.new[0] > fit.old[0] + 5


def test_the_opinion_is_the_same_whatever_else_is_asked() -> None:
    cloze = Cloze.load(MODEL / "cloze.npz")
    codes = Symbols.of(BROKEN + CLEAN).codes
    place = int(np.flatnonzero(codes == ord("布"))[0])
    alone = cloze.fit(codes, one_letter(place, "部"))
    together = cloze.fit(codes, Proposals.joined([one_letter(place, "部"), one_letter(3, "仁")]))
    assert together.new[1] == pytest.approx(alone.new[0], abs=1e-4)


def one_letter(place: int, letter: str) -> Proposals:
    one = np.ones(1, np.int64)
    return Proposals(np.array([place]), one, one * ord(letter), 0 * one, 0 * one, 0 * one)


def words_of(text: str, place: int, right: str) -> dict[str, float]:
    one = np.ones(1, np.int64)
    second = one * ord(right[1]) if len(right) == 2 else 0 * one
    change = Proposals(np.array([place]), one * len(right), one * ord(right[0]), second, 0 * one, 0 * one)
    row = words_around(np.array([ord(letter) for letter in text], np.uint16), change)[0]
    return dict(zip(OF_WORDS, row.tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "place", "right"),
    [
        ("防汛抗早工作", 3, "旱"),
        ("认真贯彻落实决策布署", 8, "部"),
        ("审计机关一发进行监督", 4, "依法"),
        ("密切合配", 2, "配合"),
        ("人名", 1, "民"),
    ],
)
def test_words_around_a_change_are_those_of_the_segmenter(text: str, place: int, right: str) -> None:
    first = max(0, place - REACH)
    last = place + len(right) + REACH
    changed = text[:place] + right + text[place + len(right) :]
    old, new = (rjieba.cut(one[first:last], False) for one in (text, changed))
    known = words_of("\0" + text + "\0", place + 1, right)
    assert known["words_saved"] == len(old) - len(new)
    before, lengths = place - first, []
    for words in (old, new):
        ends = np.cumsum([len(word) for word in words])
        lengths.append(len(words[int(np.searchsorted(ends, before, side="right"))]))
    assert [known["old_word_length"], known["new_word_length"]] == lengths


def test_a_mark_parts_words_at_no_cost() -> None:
    alone = words_of("\0防汛抗早\0", 4, "旱")
    assert words_of("工作\0防汛抗早\0", 6, "旱")["path_gain"] == pytest.approx(alone["path_gain"])


DOUBTFUL = "抓好秋粮收购入苍。"


def test_what_is_not_sure_is_shown_only_on_request(engine: Engine) -> None:
    assert not engine.check(DOUBTFUL, categories={Category.TYPO}).findings

    (finding,) = engine.check(DOUBTFUL, categories={Category.TYPO}, hints=True).findings
    assert (finding.rule.severity, finding.span.of(DOUBTFUL), finding.replacements[0]) == (
        Severity.INFO,
        "苍",
        "仓",
    )


SLIPS = (
    "切实得提高政治站位，防汛抗早工作要落实，审计机关一发进行监督，各部门密切合配。抓好秋粮收购入苍，"
    "维护当事人的和法权益，依法追纠有关人员的责任，执行国家标椎和行业规范，陈诉和申辩权利，今后要把工作做的更好。"
)


def test_who_wants_no_hints_is_told_all_that_is_sure(engine: Engine) -> None:
    (reader,) = (one for one in engine.pattern_detectors if isinstance(one, InContext))
    for text in (SLIPS, BROKEN, CLEAN, DOUBTFUL, SLIPS.replace("，", "。\n")):
        everything = list(reader.find(Text.of(text)))
        assert list(reader.without_hints.find(Text.of(text))) == [
            finding for finding in everything if not finding.is_hint
        ]
    assert len(list(reader.without_hints.find(Text.of(SLIPS)))) >= 6


def test_nothing_the_network_says_is_better_than_the_best(corrector: Corrector) -> None:
    forest = Forest.load(MODEL / "forest.npz")
    rows = corrector.evidence(Symbols.of(SLIPS).codes).rows
    place = COLUMNS.index("fit_gain")
    best = np.concatenate((rows[:, :place], np.tile(BEST_FIT, (len(rows), 1))), axis=1)
    draws = np.random.default_rng(1)
    for _ in range(200):
        new, old = draws.uniform(-30, 0, (2, len(rows)))
        said = np.column_stack((rows[:, :place], new - old, old, new))
        assert (forest.score(said) <= forest.score(best) + 1e-6).all()


def test_at_most_three_replacements_are_offered_the_likeliest_first(corrector: Corrector) -> None:
    slips = list(corrector.slips("切实得提高政治站位，认真得学习领会会议精神。" + BROKEN, THRESHOLDS))
    assert all(1 <= len(slip.rights) <= 3 for slip in slips)
    assert ("地", "的") in [slip.rights for slip in slips]


def test_particles_have_a_rule_of_their_own(corrector: Corrector) -> None:
    (slip,) = corrector.slips("今后要把工作做的更好。", THRESHOLDS)
    assert (slip.kind, slip.rights[0]) == (Kind.PARTICLE, "得")
