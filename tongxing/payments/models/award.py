"""What a person has a right to each month."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tongxing.registry.models import Person


class Award(models.Model):
    """A right to a benefit from a month on. `until_month` is the first month that is no longer paid."""

    class Origin(models.TextChoices):
        DECIDED = "decided", "经办件批准"
        TAKEN_OVER = "taken_over", "从原来的发放名单接过来"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="awards", verbose_name="本人")
    unit_id = models.BigIntegerField("人或户的编号")
    policy = models.CharField("政策", max_length=60)
    case_number = models.CharField("办件编号", max_length=12, blank=True)
    origin = models.CharField("从哪里来", max_length=10, choices=Origin)
    from_month = models.DateField("从哪个月起")
    until_month = models.DateField("从哪个月起不发", null=True)
    stop_reason = models.CharField("为什么停", max_length=80, blank=True)
    made_at = models.DateTimeField("什么时候定的")
    by_label = models.CharField("谁定的", max_length=80)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["unit_id", "policy"], name="award_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "policy"], condition=Q(until_month=None), name="one_open_award_a_unit_and_policy"
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("person", "unit_id", "policy", "case_number", "origin", "from_month"), "officers")
        fields |= dict.fromkeys(("until_month", "stop_reason", "made_at"), "officers") | {"by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.policy} {self.unit_id}"


class Rate(models.Model):
    """How much a month from a month on; 0 while it is suspended. The newest that has begun counts."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="rates", verbose_name="待遇")
    from_month = models.DateField("从哪个月起")
    monthly_fen = models.BigIntegerField("每月（分）")
    reason = models.CharField("为什么", max_length=80)
    by_label = models.CharField("谁定的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["award", "from_month", "id"]
        constraints = [models.CheckConstraint(condition=Q(monthly_fen__gte=0), name="no_rate_below_zero")]

    class Privacy:
        fields = dict.fromkeys(("award", "from_month", "monthly_fen", "reason", "at"), "officers")
        fields |= {"by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.award_id} {self.from_month} {self.monthly_fen}"
