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
