"""Lists that departments send: the batch, its rows, what it changed, and what that does to entitlements."""

from __future__ import annotations

from django.db import models

from tongxing.registry.models import Household, Person


class Batch(models.Model):
    """One file of one feed for one area, from upload to commit, and back if need be. Rows are kept; a
    file only, sealed, while a large list waits to be looked through."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "还在核对"
        PREVIEWED = "previewed", "等待确认"
        QUARANTINED = "quarantined", "没有一行能用"
        COMMITTED = "committed", "已入库"
        ROLLED_BACK = "rolled_back", "已撤回"
        DISCARDED = "discarded", "已放弃"

    feed = models.CharField("哪种名单", max_length=40)
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件指纹", max_length=64, db_index=True)
    size = models.PositiveIntegerField("字节数")
    division_code = models.CharField("辖区", max_length=12)
    as_of_date = models.DateField("名单截至")
    state = models.CharField("状态", max_length=12, choices=State, default=State.UPLOADED)
    header = models.JSONField("表头", default=list)
    counts = models.JSONField("行数", default=dict)
    content_sealed = models.BinaryField("等着核对的文件", null=True)
    by_user_id = models.BigIntegerField("交名单的用户", null=True)
    by_label = models.CharField("谁交的", max_length=80)
    uploaded_at = models.DateTimeField("上传时间")
    committed_at = models.DateTimeField("入库时间", null=True)
    rolled_back_at = models.DateTimeField("撤回时间", null=True)
    discarded_at = models.DateTimeField("放弃时间", null=True)
    reason = models.CharField("撤回原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["feed", "state", "-as_of_date"], name="batch_of_feed")]

    class Privacy:
        fields = dict.fromkeys(("feed", "filename", "sha256", "size", "division_code", "as_of_date"), "officers")
        fields |= dict.fromkeys(("state", "header", "counts", "reason", "uploaded_at", "committed_at"), "officers")
        fields |= dict.fromkeys(("rolled_back_at", "discarded_at"), "officers")
        fields |= dict.fromkeys(("by_user_id", "by_label"), "staff") | {"content_sealed": "sealed"}

    def __str__(self) -> str:
        return f"第 {self.pk} 批 {self.filename}"


class Heading(models.Model):
    """What one department calls a column of a list, in its own files."""

    feed = models.CharField("哪种名单", max_length=40)
    department = models.CharField("部门", max_length=40)
    title = models.CharField("文件里的列名", max_length=80)
    field = models.CharField("当作哪一列", max_length=60)
    by_label = models.CharField("谁说的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["feed", "department", "title"], name="one_meaning_of_a_title")]

    class Privacy:
        fields = dict.fromkeys(("feed", "department", "title", "field", "at"), "officers") | {"by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.title} → {self.field}"


class Row(models.Model):
    """One row of the file and what it does; or a unit that is no longer on a complete list (then without a line)."""

    class Action(models.TextChoices):
        START = "start", "新增"
        STOP = "stop", "停止"
        CHANGE = "change", "变更"
        KEEP = "keep", "不变"
        NONE = "none", "不在库里"
        HELD = "held", "存疑，先不停"
        BAD = "bad", "有错"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows", verbose_name="批次")
    line = models.PositiveIntegerField("第几行", null=True)
    action = models.CharField("做什么", max_length=8, choices=Action)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False, verbose_name="人"
    )
    household = models.ForeignKey(
        Household, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False, verbose_name="户"
    )
    note = models.CharField("说明", max_length=200, blank=True)
    problems = models.JSONField("问题", default=list)
    cells_sealed = models.BinaryField("原样内容", null=True)

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["batch", "action", "line"], name="row_of_batch")]

    class Privacy:
        fields = dict.fromkeys(["batch", "line", "action", "person", "household", "note", "problems"], "officers") | {
            "cells_sealed": "masked"
        }

    def __str__(self) -> str:
        return f"{self.batch_id} 第 {self.line} 行"


class Change(models.Model):
    """A record that a committed batch made (`before` is null) or altered: what a roll-back puts back."""

    class Kind(models.TextChoices):
        PERSON = "person", "人"
        CERTIFICATE = "certificate", "残疾人证"
        STATUS = "status", "情况"
        LIST = "list", "名单"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="changes", verbose_name="批次")
    kind = models.CharField("哪种记录", max_length=12, choices=Kind)
    record_id = models.BigIntegerField("记录编号")
    before = models.JSONField("原来", null=True)
    after = models.JSONField("后来", default=dict)

    class Meta:
        ordering = ["id"]

    class Privacy:
        fields = dict.fromkeys(["batch", "kind", "record_id", "before", "after"], "officers")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.kind} {self.record_id}"


class Effect(models.Model):
    """A person or household whose entitlement the batch would change."""

    class Kind(models.TextChoices):
        START = "start", "将开始符合"
        STOP = "stop", "将不再符合"
        CHECK = "check", "将说不清"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="effects", verbose_name="批次")
    policy = models.CharField("政策", max_length=60)
    kind = models.CharField("影响", max_length=6, choices=Kind)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False, verbose_name="人"
    )
    household = models.ForeignKey(
        Household, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False, verbose_name="户"
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "policy", "kind"], name="effect_of_batch")]

    class Privacy:
        fields = dict.fromkeys(["batch", "policy", "kind", "person", "household"], "officers")

    def __str__(self) -> str:
        return f"{self.policy} {self.kind}"
