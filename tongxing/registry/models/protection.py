"""A place that only named staff may know (S28): the file then names the county alone, and the place is kept here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongxing.registry.keys import ring
from tongxing.registry.models.person import Person


class Protection(models.Model):
    """Of one person, for whom it was asked, and of everybody in their household; until it is lifted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protections", verbose_name="保护谁")
    reason_sealed = models.BinaryField("为什么保护")
    set_at = models.DateTimeField("什么时候起")
    set_by_label = models.CharField("谁定的", max_length=80)
    lifted_at = models.DateTimeField("什么时候解除的", null=True)
    lifted_by_label = models.CharField("谁解除的", max_length=80, blank=True)
    lift_reason_sealed = models.BinaryField("为什么解除", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(lifted_at=None), name="one_protection_of_a_person_at_a_time"
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("reason_sealed", "lift_reason_sealed"), "sealed")
        fields |= dict.fromkeys(("person", "set_at", "lifted_at"), "officers")
        fields |= dict.fromkeys(("set_by_label", "lifted_by_label"), "staff")

    def __str__(self) -> str:
        return f"{self.person} {self.set_at:%Y-%m-%d}"


class KeptPlace(models.Model):
    """Where one of them lives, sealed; the file holds the county meanwhile."""

    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="places", verbose_name="哪一次")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kept_places", verbose_name="谁的")
    village_sealed = models.BinaryField("村社区")
    address_sealed = models.BinaryField("住址", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["protection", "person"], name="a_place_is_kept_once")]

    class Privacy:
        fields = {"protection": "officers", "person": "officers"}
        fields |= dict.fromkeys(("village_sealed", "address_sealed"), "sealed")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def village_code(self) -> str:
        return ring().open(bytes(self.village_sealed), place=seal_of(self.person_id))

    @property
    def address(self) -> str | None:
        """In full; None if it is not known."""
        if self.address_sealed is None:
            return None
        return ring().open(bytes(self.address_sealed), place=f"person.address.{self.person_id}")


def seal_of(person_id: int) -> str:
    return f"kept.village.{person_id}"


class Named(models.Model):
    """Who may know the place, from when to when."""

    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="named", verbose_name="哪一次")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="named_for", verbose_name="谁能看"
    )
    from_date = models.DateField("起")
    until_date = models.DateField("止", null=True)
    named_by_label = models.CharField("谁点的名", max_length=80)

    class Privacy:
        fields = dict.fromkeys(("protection", "user", "from_date", "until_date"), "officers")
        fields |= {"named_by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.user} {self.from_date}"
