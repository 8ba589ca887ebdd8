"""Afterwards: what was paid too much and is kept back in small parts, and whether people say that money came."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tongxing.payments.models.run import Payment, Run
from tongxing.registry.models import Person


class Recovery(models.Model):
    """A plan agreed with the person: so much a month is kept back, and never so much that less than the floor is left.

    Forgiving the rest because of hardship needs two people: one asks, another agrees.
    """

    class State(models.TextChoices):
        RUNNING = "running", "按月抵扣"
        DONE = "done", "抵扣完了"
        WAIVED = "waived", "困难免收"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recoveries", verbose_name="本人")
    policy = models.CharField("政策", max_length=60)
    total_fen = models.BigIntegerField("多发了（分）")
    monthly_fen = models.BigIntegerField("每月抵扣（分）")
    floor_fen = models.BigIntegerField("每月至少留给本人（分）")
    from_month = models.DateField("从哪个月起")
    state = models.CharField("状态", max_length=8, choices=State, default=State.RUNNING)
    reason = models.CharField("为什么", max_length=200)
    waived_fen = models.BigIntegerField("免收（分）", default=0)
    waived_reason = models.CharField("为什么免收", max_length=200, blank=True)
    asked_by_id = models.BigIntegerField("谁提出免收（用户）", null=True)
    asked_by_label = models.CharField("谁提出免收", max_length=80, blank=True)
    agreed_by_id = models.BigIntegerField("谁同意免收（用户）", null=True)
    agreed_by_label = models.CharField("谁同意免收", max_length=80, blank=True)
    by_label = models.CharField("谁定的", max_length=80)
    made_at = models.DateTimeField("什么时候定的")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "policy"],
                condition=Q(state="running"),
                name="one_running_recovery_a_person_and_policy",
            ),
            models.CheckConstraint(
                condition=Q(total_fen__gt=0, monthly_fen__gt=0, floor_fen__gt=0), name="a_recovery_leaves_something"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by_id=None) | ~Q(agreed_by_id=F("asked_by_id")), name="a_waiver_needs_two_people"
            ),
        ]

    class Privacy:
        fields = dict.fromkeys(("person", "policy", "total_fen", "monthly_fen", "floor_fen", "from_month"), "officers")
        fields |= dict.fromkeys(("state", "reason", "waived_fen", "waived_reason", "made_at"), "officers")
        fields |= dict.fromkeys(("asked_by_id", "asked_by_label", "agreed_by_id", "agreed_by_label"), "staff")
        fields |= {"by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.policy} {self.total_fen}"


class ReceiptCheck(models.Model):
    """One of the payments drawn by lot: somebody asks the person whether the money came."""

    class Outcome(models.TextChoices):
        RECEIVED = "received", "收到了"
        NOT_RECEIVED = "not_received", "没收到"
        UNREACHED = "unreached", "没联系上"

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="checks", verbose_name="批次")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="checks", verbose_name="应付")
    outcome = models.CharField("结果", max_length=12, choices=Outcome, blank=True)
    by_label = models.CharField("谁问的", max_length=80, blank=True)
    at = models.DateTimeField("什么时候问的", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "payment"], name="a_payment_is_drawn_once_a_run")]

    class Privacy:
        fields = dict.fromkeys(("run", "payment", "outcome", "at"), "officers") | {"by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.run_id} {self.outcome}"
