"""Statuses as facts: what was true of a person or household, from when to when, who says so, and when it came."""

from __future__ import annotations

from django.db import models

from tongxing.registry.models.household import Household
from tongxing.registry.models.person import Person


class Status(models.Model):
    """One value of one declared fact. The newest `received_date` that covers a day is what we know of that day.

    `value` is text: true/false, whole numbers, fen, ISO dates, codes. A refused question has answer REFUSED and no
    value: it counts as unknown and is not asked again soon.
    """

    class Answer(models.TextChoices):
        KNOWN = "known", "知道"
        REFUSED = "refused", "不愿说"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="statuses", verbose_name="人")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, related_name="statuses", verbose_name="户"
    )
    fact = models.CharField("事实", max_length=60, db_index=True)
    answer = models.CharField("知不知道", max_length=8, choices=Answer, default=Answer.KNOWN)
    value = models.CharField("值", max_length=40, blank=True)
    from_date = models.DateField("起")
    until_date = models.DateField("止", null=True)
    source = models.CharField("来源", max_length=40)
    received_date = models.DateField("收到日期")
    batch = models.BigIntegerField("哪一批名单", null=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None, household__isnull=False)
                | models.Q(person__isnull=False, household=None),
                name="status_of_person_or_household",
            )
        ]

    class Privacy:
        fields = {
            "person": "officers",
            "household": "officers",
            "fact": "officers",
            "answer": "officers",
            "value": "officers",
            "from_date": "officers",
            "until_date": "officers",
            "source": "officers",
            "received_date": "officers",
            "batch": "officers",
        }

    def __str__(self) -> str:
        return f"{self.fact}={self.value}"


class ListReceived(models.Model):
    """A department's complete list of one fact for a division: who is not on it is a known no."""

    fact = models.CharField("事实", max_length=60)
    division_code = models.CharField("辖区", max_length=12)
    as_of_date = models.DateField("截至")
    received_date = models.DateField("收到日期")
    source = models.CharField("来源", max_length=40)
    batch = models.BigIntegerField("哪一批名单", null=True)

    class Meta:
        indexes = [models.Index(fields=["fact", "division_code", "-as_of_date"], name="list_received_lookup")]

    class Privacy:
        fields = {
            "fact": "officers",
            "division_code": "officers",
            "as_of_date": "officers",
            "received_date": "officers",
            "source": "officers",
            "batch": "officers",
        }

    def __str__(self) -> str:
        return f"{self.fact} {self.division_code} {self.as_of_date}"
