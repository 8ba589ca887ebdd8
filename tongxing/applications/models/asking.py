"""What somebody asks for when they want their first certificate, the seat kept for them, and what is not sent yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongxing.casework.models import Case
from tongxing.content.assessment import assessment
from tongxing.registry.models import Person


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


class Draft(models.Model):
    """What a person began to ask for and has not sent: one for each service, sealed, with the day on which it goes.

    `number` is said together with the phone number by whoever comes back; alone it opens nothing.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="drafts", verbose_name="谁的")
    service = models.CharField("哪项服务", max_length=40)
    number = models.CharField("编号", max_length=8, unique=True)
    at = models.CharField("写到哪一页", max_length=60)
    answers_sealed = models.BinaryField("写了什么")
    begun_at = models.DateTimeField("什么时候开始的")
    saved_at = models.DateTimeField("什么时候存的")
    until_date = models.DateField("留到哪一天", db_index=True)

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "service"], name="one_draft_of_a_service")]

    class Privacy:
        fields = dict.fromkeys(("person", "service", "number", "at", "begun_at", "saved_at", "until_date"), "subject")
        fields |= {"answers_sealed": "sealed"}

    def __str__(self) -> str:
        return f"{self.service} {self.until_date}"

    @staticmethod
    def place(person_id: int, service: str) -> str:
        """Where its answers are sealed."""
        return f"draft.{person_id}.{service}"

    @property
    def spoken_number(self) -> str:
        """In two groups of four."""
        return f"{self.number[:4]} {self.number[4:]}"


class DraftPaper(models.Model):
    """A photo or PDF handed in with a draft, sealed; it becomes a paper of the case, or goes with the draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="papers", verbose_name="哪一份")
    item = models.CharField("是什么", max_length=40)
    sealed = models.BinaryField("内容")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["draft", "item"], name="one_paper_of_a_kind_in_a_draft")]

    class Privacy:
        fields = dict.fromkeys(("draft", "item", "at"), "subject") | {"sealed": "sealed"}

    def __str__(self) -> str:
        return f"{self.draft_id} {self.item}"

    @property
    def place(self) -> str:
        """Where its content is sealed."""
        return f"draft.paper.{self.draft_id}.{self.item}"
