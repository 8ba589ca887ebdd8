"""A move within the city: said by the resident, confirmed by the township where they live from then on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tongxing.registry.keys import ring
from tongxing.registry.models import Household, Person


class Move(models.Model):
    """From one village to another, from a day on. It takes effect when the township of `to_code` confirms it.

    Where a place is protected later, both codes say the county alone (`hide`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", "在核实"
        DONE = "done", "搬好了"
        DECLINED = "declined", "没有办"
        WITHDRAWN = "withdrawn", "本人撤回了"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="moves", verbose_name="谁提的")
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    from_code = models.CharField("从哪个村社区", max_length=12, db_index=True)
    to_code = models.CharField("到哪个村社区", max_length=12, db_index=True)
    address_sealed = models.BinaryField("新住址")
    from_date = models.DateField("从哪天起")
    asked_at = models.DateTimeField("什么时候提的")
    asked_by_label = models.CharField("谁替本人提的", max_length=80)
    due_date = models.DateField("最晚哪天回", null=True)
    answer_sealed = models.BinaryField("为什么没有办", null=True)
    answered_at = models.DateTimeField("什么时候答复的", null=True)
    answered_by_label = models.CharField("谁答复的", max_length=80, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="waiting"), name="one_move_of_a_person_at_a_time"
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("person", "state", "from_code", "to_code", "from_date", "asked_at"), "officers")
        fields |= dict.fromkeys(("due_date", "answered_at"), "officers")
        fields |= dict.fromkeys(("address_sealed", "answer_sealed"), "sealed")
        fields |= dict.fromkeys(("asked_by_label", "answered_by_label"), "staff")

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.from_date:%Y-%m-%d}"

    @property
    def address(self) -> str:
        return ring().open(bytes(self.address_sealed), place=self.place_of("address"))

    @property
    def answer(self) -> str:
        if self.answer_sealed is None:
            return ""
        return ring().open(bytes(self.answer_sealed), place=self.place_of("answer"))

    def place_of(self, part: str) -> str:
        """Where its words are sealed: known before it has a number of its own."""
        return f"move.{part}.{self.person_id}.{self.asked_at.timestamp()}"


class Mover(models.Model):
    """Who goes along, whoever asked included; which household they left, and in which they live then."""

    move = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="movers", verbose_name="哪一次")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="moved", verbose_name="谁")
    left = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, related_name="movers_out", verbose_name="原来的户"
    )
    joined = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, related_name="movers_in", verbose_name="现在的户"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["move", "person"], name="a_mover_once")]

    class Privacy:
        fields = dict.fromkeys(("move", "person", "left", "joined"), "officers")

    def __str__(self) -> str:
        return f"{self.person} {self.move_id}"
