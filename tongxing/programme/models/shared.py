"""What tasks, projects and documents share: milestones, evidence, and the climb of what is overdue."""

from __future__ import annotations

from django.db import models

from tongxing.programme.models.document import Document
from tongxing.programme.models.project import Project
from tongxing.programme.models.task import PlanTask


def exactly_one(*names: str) -> models.Q:
    """One of the foreign keys is set, the others are not."""
    whole = models.Q()
    for name in names:
        others = {f"{other}__isnull": other != name for other in names}
        whole |= models.Q(**others)
    return whole


class Evidence(models.Model):
    """A photo or PDF, sealed; its hash stands in the journal too (P6). Lists leave `sealed` where it is."""

    task = models.ForeignKey(
        PlanTask, on_delete=models.PROTECT, null=True, related_name="evidence", verbose_name="任务"
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, related_name="evidence", verbose_name="项目"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="evidence", verbose_name="文件"
    )
    name = models.CharField("是什么", max_length=80)
    kind = models.CharField("格式", max_length=20)
    size = models.PositiveIntegerField("多少字节")
    fingerprint = models.CharField("指纹", max_length=64)
    sealed = models.BinaryField("内容")
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁交的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=exactly_one("task", "project", "document"), name="evidence_of_one_thing"),
            models.UniqueConstraint(fields=["task", "fingerprint"], name="a_task_keeps_evidence_once"),
            models.UniqueConstraint(fields=["project", "fingerprint"], name="a_project_keeps_evidence_once"),
            models.UniqueConstraint(fields=["document", "fingerprint"], name="a_document_keeps_evidence_once"),
        ]

    class Privacy:
        fields = dict.fromkeys(("task", "project", "document", "name", "kind", "size", "at"), "officers")
        fields |= {"fingerprint": "audit", "sealed": "sealed", "by_user_id": "staff", "by_label": "staff"}

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A day by which something is to be there. `illustrative`: the plan gives no day, this one is an example."""

    task = models.ForeignKey(
        PlanTask, on_delete=models.PROTECT, null=True, related_name="milestones", verbose_name="任务"
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, related_name="milestones", verbose_name="项目"
    )
    key = models.SlugField("编号", max_length=40)
    name = models.CharField("节点", max_length=80)
    due_date = models.DateField("期限")
    illustrative = models.BooleanField("日期是示例", default=False)
    reached_date = models.DateField("哪天到的", null=True)
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, related_name="milestones", verbose_name="凭据"
    )

    class Meta:
        ordering = ["due_date", "id"]
        constraints = [
            models.CheckConstraint(condition=exactly_one("task", "project"), name="milestone_of_one_thing"),
            models.UniqueConstraint(fields=["task", "key"], name="a_task_has_a_milestone_once"),
            models.UniqueConstraint(fields=["project", "key"], name="a_project_has_a_milestone_once"),
        ]

    class Privacy:
        fields = dict.fromkeys(
            ("task", "project", "key", "name", "due_date", "illustrative", "reached_date"), "public"
        ) | {"evidence": "officers"}

    def __str__(self) -> str:
        return self.name


class Climb(models.Model):
    """Overdue for so long that it stands before the working committee. Once for each due date of a thing."""

    task = models.ForeignKey(PlanTask, on_delete=models.PROTECT, null=True, related_name="climbs", verbose_name="任务")
    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, null=True, related_name="climbs", verbose_name="节点"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="climbs", verbose_name="文件"
    )
    place_code = models.CharField("哪里的残工委", max_length=12, db_index=True)
    due_date = models.DateField("过了哪天")
    climbed_date = models.DateField("哪天报上去的")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=exactly_one("task", "milestone", "document"), name="climb_of_one_thing"),
            models.UniqueConstraint(fields=["task", "due_date"], name="a_task_climbs_once"),
            models.UniqueConstraint(fields=["milestone", "due_date"], name="a_milestone_climbs_once"),
            models.UniqueConstraint(fields=["document", "due_date"], name="a_document_climbs_once"),
        ]

    class Privacy:
        fields = dict.fromkeys(("task", "milestone", "document", "place_code", "due_date", "climbed_date"), "officers")

    def __str__(self) -> str:
        return f"{self.place_code} {self.due_date}"
