"""Lists that leave the system as files, and filters that people keep."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from tongxing.policy.models import Run


class Export(models.Model):
    """One list as a file: what for, of whom, who asked, who agreed, until when. `sealed` is emptied when it is over.

    `filter` is a gaps.Filter; `opened` the columns in full. `secret` gives the rows an order of their own.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等批准"
        MAKING = "making", "正在做"
        READY = "ready", "可以下载"
        REFUSED = "refused", "没有批准"
        OVER = "over", "过期了"

    title = models.CharField("哪张名单", max_length=120)
    purpose = models.CharField("做什么用", max_length=200)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="exports", verbose_name="按哪次核对")
    filter = models.JSONField("条件")
    opened = models.CharField("完整的列", max_length=60, blank=True)
    count = models.PositiveIntegerField("行数")
    state = models.CharField("状态", max_length=8, choices=State)
    department = models.CharField("部门", max_length=40, blank=True)
    division_code = models.CharField("辖区", max_length=12, db_index=True)
    by_user_id = models.BigIntegerField("谁要的", db_index=True)
    by_label = models.CharField("谁要的", max_length=80)
    asked_at = models.DateTimeField("什么时候要的")
    decided_by_id = models.BigIntegerField("谁批的", null=True)
    decided_by_label = models.CharField("谁批的", max_length=80, blank=True)
    decided_at = models.DateTimeField("什么时候批的", null=True)
    decided_words = models.CharField("批的话", max_length=200, blank=True)
    expires_at = models.DateTimeField("有效到")
    secret = models.BinaryField("行序密钥", max_length=16)
    digest = models.CharField("文件指纹", max_length=64, blank=True)
    sealed = models.BinaryField("文件", null=True)

    class Meta:
        ordering = ["-id"]

    class Privacy:
        fields = dict.fromkeys(("title", "purpose", "run", "filter", "opened", "count", "state"), "officers")
        fields |= dict.fromkeys(("department", "division_code", "asked_at", "decided_at", "expires_at"), "officers")
        fields |= dict.fromkeys(("by_user_id", "by_label", "decided_by_id", "decided_by_label"), "staff")
        fields |= {"decided_words": "staff", "secret": "secret", "digest": "officers", "sealed": "sealed"}

    def __str__(self) -> str:
        return f"第 {self.pk} 号"

    @property
    def columns(self) -> list[str]:
        """The columns in full."""
        return self.opened.split(",") if self.opened else []

    def is_over(self, now: datetime) -> bool:
        return self.state == self.State.OVER or self.expires_at <= now


class Taken(models.Model):
    """One time that a file was taken: never changed, added up by person and day."""

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="taken", verbose_name="哪一份")
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁", max_length=80)
    date = models.DateField("哪天", db_index=True)
    at = models.DateTimeField("时间")
    count = models.PositiveIntegerField("行数")

    class Privacy:
        fields = dict.fromkeys(("export", "date", "at", "count"), "officers")
        fields |= {"by_user_id": "staff", "by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.export} {self.by_label} {self.at:%Y-%m-%d %H:%M}"


class SavedFilter(models.Model):
    """A page with its filter under a name: one's own, or shared with whoever holds the same post in the same place.

    `query` is what stands behind the page's address: the URL holds the filter (D12).
    """

    class Page(models.TextChoices):
        GAPS = "gaps", "应享未享"
        CASES = "cases", "办件"
        QUESTIONS = "questions", "要问的"

    page = models.CharField("哪一页", max_length=10, choices=Page)
    name = models.CharField("叫什么", max_length=40)
    query = models.CharField("条件", max_length=300, blank=True)
    is_shared = models.BooleanField("同岗位的人也能用", default=False)
    role = models.CharField("岗位", max_length=40)
    division_code = models.CharField("辖区", max_length=12)
    by_user_id = models.BigIntegerField("谁存的", db_index=True)
    by_label = models.CharField("谁存的", max_length=80)
    made_at = models.DateTimeField("什么时候存的")

    class Meta:
        ordering = ["page", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["by_user_id", "role", "division_code", "page", "name"], name="a_saved_name_once"
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("page", "name", "query", "is_shared", "role", "division_code", "made_at"), "officers")
        fields |= {"by_user_id": "staff", "by_label": "staff"}

    def __str__(self) -> str:
        return self.name


class DayCount(models.Model):
    """How many a saved filter found in a night; NULL where nobody could ask any more."""

    saved = models.ForeignKey(SavedFilter, on_delete=models.CASCADE, related_name="counts", verbose_name="条件")
    date = models.DateField("哪天")
    count = models.PositiveIntegerField("几个", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["saved", "date"], name="a_filter_is_counted_once_a_day")]

    class Privacy:
        fields = dict.fromkeys(("saved", "date", "count"), "officers")

    def __str__(self) -> str:
        return f"{self.saved} {self.date}: {self.count}"
