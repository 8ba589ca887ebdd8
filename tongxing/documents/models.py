"""Papers that people hand in for a case."""

from __future__ import annotations

from django.db import models

from tongxing.casework.models import Case


class Paper(models.Model):
    """A photo or PDF, sealed. Lists leave `sealed` where it is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers", verbose_name="办件")
    item = models.CharField("是什么", max_length=40)
    kind = models.CharField("格式", max_length=20)
    size = models.PositiveIntegerField("多少字节")
    fingerprint = models.CharField("指纹", max_length=64)
    sealed = models.BinaryField("内容")
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁交的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "fingerprint"], name="a_paper_is_kept_once")]

    class Privacy:
        fields = dict.fromkeys(("case", "item", "kind", "size", "at"), "officers")
        fields |= {"fingerprint": "secret", "sealed": "masked", "by_user_id": "staff", "by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.case_id} {self.item}"
