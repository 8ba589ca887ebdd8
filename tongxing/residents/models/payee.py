"""Another account while guardian and ward may differ: one officer asks, another confirms (S29)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tongxing.registry.models import Person


class PayeeChange(models.Model):
    """Nothing moves before it is done. What was asked stays as it was asked."""

    class State(models.TextChoices):
        ASKED = "asked", "等第二个人看"
        DONE = "done", "换了"
        REFUSED = "refused", "没有换"

    ward = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="payee_changes", verbose_name="谁的钱")
    number_sealed = models.BinaryField("新账户")
    state = models.CharField("状态", max_length=8, choices=State, default=State.ASKED)
    asked_by_id = models.BigIntegerField("谁提的（用户）")
    asked_by_label = models.CharField("谁提的", max_length=80)
    asked_at = models.DateTimeField("什么时候提的")
    second_id = models.BigIntegerField("谁看过（用户）", null=True)
    second_label = models.CharField("谁看过", max_length=80, blank=True)
    second_at = models.DateTimeField("什么时候看过", null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward"], condition=Q(state="asked"), name="one_payee_change_of_a_ward_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(second_id=None) | ~Q(second_id=F("asked_by_id")), name="a_payee_change_is_seen_by_another"
            ),
        ]

    class Privacy:
        fields = dict.fromkeys(("ward", "state", "asked_at", "second_at"), "officers") | {"number_sealed": "sealed"}
        fields |= dict.fromkeys(("asked_by_id", "asked_by_label", "second_id", "second_label"), "staff")

    def __str__(self) -> str:
        return f"{self.ward} {self.get_state_display()}"
