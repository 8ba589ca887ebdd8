"""What citizens say about the plan, and what they are answered."""

from __future__ import annotations

from django.db import models

from tongxing.accounts.models import User


class Remark(models.Model):
    """What a citizen said about an indicator or a promise. Only `words` and `answer` are ever shown to everybody, and
    only once an officer has answered and found that nobody is named in them. Nobody is asked who they are."""

    class State(models.TextChoices):
        WAITING = "waiting", "等答复"
        ANSWERED = "answered", "已公开答复"
        KEPT = "kept", "答复了，不公开"

    about = models.CharField("说的是哪一项", max_length=40, db_index=True)
    words = models.CharField("原话", max_length=500)
    key = models.CharField("同一天同样的话", max_length=64, unique=True)
    said_date = models.DateField("哪天说的")
    due_date = models.DateField("最晚哪天答")
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    answer = models.CharField("答复", max_length=800, default="")
    why_kept = models.CharField("为什么不公开", max_length=200, default="")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="谁答的")
    answered_label = models.CharField("谁答的（当时的称呼）", max_length=80, default="")
    answered_unit = models.CharField("哪个单位", max_length=60, default="")
    answered_date = models.DateField("哪天答的", null=True)

    class Meta:
        ordering = ["due_date", "id"]

    class Privacy:
        fields = dict.fromkeys(("about", "said_date", "due_date", "state", "answered_unit", "answered_date"), "public")
        fields |= {"words": "masked", "answer": "masked", "key": "secret"}
        fields |= {"why_kept": "officers", "answered_by": "staff", "answered_label": "staff"}

    def __str__(self) -> str:
        return f"{self.about} {self.said_date}"
