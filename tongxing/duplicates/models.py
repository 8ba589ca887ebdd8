"""Two files that are probably one person's, what somebody said about them, and how they were merged."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tongxing.registry.likeness import spoken
from tongxing.registry.models import Person


class Pair(models.Model):
    """Found by the rule of registry.likeness. `one` has the smaller number. What was said stays said: the same two
    are not asked about again."""

    class State(models.TextChoices):
        OPEN = "open", "等人看"
        DIFFERENT = "different", "不是同一个人"
        MERGED = "merged", "合并了"

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="一份")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="另一份")
    reasons = models.JSONField("为什么像")
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN, db_index=True)
    found_date = models.DateField("哪天发现的")
    words = models.CharField("为什么不是", max_length=200, blank=True)
    said_by_id = models.BigIntegerField("谁说的（用户）", null=True)
    said_by_label = models.CharField("谁说的", max_length=80, blank=True)
    said_at = models.DateTimeField("什么时候说的", null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_is_asked_about_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_is_two_files_in_order"),
        ]

    class Privacy:
        fields = dict.fromkeys(("one", "other", "reasons", "state", "found_date", "words", "said_at"), "officers")
        fields |= dict.fromkeys(("said_by_id", "said_by_label"), "staff")

    def __str__(self) -> str:
        return f"第 {self.pk} 对"

    @property
    def why(self) -> str:
        return spoken(self.reasons)


class Merge(models.Model):
    """`gone` into `kept`: one person asks, another confirms. `moved` says of every row what it was and became."""

    class State(models.TextChoices):
        ASKED = "asked", "等第二个人确认"
        DONE = "done", "合并了"
        REFUSED = "refused", "没有合并"
        UNDONE = "undone", "又分开了"

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="merges", verbose_name="哪一对")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="留下哪一份")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="并掉哪一份")
    state = models.CharField("状态", max_length=8, choices=State, default=State.ASKED)
    words = models.CharField("凭什么说是同一个人", max_length=200)
    asked_by_id = models.BigIntegerField("谁提出的（用户）")
    asked_by_label = models.CharField("谁提出的", max_length=80)
    asked_at = models.DateTimeField("什么时候提出的")
    decided_by_id = models.BigIntegerField("谁定的（用户）", null=True)
    decided_by_label = models.CharField("谁定的", max_length=80, blank=True)
    decided_at = models.DateTimeField("什么时候定的", null=True)
    moved = models.JSONField("挪了什么", default=list)
    entry = models.BigIntegerField("第几条操作记录", null=True)
    undone_by_label = models.CharField("谁分开的", max_length=80, blank=True)
    undone_at = models.DateTimeField("什么时候分开的", null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair"], condition=Q(state__in=("asked", "done")), name="one_merge_of_a_pair_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(decided_by_id=F("asked_by_id")), name="a_merge_needs_two_people"
            ),
        ]

    class Privacy:
        fields = dict.fromkeys(("pair", "kept", "gone", "state", "words", "asked_at", "decided_at"), "officers")
        fields |= {"undone_at": "officers", "moved": "audit", "entry": "audit"}
        fields |= dict.fromkeys(("asked_by_id", "asked_by_label", "decided_by_id", "decided_by_label"), "staff")
        fields |= {"undone_by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
