"""Divisions of the city, the employers in it, and who speaks for an organisation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Division(models.Model):
    class Level(models.TextChoices):
        CITY = "city", "市"
        COUNTY = "county", "县区"
        TOWNSHIP = "township", "乡镇街道"
        VILLAGE = "village", "村社区"

    code = models.CharField("代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=10, choices=Level)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts", verbose_name="上级")

    class Meta:
        ordering = ["code"]

    class Privacy:
        fields = {"code": "public", "name": "public", "level": "public", "parent": "public"}

    def __str__(self) -> str:
        return self.name


class Employer(models.Model):
    """An employer and what its yearly quota report says. Unknown numbers stay NULL."""

    name = models.CharField("单位名称", max_length=80)
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    division_code = models.CharField("所在地", max_length=12, db_index=True)
    facts = models.JSONField("申报情况", default=dict)
    reported_date = models.DateField("申报日期", null=True)

    class Privacy:
        fields = {
            "name": "public",
            "credit_code": "public",
            "division_code": "public",
            "facts": "officers",
            "reported_date": "officers",
        }

    def __str__(self) -> str:
        return self.name


class Spokesperson(models.Model):
    """A user speaks for an organisation, known by its credit code: an employer, a provider of services, or both."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="speaks", verbose_name="用户")
    credit_code = models.CharField("统一社会信用代码", max_length=18, db_index=True)
    from_date = models.DateField("起")
    until_date = models.DateField("止", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(until_date=None), name="one_organisation_at_a_time")
        ]

    class Privacy:
        fields = {"user": "staff", "credit_code": "public", "from_date": "staff", "until_date": "staff"}

    def __str__(self) -> str:
        return f"{self.user} {self.credit_code}"


class Correction(models.Model):
    """An employer says that a figure held of it is wrong. It waits for the department of the employer's area."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="corrections", verbose_name="单位")
    fact = models.CharField("哪个数", max_length=60)
    words_sealed = models.BinaryField("单位的话")
    department = models.CharField("哪个部门办", max_length=40)
    asked_at = models.DateTimeField("什么时候提的")
    asked_by_label = models.CharField("谁提的", max_length=80)
    due_date = models.DateField("最晚哪天回", null=True)
    answer_sealed = models.BinaryField("答复", null=True)
    answered_at = models.DateTimeField("什么时候答复的", null=True)
    answered_by_label = models.CharField("谁答复的", max_length=80, blank=True)

    class Meta:
        ordering = ["due_date", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "fact"], condition=Q(answered_at=None), name="one_open_correction_of_a_figure"
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("employer", "fact", "department", "asked_at", "due_date", "answered_at"), "officers")
        fields |= dict.fromkeys(("words_sealed", "answer_sealed"), "sealed")
        fields |= dict.fromkeys(("asked_by_label", "answered_by_label"), "staff")

    def __str__(self) -> str:
        return f"{self.employer} {self.fact}"
