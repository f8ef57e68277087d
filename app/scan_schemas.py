"""The wire models of scans, version 1: what is asked."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from app.archive import manifest
from app.review_schemas import Line, Words
from app.schemas import TextFormat
from app.wire import PublishedOn, Text, WireModel

MOST_ARTICLES = 10_000
SOURCE_OR_ARTICLES = "source_or_articles"


class Article(WireModel):
    """An article that comes with the request."""

    name: Annotated[
        Line, Field(description="网址或编号；同一篇在历次扫描中相同，据此比较。只作名称，不会去访问。")
    ]
    text: Annotated[Text, Field(description="全文；是纯文本还是网页，由 format 说明。", min_length=1)]
    title: Annotated[Line | None, Field(description="标题；一并检查。")] = None
    unit: Annotated[Line | None, Field(description="责任单位。")] = None
    account: Annotated[Line | None, Field(description="账号或网站。")] = None
    column: Annotated[Line | None, Field(description="栏目。")] = None
    published_on: PublishedOn = None

    def row(self) -> dict[str, str]:
        """Write the article as a row of a table."""
        published_on = self.published_on.isoformat() if self.published_on else None
        said = {
            manifest.ADDRESS: self.name,
            manifest.TITLE: self.title,
            manifest.UNIT: self.unit,
            manifest.ACCOUNT: self.account,
            manifest.COLUMN: self.column,
            manifest.PUBLISHED_ON: published_on,
            manifest.TEXT: self.text,
        }
        return {column: value for column, value in said.items() if value is not None}


class ScanOptions(WireModel):
    """How the documents of a scan are read and checked."""

    main_text: Annotated[
        StrictBool, Field(description="HTML 只查正文；认不出正文的、设为 false 的，查全部可见文字。")
    ] = True
    pictures: Annotated[StrictBool, Field(description="连同图片；服务器须装识别组件。")] = False
    published_on: PublishedOn = None


class ScanRequest(WireModel):
    """An archive that shall be scanned: one that lies on the server, or articles that come along."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["source"]}, {"required": ["articles"]}],
            "examples": [
                {
                    "site": "某市政府门户网站",
                    "articles": [
                        {
                            "name": "https://www.example.gov.cn/zwgk/1024.html",
                            "title": "关于开展整改工作的通知",
                            "text": "截止目前，各单位已完成整改。",
                            "unit": "某市政府办公室",
                            "column": "政务公开",
                            "published_on": "2024-01-31",
                        }
                    ],
                }
            ],
        }
    )

    site: Annotated[Line, Field(description="网站或账号群的名称；与同名的上一次扫描比较。", max_length=100)]
    source: Annotated[
        Line | None,
        Field(
            description="服务器上 SHENJIAO_ARCHIVES 之下的目录、清单或数据集，写相对路径；与 articles 二者恰有其一。"
        ),
    ] = None
    articles: Annotated[
        list[Article] | None,
        Field(
            description="随请求提交的文稿；与 source 二者恰有其一。", min_length=1, max_length=MOST_ARTICLES
        ),
    ] = None
    format: Annotated[
        TextFormat, Field(description="articles 的 text 是什么：text 纯文本，html 网页源码。")
    ] = TextFormat.TEXT
    options: ScanOptions = ScanOptions()

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.source is None) == (self.articles is None):
            raise PydanticCustomError(SOURCE_OR_ARTICLES, "exactly one of source and articles")
        return self


class ScanDecisionRequest(WireModel):
    """A finding of a scan that is none, or is one after all."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "document": "https://www.example.gov.cn/zwgk/1024.html",
                    "finding": "057de45e672ce65c",
                    "reason": "引用原文，保留原貌。",
                    "actor": "赵小明",
                }
            ]
        }
    )

    document: Annotated[
        Text, Field(description="文稿的名称，与标注中的相同。", min_length=1, max_length=4000)
    ]
    finding: Annotated[str, Field(description="标注的 id。", pattern=r"^[0-9a-f]{16}$")]
    false_alarm: Annotated[StrictBool, Field(description="是误报；false 收回以前的误报。")] = True
    reason: Annotated[Words, Field(description="理由；不要写个人信息，有的会遮盖。")]
    actor: Annotated[Line, Field(description="处理人。")]
