"""What the system cannot count: yearly statistics and targets set elsewhere. One person enters, another confirms."""

from __future__ import annotations

from django.db import models

from tongxing.accounts.models import User


class Entered(models.Model):
    """A number of one year with its source. It counts once a second person has confirmed it; a newer one replaces it.

    `withdrawn_at`: refused by the second person, or replaced.
    """

    year = models.PositiveSmallIntegerField("年份")
    value = models.DecimalField("数", max_digits=16, decimal_places=4)
    source = models.CharField("出处", max_length=200)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="谁录的")
    entered_label = models.CharField("谁录的（当时的称呼）", max_length=80)
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="谁核对的"
    )
    confirmed_label = models.CharField("谁核对的（当时的称呼）", max_length=80, default="")
    confirmed_at = models.DateTimeField("核对时间", null=True)
    withdrawn_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        abstract = True

    class Privacy:
        fields = {
            "year": "public",
            "value": "public",
            "source": "public",
            "entered_by": "staff",
            "entered_label": "staff",
            "entered_at": "officers",
            "confirmed_by": "staff",
            "confirmed_label": "staff",
            "confirmed_at": "officers",
            "withdrawn_at": "officers",
        }

    @property
    def key(self) -> str:
        """statistic-12: how an address names it."""
        return f"{type(self).__name__.lower()}-{self.pk}"


class Statistic(Entered):
    """A number of a series of the pack (plan/series.yaml), in the series' unit."""

    series = models.CharField("哪个统计数", max_length=60)

    class Meta:
        ordering = ["series", "-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year"],
                condition=models.Q(confirmed_at__isnull=False, withdrawn_at=None),
                name="one_number_a_year",
            )
        ]

    class Privacy:
        fields = Entered.Privacy.fields | {"series": "public"}

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class Target(Entered):
    """What an indicator should reach by the end of a year, where the plan leaves it to somebody else."""

    indicator = models.CharField("哪个指标", max_length=60)

    class Meta:
        ordering = ["indicator", "-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"],
                condition=models.Q(confirmed_at__isnull=False, withdrawn_at=None),
                name="one_target_a_year",
            )
        ]

    class Privacy:
        fields = Entered.Privacy.fields | {"indicator": "public"}

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"
