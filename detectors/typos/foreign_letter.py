"""Letters of other hands in simplified text: Japanese and old shapes, and code points that only look right.

Input methods and scanners bring 増, 毎 and 髙 for 增, 每 and 高; copied PDF text brings radicals (⽓) and
compatibility ideographs for the letters they look like; fonts of old systems leave private code points.
Which letters are standard says 《通用规范汉字表》; what a radical or a compatibility ideograph stands for says
Unicode (its decompositions, and EquivalentUnifiedIdeograph.txt). Quiet where kana or several traditional
letters stand near: there the text quotes what is written so. Rare letters of names (喆, 堃) are in no table here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import regex

from detectors.kernel.context import line_around
from detectors.kernel.detector import FEW, THROUGHOUT
from detectors.kernel.finding import Category, Finding, Rule, Severity
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

OTHER_SHAPES = """
亜亚 悪恶 囲围 壱壹 隠隐 栄荣 営营 駅驿 円圆 塩盐 縁缘 応应 桜樱 穏稳 仮假 価价 壊坏 懐怀 絵绘 拡扩 殻壳 覚觉 楽乐 巻卷 勧劝 観观 関关 陥陷 顔颜 帰归 気气 偽伪 戯戏 犠牺
拠据 挙举 郷乡 暁晓 勲勋 恵惠 渓溪 経经 継继 蛍萤 軽轻 鶏鸡 撃击 倹俭 剣剑 圏圈 検检 権权 県县 険险 顕显 験验 厳严 広广 効效 鉱矿 黒黑 済济 砕碎 斎斋 剤剂 雑杂 桟栈 賛赞
歯齿 児儿 実实 釈释 収收 従从 渋涩 獣兽 縦纵 粛肃 処处 緒绪 渉涉 焼烧 奨奖 乗乘 浄净 剰剩 畳叠 縄绳 壌壤 譲让 醸酿 図图 粋粹 酔醉 穂穗 髄髓 斉齐 摂摄 専专 戦战 銭钱
繊纤 荘庄 捜搜 挿插 巣巢 痩瘦 騒骚 総总 贈赠 蔵藏 臓脏 増增 続续 対对 択择 沢泽 単单 団团 弾弹 遅迟 鋳铸 庁厅 徴征 聴听 懲惩 勅敕 鎮镇 逓递 鉄铁 転转 伝传 稲稻 闘斗 徳德
読读 弐贰 悩恼 脳脑 覇霸 廃废 拝拜 売卖 発发 髪发 抜拔 払拂 仏佛 併并 変变 辺边 歩步 豊丰 毎每 満满 黙默 訳译 薬药 揺摇 様样 謡谣 頼赖 覧览 両两 猟猎 緑绿 涙泪 塁垒
暦历 歴历 錬炼 労劳 録录 査查 別别 晩晚 倶俱 寛宽 挌格 渇渴 掲揭 喩喻 頻频 麺面 餅饼 姫姬 値值 呉吴 娯娱 説说 鋭锐 閲阅 産产 戸户 歳岁 戻戾 舎舍 涼凉 緊紧 隣邻 隷隶 倣仿
遡溯 溌泼 頬颊 侭尽 尭尧 曽曾 瀬濑 焔焰 簒篡 囯国 巿市 髙高 岀出 亊事 冨富 旣既 卽即 畧略 羣群 衞卫 眞真 內内 吿告 敎教 汚污 淸清 靑青 鄕乡 淨净 決决 況况 減减 沖冲 準准 厰厂
刼劫 廻回 牀床 皁皂 衆众 裏里 鬥斗 啓启 啟启 緖绪 綠绿 絕绝 脫脱 錄录 稅税 說说 銳锐 悅悦 閱阅 淚泪 戶户 爲为
"""
"""Each pair: a letter that is not standard, and the one that is."""
RADICALS = """
⺁厂 ⺌小 ⺎兀 ⺝月 ⺟母 ⺠民 ⺩王 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻑长 ⻒长 ⻓长 ⻔门 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤
⻨麦 ⻩黄 ⻪黾 ⻬齐 ⻮齿 ⻰龙 ⻳龟 ⼾户 ⾒见 ⾙贝 ⾞车 ⾧长 ⾨门 ⾱韦 ⾴页 ⾵风 ⾶飞 ⾺马 ⿂鱼 ⿃鸟 ⿄卤 ⿆麦 ⿈黄 ⿌黾 ⿑齐 ⿒齿 ⿓龙 ⿔龟
"""
"""Radicals that Unicode does not decompose to a simplified letter."""
COMPATIBLE = ((0x2E80, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
HAN = r"\u4e00-\u9fff"
KANA = regex.compile(r"[\u3041-\u30fa\u31f0-\u31ff]", regex.ASCII)
NEAR = 12
"""Code points on either side in which other letters of the kind are counted."""
QUOTED = 2
"""So many other letters that simplified text does not know make a quotation, or a name as its bearer writes it."""


def _pairs(table: str) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in table.split()}


def _compatible() -> dict[str, str]:
    """Read from Unicode what radicals and compatibility ideographs stand for; the table goes before."""
    simple = {}
    for first, last in COMPATIBLE:
        for code in range(first, last + 1):
            other = unicodedata.normalize("NFKC", chr(code))
            if len(other) == 1 and other != chr(code):
                simple[chr(code)] = LETTERS.get(other, other)
    return simple | _pairs(RADICALS)


LETTERS: Mapping[str, str] = _pairs(OTHER_SHAPES)
LOOKALIKES: Mapping[str, str] = _compatible()
STANDARD = "gb2312"
"""What this set can write is simplified text: the standard table holds it all, and rare letters besides."""

LETTER = Rule(
    code="TY9011",
    name="非规范字形",
    category=Category.TYPO,
    severity=Severity.ERROR,
    why="这是日文汉字、旧字形或者繁体字、异体字，不是规范汉字。公文使用规范汉字。",
    source=cite("tongyong-guifan-hanzi-biao"),
    hits=(
        "完成投资12亿元，同比⟦増⟧长8%。",
        "⟦毎⟧年开展一次评估。",
        "推动⟦髙⟧质量发展。",
        "制定⟦岀⟧台实施细则。",
    ),
    misses=(
        "完成投资12亿元，同比增长8%。",
        "评审专家吴喆、李堃到会指导。",
        "株式会社の増資について説明。",
        "馆藏匾额上书“増廣聖諭”四字。",
    ),
)
LOOKALIKE = Rule(
    code="TY9012",
    name="部首或兼容字符",
    category=Category.TYPO,
    severity=Severity.WARNING,
    why="这不是汉字本字，而是字形相同的部首或者兼容字符，多半来自PDF；检索、朗读和排版都会出错。",
    source=cite("tongyong-guifan-hanzi-biao"),
    hits=("明日局地⟦⽓⟧温超过40℃。", "请⟦⻅⟧附件。"),
    misses=("明日局地气温超过40℃。",),
)
PRIVATE = Rule(
    code="TY9013",
    name="自造字符",
    category=Category.TYPO,
    severity=Severity.WARNING,
    why="这里有一个造字区的字符，别的设备上显示为空白或乱码，可能丢了标点、小数点或者生僻字。请对照原稿。",
    source=cite("gb-18030-2022"),
    hits=("围挡高度不得低于2⟦\ue010⟧5米。", "现批复如下：⟦\ue004⟧一、原则同意。"),
    misses=("围挡高度不得低于2.5米。", "\ue600首页", "下载附件\ue601"),
)
FOREIGN = regex.compile(f"[{''.join(LETTERS)}]", regex.ASCII)
SUSPICIOUS = np.zeros(0x110000, np.bool_)
"""By code point, for a first look: an expression with so many letters takes ten times as long."""
SUSPICIOUS[[ord(letter) for letter in (*LETTERS, *LOOKALIKES)]] = True
SUSPICIOUS[0xE000:0xF900] = True
ENCLOSED = regex.compile(rf"(?<=[{HAN}0-9，。、；：（）“”])[\ue000-\uf8ff]+(?=[{HAN}0-9（“])", regex.ASCII)
"""Icons of pages are private code points, too, but stand at the edge of their text."""


def _is_other(letter: str) -> bool:
    """Tell whether a letter is a Han character that simplified text hardly knows."""
    return "\u4e00" <= letter <= "\u9fff" and not letter.encode(STANDARD, "ignore")


def _is_quotation(folded: str, place: int) -> bool:
    around = folded[max(0, place - NEAR) : place] + folded[place + 1 : place + 1 + NEAR]
    # The same slip twice is two slips; a quotation holds different letters.
    others = {letter for letter in around if _is_other(letter)} - {folded[place]}
    return len(others) >= QUOTED or KANA.search(line_around(folded, place, place + 1)) is not None


@dataclass(frozen=True, slots=True)
class ForeignLetters:
    """Reads a text for letters of the tables."""

    rules: tuple[Rule, ...] = (LETTER, LOOKALIKE, PRIVATE)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find each letter; of those that a whole text is made of, the first."""
        folded = text.folded
        codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
        if not SUSPICIOUS.take(codes).any():
            return
        for match in FOREIGN.finditer(folded):
            if not _is_quotation(folded, match.start()):
                yield Finding(LETTER, text.span(*match.span()), (LETTERS[match[0]],))
        for match in ENCLOSED.finditer(folded):
            yield Finding(PRIVATE, text.span(*match.span()))
        alike = [place for place, letter in enumerate(folded) if letter in LOOKALIKES]
        whole = replace(LOOKALIKE, why=LOOKALIKE.why + THROUGHOUT) if len(alike) > FEW else LOOKALIKE
        for place in alike[:1] if len(alike) > FEW else alike:
            yield Finding(whole, text.span(place, place + 1), (LOOKALIKES[folded[place]],))


DETECTOR = ForeignLetters()
