"""That the indicators were counted on a night's snapshot; the figures themselves lie in the warehouse."""

from __future__ import annotations

from django.db import models

from tongxing.policy.models import Run


class Count(models.Model):
    """One counting of all indicators on the stored snapshot of one run. Counting again gives the same bytes."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="plan_count", verbose_name="哪一夜")
    as_of_date = models.DateField("截至", db_index=True)
    cells_digest = models.CharField("数据指纹", max_length=64)
    seconds = models.FloatField("用时")
    counted_at = models.DateTimeField("数完时间", auto_now_add=True)

    class Meta:
        ordering = ["-as_of_date", "-id"]

    class Privacy:
        fields = {
            "run": "officers",
            "as_of_date": "public",
            "cells_digest": "public",
            "seconds": "officers",
            "counted_at": "officers",
        }

    def __str__(self) -> str:
        return f"{self.as_of_date} #{self.pk}"
