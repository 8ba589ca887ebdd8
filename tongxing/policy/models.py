"""Nightly runs, and what residents said no to. Results of a run lie in the warehouse, not in rows."""

from __future__ import annotations

from django.db import models

from tongxing.accounts.models import User
from tongxing.registry.models import Person


class Run(models.Model):
    """One evaluation of all policies on one dated snapshot of facts."""

    as_of_date = models.DateField("截至", db_index=True)
    folder = models.CharField("快照", max_length=80)
    pack_digest = models.CharField("规则指纹", max_length=64)
    persons = models.PositiveIntegerField("人数")
    holders = models.PositiveIntegerField("持证人数")
    seconds = models.FloatField("用时")
    finished_at = models.DateTimeField("完成时间", auto_now_add=True)

    class Meta:
        ordering = ["-finished_at", "-id"]

    class Privacy:
        fields = {
            "as_of_date": "officers",
            "folder": "secret",
            "pack_digest": "public",
            "persons": "public",
            "holders": "public",
            "seconds": "officers",
            "finished_at": "officers",
        }

    def __str__(self) -> str:
        return f"{self.as_of_date} #{self.pk}"


class Night(models.Model):
    """A night that began by the clock. The row is the claim: whoever inserts it begins the evaluation, nobody else."""

    due_date = models.DateField("哪一夜", unique=True)
    begun_at = models.DateTimeField("开始时间")

    class Privacy:
        fields = {"due_date": "officers", "begun_at": "officers"}

    def __str__(self) -> str:
        return f"{self.due_date}"


class Declined(models.Model):
    """A person said that they do not want a benefit: their words, and who wrote them down. Never a refusal by us."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="declined", verbose_name="本人")
    policy = models.CharField("政策", max_length=60)
    words = models.CharField("本人的话", max_length=200)
    told_date = models.DateField("哪天说的")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, verbose_name="谁记的")
    recorded_at = models.DateTimeField("记下时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("改主意时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "policy"], condition=models.Q(withdrawn_at=None), name="declined_once_at_a_time"
            )
        ]

    class Privacy:
        fields = {
            "person": "officers",
            "policy": "officers",
            "words": "officers",
            "told_date": "officers",
            "recorded_by": "staff",
            "recorded_at": "officers",
            "withdrawn_at": "officers",
        }

    def __str__(self) -> str:
        return f"{self.person}: {self.policy}"
