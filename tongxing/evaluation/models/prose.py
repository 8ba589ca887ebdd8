"""What officers wrote into a report: every version is kept, none is changed."""

from __future__ import annotations

from django.db import models

from tongxing.evaluation.models.evaluation import Evaluation


class Prose(models.Model):
    """A version of what one unit says in one place; the newest counts, and empty words take it back."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="prose", verbose_name="评估")
    slot = models.CharField("哪一节", max_length=40)
    unit = models.CharField("哪个单位", max_length=80)
    words = models.TextField("写了什么", max_length=3000, blank=True)
    version = models.PositiveIntegerField("第几版")
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁写的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "slot", "unit", "version"], name="a_version_is_written_once")
        ]

    class Privacy:
        fields = dict.fromkeys(("evaluation", "slot", "unit", "words", "version"), "public")
        fields |= {"by_user_id": "staff", "by_label": "staff", "at": "officers"}

    def __str__(self) -> str:
        return f"{self.slot} {self.version}"
