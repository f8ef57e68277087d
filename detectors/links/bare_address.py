"""Addresses of pages in running text that no browser can open: full-width marks, slips in the scheme.

An address is ASCII (RFC 3986). A Chinese mark behind it ends the sentence; only a mark with more of the address
behind it is a fault. What is read is the text as submitted, since folding narrows some of these marks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity, Span
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

SOURCE = cite("rfc-3986")
REST = r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%．：／？＝＆。]{0,300}[A-Za-z0-9/]"
ADDRESS = regex.compile(
    # What comes first: the scheme misspelt, or a scheme or www with a Chinese mark inside the address.
    r"(?<![A-Za-z0-9.．/-])(?:"
    r"(?<scheme>h?ttps?(?:：//|:／／|：／／|:\\\\|//|;//|:/(?!/)|:///+)|(?:ht{3,}ps?|htp|hhtps?|htps|ttps?)://)(?=[A-Za-z0-9])"
    + REST
    + r"|(?:https?://|www[.．。])[A-Za-z0-9\-._~:/?#&=%]{0,300}"
    r"(?:[．。，](?=(?:[A-Za-z0-9-]{1,60}[.．。]){0,4}(?:com|cn|net|org|gov|edu|s?html?|aspx?|php|jsp|pdf)(?![A-Za-z]))|？(?=[A-Za-z_]+[=＝])|／|[＝＆](?=[A-Za-z0-9])|：(?=\d{2,5}/))"
    + REST
    + r"|www[．。]"
    + REST
    + r")",
    regex.ASCII,
)
FAULTY_SCHEME = regex.compile(r"^(?:h+t+p|t+p)(?<secure>s?)[:：;]?[/／\\]{1,}", regex.ASCII)
HINTS = ("ttp", "htp", "www", "htt")

MALFORMED = Rule(
    code="LK001",
    name="网址书写有误",
    category=Category.LINK,
    severity=Severity.INFO,
    why="网址由半角字符组成，夹有全角标点或者“http://”写错，都无法打开。",
    source=SOURCE,
    hits=(
        "详见⟦http：//www.example.gov.cn⟧。",
        "详见⟦http//www.example.gov.cn/index.html⟧。",
        "请登录⟦www。example。gov。cn⟧查询",
        "请登录⟦https://www.example.gov.cn/list？id=3⟧查询",
        "详见⟦htttp://www.example.gov.cn⟧。",
    ),
    misses=(
        "详见http://www.example.gov.cn。",
        "请登录https://www.example.gov.cn/list?id=3，按提示操作。",
        "网址：www.example.gov.cn，电话：12345",
        "访问http://a.example.cn、http://b.example.cn，下载APP。",
        "采用http协议传输",
    ),
)


@dataclass(frozen=True, slots=True)
class BareAddresses:
    """Looks at the addresses that stand in the text itself."""

    rules: Sequence[Rule] = (MALFORMED,)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find addresses that cannot be opened."""
        if "t" not in text.folded and "w" not in text.folded:
            return
        if not any(hint in text.folded for hint in HINTS):
            return
        for match in ADDRESS.finditer(text.original):
            right = _mended(match[0])
            if right != match[0]:
                yield Finding(MALFORMED, Span(*match.span()), (right,))


def _mended(address: str) -> str:
    plain = unicodedata.normalize("NFKC", address).replace("。", ".")
    return FAULTY_SCHEME.sub(lambda match: f"http{match['secure']}://", plain)


DETECTOR = BareAddresses()
