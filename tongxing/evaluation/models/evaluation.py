"""An evaluation of a period, its builds (files written once), and the signatures under a build."""

from __future__ import annotations

from django.db import models

from tongxing.plan.models import Count


class Evaluation(models.Model):
    """Of one period, on one counting: every figure of its report is of that day."""

    class Kind(models.TextChoices):
        MID_TERM = "mid_term", "中期评估"
        FINAL = "final", "终期评估"

    class State(models.TextChoices):
        DRAFTING = "drafting", "在写"
        APPROVED = "approved", "已批准"
        PUBLISHED = "published", "已公布"

    kind = models.CharField("哪种评估", max_length=10, choices=Kind)
    from_date = models.DateField("从哪天")
    until_date = models.DateField("到哪天")
    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="evaluations", verbose_name="用哪天的数")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFTING)
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁开的头", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_date__lt=models.F("until_date")), name="a_period_has_a_length"
            ),
            models.UniqueConstraint(
                fields=["kind", "from_date", "until_date"],
                condition=models.Q(state="drafting"),
                name="one_draft_of_a_period",
            ),
        ]

    class Privacy:
        fields = dict.fromkeys(("kind", "from_date", "until_date", "count", "state"), "public")
        fields |= {"by_user_id": "staff", "by_label": "staff", "at": "officers"}

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.from_date}–{self.until_date}"


class Build(models.Model):
    """The files of one making, in `<DATA>/evaluations/<evaluation>/<number>/`, written once.

    `files` is {name: SHA-256}. `release`: of a public one, the release whose figures it shows; '' for the internal one.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="builds", verbose_name="评估")
    number = models.PositiveIntegerField("第几稿")
    release = models.CharField("公布的哪一期", max_length=20, blank=True)
    prose_until = models.BigIntegerField("写到哪一段")
    files = models.JSONField("文件和校验码")
    seconds = models.FloatField("用时")
    by_user_id = models.BigIntegerField("用户", null=True)
    by_label = models.CharField("谁做的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "number"], name="a_build_has_its_number")]

    class Privacy:
        fields = dict.fromkeys(("evaluation", "number", "release", "files"), "public")
        fields |= dict.fromkeys(("prose_until", "seconds", "at"), "officers")
        fields |= {"by_user_id": "staff", "by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.evaluation_id} #{self.number}"


class Signature(models.Model):
    """One of two people under a build: that it is right, or that it may go out."""

    class Purpose(models.TextChoices):
        APPROVE = "approve", "批准"
        PUBLISH = "publish", "公布"

    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="signatures", verbose_name="哪一稿")
    purpose = models.CharField("同意什么", max_length=8, choices=Purpose)
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁签的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["build", "purpose", "by_user_id"], name="nobody_signs_twice"),
        ]

    class Privacy:
        fields = {"build": "public", "purpose": "public", "by_user_id": "staff", "by_label": "staff", "at": "officers"}

    def __str__(self) -> str:
        return f"{self.build_id} {self.purpose}"
