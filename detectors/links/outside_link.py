"""Links that lead out of government sites; the text knows them only when it was read from HTML.

The guide for government sites wants links to other sites listed, watched and shown. A link whose text is the name
of a government site, or a gov.cn address, and which leads elsewhere, is what hacked pages look like.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity
from detectors.kernel.hosts import Reach, host_of, reach_of
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

SOURCE = cite("guobanfa-2017-47")
GOVERNMENT = regex.compile(r"(?:^|\.)gov\.(?:cn|hk|mo)$|\.(?:xn--zfr164b|政务)(?:\.cn)?$", regex.ASCII)
PROMISE = regex.compile(
    r"(?<![A-Za-z0-9-])gov\.cn|(?:人民政府|政府网|政务网|政务服务网|政府门户)(?:门户)?(?:官方)?(?:网站?|官网)?[ ]*$",
    regex.ASCII,
)

OUTSIDE = Rule(
    code="LK010",
    name="外部链接",
    category=Category.LINK,
    severity=Severity.INFO,
    why="链接指向非政府网站，应确认内容合法、权威、可用，并在打开时提示。",
    source=SOURCE,
    hits=('<p>数据来自<a href="https://data.example.com/a">⟦某数据平台⟧</a>。</p>',),
    misses=(
        '<p>详见<a href="https://www.example.gov.cn/a">通知原文</a>。</p>',
        '<p>详见<a href="/zwgk/1.html">通知原文</a>。</p>',
        "<p>数据来自某数据平台。</p>",
    ),
)
DISGUISED = Rule(
    code="LK011",
    name="链接文字与去向不符",
    category=Category.LINK,
    severity=Severity.WARNING,
    why="链接文字是政府网站的名称或网址，指向的却不是政府网站，可能是错链或者页面被篡改，请核对。",
    source=SOURCE,
    hits=(
        '<p>友情链接：<a href="http://www.example.com/">⟦某市人民政府网⟧</a></p>',
        '<p>网址：<a href="http://www.example.com/">⟦www.example.gov.cn⟧</a></p>',
    ),
    misses=(
        '<p>友情链接：<a href="http://www.example.gov.cn/">某市人民政府网</a></p>',
        '<p><a href="https://mp.example.com/s/1">某市人民政府关于加强管理的通知</a></p>',
    ),
)


@dataclass(frozen=True, slots=True)
class OutsideLinks:
    """Looks at where the links of a page lead."""

    rules: Sequence[Rule] = (OUTSIDE, DISGUISED)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find links whose host is no government site; the reason names the host."""
        for link in text.links:
            host = host_of(link.address)
            if host and not GOVERNMENT.search(host) and reach_of(host) is Reach.PUBLIC:
                promised = PROMISE.search(link.span.of(text.original))
                rule = DISGUISED if promised else OUTSIDE
                yield Finding(replace(rule, why=f"{rule.why[:-1]}（指向 {host}）。"), link.span)


DETECTOR = OutsideLinks()
