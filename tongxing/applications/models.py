"""What somebody asks for when they want their first certificate, and the seat that is kept for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongxing.casework.models import Case
from tongxing.content.assessment import assessment


class Application(models.Model):
    """Assessed at home, or on one seat of a half-day in a hospital. A seat is given once; the database holds that.

    Of a withdrawn application the seat is taken away and the day stays.
    """

    class Half(models.TextChoices):
        MORNING = "am", "上午"
        AFTERNOON = "pm", "下午"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="application", verbose_name="办件")
    kinds = models.CharField("哪方面不方便", max_length=60)
    at_home = models.BooleanField("请医生上门")
    place = models.CharField("医院", max_length=40, blank=True)
    day = models.DateField("哪一天", null=True)
    half = models.CharField("上午下午", max_length=2, choices=Half, blank=True)
    seat = models.PositiveSmallIntegerField("第几个", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["place", "day", "half", "seat"], name="one_person_a_seat"),
            models.CheckConstraint(
                condition=Q(at_home=True, place="", day=None, half="", seat=None)
                | (Q(at_home=False, day__isnull=False) & ~Q(place="") & ~Q(half="")),
                name="assessed_at_home_or_on_a_day",
            ),
        ]

    class Privacy:
        fields = dict.fromkeys(("case", "kinds", "at_home", "place", "day", "half", "seat"), "officers")

    def __str__(self) -> str:
        return f"{self.case_id} {self.where}"

    @property
    def where(self) -> str:
        """The hospital, or at home."""
        if self.at_home:
            return "医生上门"
        known = assessment(settings.PACK).places.get(self.place)
        return known.name if known else self.place

    @property
    def kind_names(self) -> list[str]:
        """In the words in which people were asked."""
        known = assessment(settings.PACK).kinds
        return [known.get(kind, kind) for kind in self.kinds.split(",")]
