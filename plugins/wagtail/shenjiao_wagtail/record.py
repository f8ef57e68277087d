"""What the site remembers of a review: the token of a text, what was found, and who has taken it upon himself."""

from django.conf import settings
from django.db import models


class ProofreadingRecord(models.Model):
    """The last review of one text of one document."""

    document_id = models.CharField("文稿", max_length=200)
    digest = models.CharField("文本摘要", max_length=64)
    revision = models.CharField("版本", max_length=200)
    review_id = models.CharField("审校记录", max_length=200)
    token = models.TextField("发布凭证")
    lines = models.JSONField("提醒", default=dict)
    shown = models.BooleanField("已向编辑显示", default=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="核实人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        """One for each text: the newest review replaces the one before."""

        verbose_name = "校对记录"
        verbose_name_plural = "校对记录"
        constraints = [models.UniqueConstraint(fields=["document_id", "digest"], name="shenjiao_one_a_text")]

    def __str__(self) -> str:
        """Name the document; nothing of its text."""
        return f"{self.document_id} {self.review_id}"
