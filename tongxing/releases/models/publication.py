"""Releases of figures: what the city says to everybody."""

from __future__ import annotations

from django.db import models

from tongxing.accounts.models import User
from tongxing.policy.models import Run


class Publication(models.Model):
    """One release: made by one person, approved by another. Its files lie in `<DATA>/published/<number>/`, written
    once; `hash` is the SHA-256 of manifest.json, which names the hash of every other file."""

    class State(models.TextChoices):
        WAITING = "waiting", "等第二个人看"
        OUT = "out", "已公布"
        REFUSED = "refused", "没有公布"

    number = models.SlugField("期号", max_length=20, unique=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="publications", verbose_name="哪一夜")
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="next", verbose_name="上一期"
    )
    as_of_date = models.DateField("截至")
    made_date = models.DateField("哪天做的")
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    change = models.CharField("这一期改了什么", max_length=200)
    hash = models.CharField("校验码", max_length=64)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="谁做的")
    made_label = models.CharField("谁做的（当时的称呼）", max_length=80)
    made_at = models.DateTimeField("做好时间")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="谁看的")
    decided_label = models.CharField("谁看的（当时的称呼）", max_length=80, default="")
    decided_at = models.DateTimeField("看完时间", null=True)
    words = models.CharField("为什么不公布", max_length=200, default="")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="waiting"), name="one_release_waits_at_a_time"
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("number", "previous", "as_of_date", "made_date", "state", "change", "hash"), "public")
        fields |= dict.fromkeys(("made_by", "made_label", "decided_by", "decided_label"), "staff")
        fields |= dict.fromkeys(("run", "made_at", "decided_at", "words"), "officers")

    def __str__(self) -> str:
        return self.number
