"""Links that nobody but their author can open: to a file on a disk, to the machine itself, into an internal network.

They come from drafts whose pictures and attachments were linked before they were uploaded. The check list for government
sites counts links that do not open; a path of a disk often tells the name of a person besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity
from detectors.kernel.hosts import Reach, host_of, reach_of
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

SOURCE = cite("guobanmihan-2019-19")
ON_DISK = regex.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\)", regex.ASCII | regex.IGNORECASE)

OWN = Rule(
    code="LK012",
    name="链接指向本机",
    category=Category.LINK,
    severity=Severity.WARNING,
    why="链接指向本机的文件或者程序，别人打不开；请上传文件，改成网站上的地址。",
    source=SOURCE,
    hits=(
        '<p>附件：<a href="file:///D:/tz/fj1.doc">⟦报名表⟧</a></p>',
        '<p>附件：<a href="D:\\tz\\fj1.doc">⟦报名表⟧</a></p>',
        '<p>详见<a href="http://localhost:8080/a">⟦通知原文⟧</a>。</p>',
        '<p>详见<a href="http://127.0.0.1/a">⟦通知原文⟧</a>。</p>',
    ),
    misses=(
        '<p>附件：<a href="/upload/fj1.doc">报名表</a></p>',
        '<p>详见<a href="https://www.example.gov.cn/a">通知原文</a>。</p>',
        '<p>请<a href="mailto:a@example.gov.cn">来信</a>。</p>',
    ),
)
INTERNAL = Rule(
    code="LK013",
    name="链接指向内部网络",
    category=Category.LINK,
    severity=Severity.INFO,
    why="链接指向内部网络的地址，公众打不开；公开发布的页面请改用公开的地址。",
    source=SOURCE,
    hits=(
        '<p>详见<a href="http://192.168.1.8/a">⟦通知原文⟧</a>。</p>',
        '<p>详见<a href="http://10.0.0.8:8080/a">⟦通知原文⟧</a>。</p>',
        '<p>详见<a href="http://oa.example.internal/a">⟦通知原文⟧</a>。</p>',
    ),
    misses=(
        '<p>详见<a href="https://www.example.gov.cn/a">通知原文</a>。</p>',
        '<p>详见<a href="/zwgk/1.html">通知原文</a>。</p>',
    ),
)
BY_REACH = {Reach.OWN_MACHINE: OWN, Reach.INTERNAL: INTERNAL}


@dataclass(frozen=True, slots=True)
class UnreachableLinks:
    """Looks for links that the public cannot open, by their address alone."""

    rules: Sequence[Rule] = (OWN, INTERNAL)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find links to the machine itself and into internal networks. No reason repeats the address."""
        for link in text.links:
            rule = _rule_of(link.address.strip())
            if rule is not None:
                yield Finding(rule, link.span)


def _rule_of(address: str) -> Rule | None:
    if ON_DISK.search(address):
        return OWN
    host = host_of(address)
    return BY_REACH.get(reach_of(host)) if host else None


DETECTOR = UnreachableLinks()
