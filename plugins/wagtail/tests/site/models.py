"""The page types of the site."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page

from shenjiao_wagtail.models import ProofreadBeforePublishing


class Person(blocks.StructBlock):
    """A contact."""

    unit = blocks.CharBlock(label="单位")
    site = blocks.URLBlock(label="网址", required=False)
    looks = blocks.ChoiceBlock(choices=[("big", "大"), ("small", "小")], required=False)


class NewsPage(ProofreadBeforePublishing, Page):
    """A notice, with every kind of text that a page can hold."""

    summary = models.TextField("摘要", blank=True)
    body = RichTextField("正文", blank=True)
    remark = models.CharField("内部备注", max_length=200, blank=True)
    parts = StreamField(
        [
            ("paragraph", blocks.RichTextBlock(label="段落")),
            ("contact", Person(label="联系人")),
            ("points", blocks.ListBlock(blocks.TextBlock(), label="要点")),
            ("table", TableBlock(label="表格")),
            ("typed", TypedTableBlock([("text", blocks.CharBlock())], label="栏目表")),
            ("html", blocks.RawHTMLBlock(label="代码")),
        ],
        verbose_name="内容",
        blank=True,
    )
    not_proofread = ("remark",)
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("remark"),
        FieldPanel("parts"),
        InlinePanel("appendices", label="附件"),
    ]
    template = "page.html"


class Appendix(Orderable):
    """A file that goes with a notice."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="appendices")
    title = models.CharField("附件名称", max_length=200)
    panels = [FieldPanel("title")]


class OpenPage(Page):
    """A page type whose maker forgot the gate."""
