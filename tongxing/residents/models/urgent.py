"""A file that somebody without scope opened for an hour, because it could not wait (break-glass, S8)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models

from tongxing.registry.models import Person


class UrgentLook(models.Model):
    """One person's file, one officer, one hour, one reason; looked at by somebody else within two working days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="urgent_looks", verbose_name="看谁的")
    reason = models.CharField("为什么等不得", max_length=200)
    department = models.CharField("部门", max_length=40, blank=True)
    division_code = models.CharField("辖区", max_length=12, db_index=True)
    by_user_id = models.BigIntegerField("谁看的", db_index=True)
    by_label = models.CharField("谁看的", max_length=80)
    opened_at = models.DateTimeField("打开时间")
    until_at = models.DateTimeField("看到几时")
    due_date = models.DateField("最晚哪天复核")
    reviewed_by_id = models.BigIntegerField("谁复核的", null=True)
    reviewed_by_label = models.CharField("谁复核的", max_length=80, blank=True)
    reviewed_at = models.DateTimeField("复核时间", null=True)
    is_right = models.BooleanField("该看", null=True)
    review_words = models.CharField("复核的话", max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]

    class Privacy:
        fields = dict.fromkeys(("person", "opened_at", "until_at", "due_date", "reviewed_at", "is_right"), "officers")
        fields |= dict.fromkeys(("department", "division_code", "reason", "review_words"), "officers")
        fields |= dict.fromkeys(("by_user_id", "by_label", "reviewed_by_id", "reviewed_by_label"), "staff")

    def __str__(self) -> str:
        return f"{self.by_label} {self.opened_at:%Y-%m-%d %H:%M}"

    def is_open(self, now: datetime) -> bool:
        return now < self.until_at

    def is_late(self, today: date) -> bool:
        return self.reviewed_at is None and self.due_date < today
