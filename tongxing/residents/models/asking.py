"""What a resident agreed to, who helped them, and what they asked an office to put right."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tongxing.registry.models import Person


class Consent(models.Model):
    """One yes to one version of a text; taking it back fills `withdrawn_at`, and nothing else ever changes."""

    class Channel(models.TextChoices):
        PAGE = "page", "自己在网页上"
        LINK = "link", "短信里的链接"
        SPOKEN = "spoken", "当面说的"
        PAPER = "paper", "纸上签的"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents", verbose_name="本人")
    kind = models.CharField("同意什么", max_length=20)
    version = models.PositiveSmallIntegerField("第几版")
    channel = models.CharField("怎么说的", max_length=8, choices=Channel)
    helper_label = models.CharField("谁帮的忙", max_length=80, blank=True)
    given_by_label = models.CharField("谁答应的", max_length=60, blank=True)  # '': the person themselves, or not known
    given_at = models.DateTimeField("什么时候同意的")
    withdrawn_at = models.DateTimeField("什么时候收回的", null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(withdrawn_at=None), name="one_consent_of_a_kind_at_a_time"
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("person", "kind", "version", "channel", "given_at", "withdrawn_at"), "officers")
        fields |= {"helper_label": "staff", "given_by_label": "officers"}

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Assisted(models.Model):
    """An officer beside the person does it for them, with their consent, until it ends or half an hour has passed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assisted", verbose_name="帮谁")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, verbose_name="凭什么")
    helper_id = models.BigIntegerField("谁帮的", db_index=True)
    helper_label = models.CharField("谁帮的忙", max_length=80)
    begun_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)

    class Privacy:
        fields = dict.fromkeys(("person", "consent", "begun_at", "ended_at"), "officers")
        fields |= {"helper_id": "staff", "helper_label": "staff"}

    def __str__(self) -> str:
        return f"{self.helper_label} {self.begun_at:%Y-%m-%d %H:%M}"


class Request(models.Model):
    """Something that an office has to look into: a fact that is wrong, a move, a visit. It gets an answer in words.

    It stands in the queue of a role (`role`) or of a department (`department`) of the person's area.
    """

    class Kind(models.TextChoices):
        CORRECT = "correct", "资料不对"
        ADDRESS = "address", "搬家了"
        HOUSEHOLD = "household", "家里人变了"
        VISIT = "visit", "请人上门"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests", verbose_name="本人")
    kind = models.CharField("什么事", max_length=10, choices=Kind)
    fact = models.CharField("哪一项", max_length=60, blank=True)
    words_sealed = models.BinaryField("本人的话")
    role = models.CharField("哪个角色办", max_length=40, blank=True)
    department = models.CharField("哪个部门办", max_length=40, blank=True)
    village_code = models.CharField("村社区", max_length=12, db_index=True)
    asked_at = models.DateTimeField("什么时候提的")
    asked_by_label = models.CharField("谁提的", max_length=80)
    due_date = models.DateField("最晚哪天回", null=True)
    answer_sealed = models.BinaryField("答复", null=True)
    answered_at = models.DateTimeField("什么时候答复的", null=True, db_index=True)
    answered_by_label = models.CharField("谁答复的", max_length=80, blank=True)

    class Meta:
        ordering = ["-id"]

    class Privacy:
        fields = dict.fromkeys(("person", "kind", "fact", "role", "department", "village_code"), "officers")
        fields |= dict.fromkeys(("asked_at", "due_date", "answered_at"), "officers")
        fields |= dict.fromkeys(("words_sealed", "answer_sealed"), "sealed")
        fields |= dict.fromkeys(("asked_by_label", "answered_by_label"), "staff")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.asked_at:%Y-%m-%d}"
