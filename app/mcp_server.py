"""For assistants: proofread, redact, rule cards as tools of the Model Context Protocol, over stdio.

What an assistant is told goes wherever its model runs; so findings of personal data come masked, as everywhere. What goes
wrong is told without a word of the draft, and nothing is logged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import Field, ValidationError

from app.documents import Document
from app.masks import Masking, MaskStyle
from app.offsets import OffsetUnit
from app.redaction import redact as redact_document
from app.rule_schemas import RuleModel
from app.schemas import ProofreadResponse, RedactResponse, TextFormat, findings_of, from_report
from app.site_lexicon import SiteLexicon
from detectors.kernel.finding import Category

INSTRUCTIONS = (
    "审校：检查中文公文稿件的固定表述、敏感与禁慎用词、错别字、个人信息泄露、标点数字格式。"
    "结论 block 表示有须改的问题，review 表示须人工核实，pass 表示未发现问题。每处标注都有理由和出处；不要自行增减标注。"
)
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
FormatArgument = Annotated[
    TextFormat, Field(description="text 纯文本；html 网页源码，检查看得见的文字和链接，位置按源码计算。")
]
TextArgument = Annotated[str, Field(description="全文；位置按码点从它的开头算起。")]
Published = Annotated[date | None, Field(description="发布日期，决定适用哪一时期的规则；默认今天。")]


class _Server(MCPServer[Any]):
    """A server whose complaints name the argument and never what was in it."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            wrong = sorted({str(fault["loc"][0]) for fault in error.__cause__.errors() if fault["loc"]})
        raise ToolError(f"参数有误：{'、'.join(wrong)}。日期写作 2024-01-31，类别等见工具的说明。")


def server_of(lexicon: SiteLexicon) -> MCPServer:
    """Make a server that checks with the shipped rules and the lexicon of the site."""
    server = _Server(
        "shenjiao", title="审校", instructions=INSTRUCTIONS, version=version("shenjiao"), log_level="CRITICAL"
    )
    engine = lexicon.engine

    @server.tool(
        description="检查一篇稿件，返回结论和逐条标注（位置、理由、改法、出处）。", annotations=READS
    )
    def proofread(
        text: TextArgument,
        format: FormatArgument = TextFormat.TEXT,  # noqa: A002
        published_on: Published = None,
        categories: Annotated[list[Category] | None, Field(description="只查这些类别；默认全查。")] = None,
        hints: Annotated[bool, Field(description="连同把握不大的错别字也列出。")] = False,  # noqa: FBT002
    ) -> ProofreadResponse:
        with _saying_nothing_of_the_draft():
            draft = Document.of(text, is_page=format is TextFormat.HTML)
            report = engine.check(
                draft.text,
                published_on=published_on,
                categories=categories or frozenset(Category),
                hints=hints,
                links=draft.links,
                layer=lexicon.live.refresh(),
            )
            return from_report(report, OffsetUnit.CODEPOINT, draft)

    @server.tool(
        description="遮盖稿件中的个人信息，返回遮盖后的全文；clean 表示已无须遮盖的内容。", annotations=READS
    )
    def redact(
        text: TextArgument,
        format: FormatArgument = TextFormat.TEXT,  # noqa: A002
        style: Annotated[
            MaskStyle, Field(description="default 按惯例，2+3、6+4 身份证保留前后的位数，all 全部。")
        ] = MaskStyle.DEFAULT,
    ) -> RedactResponse:
        with _saying_nothing_of_the_draft():
            layer = lexicon.live.refresh()
            draft = Document.of(text, is_page=format is TextFormat.HTML)
            redacted = redact_document(engine, draft, masking=Masking(style), layer=layer)
            report = redacted.report
            return RedactResponse(
                text=redacted.document.source,
                clean=redacted.clean,
                offset_unit=OffsetUnit.CODEPOINT,
                lexicon_version=report.lexicon_version,
                site_lexicon_version=report.site_lexicon_version,
                findings=findings_of(report, OffsetUnit.CODEPOINT, draft),
            )

    @server.tool(description="查看一条规则的卡片：理由、出处、正反例句。", annotations=READS)
    def rule_card(code: Annotated[str, Field(description="规则编号，如 FX0001。")]) -> RuleModel:
        rule = engine.rules.get(code) or lexicon.live.refresh().rule(code)
        if rule is None:
            raise ToolError("没有这个编号的规则。")
        return RuleModel.of(rule)

    return server


@contextmanager
def _saying_nothing_of_the_draft() -> Iterator[None]:
    """Tell of an unforeseen error by its kind: its message, and its traceback, may quote the draft."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 the last resort is for what nobody foresaw
        raise ToolError(f"意外错误（{type(error).__name__}）。") from None
