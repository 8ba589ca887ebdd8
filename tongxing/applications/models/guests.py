"""What a visitor writes before anybody knows who they are, and the look at the ID card of somebody not known."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tongxing.casework.models import Case
from tongxing.registry.models import Person


class GuestDraft(models.Model):
    """Sealed under a key that only the visitor's browser has (`mark` is its fingerprint), until the first night.

    With a phone it is kept: then the key is here too, sealed, and phone, number and a code by text open it again.
    """

    mark = models.CharField("哪个浏览器", max_length=64, unique=True)
    service = models.CharField("哪项服务", max_length=40)
    answers_sealed = models.BinaryField("写了什么")
    number = models.CharField("编号", max_length=8, null=True, unique=True)
    phone_index = models.BinaryField("号码索引", max_length=17, null=True)
    key_sealed = models.BinaryField("钥匙", null=True)
    saved_at = models.DateTimeField("什么时候存的")
    until_at = models.DateTimeField("留到什么时候", db_index=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number=None, key_sealed=None) | Q(number__isnull=False, key_sealed__isnull=False),
                name="kept_with_number_and_key",
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("service", "number", "saved_at", "until_at"), "subject")
        fields |= dict.fromkeys(("mark", "phone_index"), "secret")
        fields |= dict.fromkeys(("answers_sealed", "key_sealed"), "sealed")

    def __str__(self) -> str:
        return f"{self.service} {self.until_at:%Y-%m-%d}"

    @property
    def spoken_number(self) -> str:
        """In two groups of four; empty until it is kept."""
        return f"{self.number[:4]} {self.number[4:]}" if self.number else ""


class GuestPaper(models.Model):
    """A photo or PDF handed in with it, under the same key."""

    draft = models.ForeignKey(GuestDraft, on_delete=models.CASCADE, related_name="papers", verbose_name="哪一份")
    item = models.CharField("是什么", max_length=40)
    sealed = models.BinaryField("内容")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["draft", "item"], name="one_paper_of_a_kind_of_a_guest")]

    class Privacy:
        fields = dict.fromkeys(("draft", "item"), "subject") | {"sealed": "sealed"}

    def __str__(self) -> str:
        return f"{self.draft_id} {self.item}"


class IdentityCheck(models.Model):
    """Somebody asks for a service, and the phone does not say who: the township looks at the ID card, once.

    When it is answered, what they said of themselves is gone from here. `about`: whose place only named officers may
    know; then it waits for these alone.
    """

    class Outcome(models.TextChoices):
        HELD = "held", "库里有这个人"
        ENTERED = "entered", "新建了档"
        NO = "no", "对不上"

    draft = models.OneToOneField(GuestDraft, on_delete=models.SET_NULL, null=True, related_name="check_of")
    service = models.CharField("哪项服务", max_length=40)
    number = models.CharField("编号", max_length=8, unique=True)
    township_code = models.CharField("乡镇街道", max_length=12, db_index=True)
    who_sealed = models.BinaryField("说自己是谁", null=True)
    about = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="保护着住处的人"
    )
    asked_at = models.DateTimeField("什么时候来的")
    due_date = models.DateField("最晚哪天", null=True)
    outcome = models.CharField("结果", max_length=8, choices=Outcome, blank=True)
    reason = models.CharField("为什么", max_length=200, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="办件")
    answered_at = models.DateTimeField("什么时候看的", null=True, db_index=True)
    answered_by_label = models.CharField("谁看的", max_length=80, blank=True)

    class Meta:
        ordering = ["id"]

    class Privacy:
        fields = dict.fromkeys(("draft", "service", "number", "township_code", "asked_at", "due_date"), "officers")
        fields |= {"about": "officers"}
        fields |= dict.fromkeys(("outcome", "reason", "case", "answered_at"), "officers")
        fields |= {"who_sealed": "sealed", "answered_by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.service} {self.number}"

    @property
    def spoken_number(self) -> str:
        return f"{self.number[:4]} {self.number[4:]}"

    @property
    def place(self) -> str:
        """Where who they say they are is sealed."""
        return f"identity.{self.number}"
