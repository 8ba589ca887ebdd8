"""What is asked, handed in, said against and decided in a case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tongxing.casework.models.case import Case


class Ask(models.Model):
    """The one thing that is missing. It is asked once in the life of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="asks", verbose_name="办件")
    item = models.CharField("要补什么", max_length=40)
    words = models.CharField("说明", max_length=200, blank=True)
    asked_at = models.DateTimeField("什么时候要的")
    answered_at = models.DateTimeField("什么时候补的", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "item"], name="a_missing_item_is_asked_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(answered_at=None), name="one_item_asked_at_a_time"),
        ]

    class Privacy:
        fields = dict.fromkeys(("case", "item", "words", "asked_at", "answered_at"), "officers")

    def __str__(self) -> str:
        return f"{self.case_id} {self.item}"


class Objection(models.Model):
    """What somebody said against a case while it stood on public notice; who it was is theirs to say or not."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="objections", verbose_name="办件")
    words = models.CharField("说了什么", max_length=500)
    reach = models.CharField("怎么回复他", max_length=80, blank=True)
    said_at = models.DateTimeField("什么时候说的")
    answer = models.CharField("核实的结果", max_length=500, blank=True)
    answered_by_label = models.CharField("谁核实的", max_length=80, blank=True)
    answered_at = models.DateTimeField("什么时候核实的", null=True)

    class Meta:
        ordering = ["id"]

    class Privacy:
        fields = dict.fromkeys(("case", "words", "said_at", "answer", "answered_at"), "officers")
        fields |= {"reach": "masked", "answered_by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.case_id} {self.said_at:%Y-%m-%d}"


class Decision(models.Model):
    """What a person decided, on what ground. Never edited: an undone one stays and a new one follows.

    `frozen` holds facts, sources, rule version and the explanation, without names or numbers of people. Against the
    advice of the rule it is only in force when a second person has confirmed it.
    """

    class Result(models.TextChoices):
        GRANTED = "granted", "批准"
        REFUSED = "refused", "不批准"
        STOPPED = "stopped", "停发"
        KEPT = "kept", "照发"

    class State(models.TextChoices):
        WAITING = "waiting", "等第二个人确认"
        IN_FORCE = "in_force", "生效"
        UNDONE = "undone", "已撤销"
        REJECTED = "rejected", "第二个人不同意"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions", verbose_name="办件")
    result = models.CharField("结果", max_length=8, choices=Result)
    state = models.CharField("状态", max_length=10, choices=State)
    reason = models.CharField("理由", max_length=500, blank=True)
    advice = models.BooleanField("规则的意见", null=True)
    amount_fen = models.BigIntegerField("金额（分）", null=True)
    from_month = models.DateField("从哪个月起", null=True)
    frozen = models.JSONField("当时的依据", default=dict)
    delivered = models.CharField("落实到", max_length=60, blank=True)
    by_user_id = models.BigIntegerField("决定的用户")
    by_label = models.CharField("谁决定的", max_length=80)
    at = models.DateTimeField("时间")
    second_user_id = models.BigIntegerField("第二个人", null=True)
    second_label = models.CharField("谁确认的", max_length=80, blank=True)
    second_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=("waiting", "in_force")), name="one_standing_decision_a_case"
            ),
            models.CheckConstraint(
                condition=Q(second_user_id=None) | ~Q(second_user_id=models.F("by_user_id")),
                name="the_second_person_is_another",
            ),
        ]

    class Privacy:
        fields = dict.fromkeys(("case", "result", "state", "reason", "advice", "amount_fen", "frozen"), "officers")
        fields |= dict.fromkeys(("delivered", "from_month", "at", "second_at"), "officers")
        fields |= dict.fromkeys(("by_user_id", "by_label", "second_user_id", "second_label"), "staff")

    def __str__(self) -> str:
        return f"{self.case_id} {self.result}"
