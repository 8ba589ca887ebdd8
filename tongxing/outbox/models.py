"""What residents are told: a text, or a message in their own pages. Its words are sealed."""

from __future__ import annotations

from django.db import models

from tongxing.registry.keys import ring
from tongxing.registry.models import Person


class Message(models.Model):
    """One piece of news. `reference` is what providers are given, so that the same text is never two.

    `to` is who gets it: the person, or who acts for them. A failed one waits until somebody has told the person. Both
    are None for whoever holds a number and is not known.
    """

    class Channel(models.TextChoices):
        SMS = "sms", "短信"
        IN_SITE = "in_site", "站内信"

    class State(models.TextChoices):
        QUEUED = "queued", "等着发"
        SENT = "sent", "发出了"
        DELIVERED = "delivered", "送到了"
        FAILED = "failed", "没送到"

    class Why(models.TextChoices):
        NO_PHONE = "no_phone", "没有手机"
        REFUSED = "refused", "号码不通"
        SILENT = "silent", "没有回音"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="messages", verbose_name="说的是谁"
    )
    to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="letterbox", verbose_name="发给谁")
    kind = models.CharField("哪一种", max_length=20)
    subject = models.CharField("关于什么", max_length=60, blank=True)
    reference = models.CharField("参考号", max_length=32, unique=True)
    once = models.CharField("同一件事只发一次", max_length=80, null=True, unique=True)
    words_sealed = models.BinaryField("内容")
    channel = models.CharField("怎么发", max_length=8, choices=Channel)
    state = models.CharField("状态", max_length=10, choices=State)
    why = models.CharField("为什么没送到", max_length=10, choices=Why, blank=True)
    provider = models.CharField("谁在送", max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField("试了几家", default=0)
    number_sealed = models.BinaryField("只发到这个号码", null=True)
    number_index = models.BinaryField("发到的号码", max_length=17, null=True)
    posted_at = models.DateTimeField("写下的时间")
    due_at = models.DateTimeField("最早什么时候发")
    handed_at = models.DateTimeField("交给运营商的时间", null=True)
    done_at = models.DateTimeField("有结果的时间", null=True)
    told_by_label = models.CharField("谁当面说的", max_length=80, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to__isnull=False) | models.Q(number_sealed__isnull=False), name="goes_somewhere"
            )
        ]
        indexes = [
            models.Index(fields=["state", "channel"], name="message_state"),
            models.Index(fields=["to", "-id"], name="message_to"),
        ]

    class Privacy:
        fields = dict.fromkeys(
            ("person", "to", "kind", "subject", "channel", "state", "why", "posted_at", "due_at"), "officers"
        )
        fields |= dict.fromkeys(("provider", "tries", "handed_at", "done_at", "told_by_label"), "staff")
        fields |= {"reference": "secret", "once": "secret", "number_index": "secret", "words_sealed": "sealed"}
        fields |= {"number_sealed": "sealed"}

    def __str__(self) -> str:
        return f"{self.kind} {self.get_state_display()}"

    @property
    def number(self) -> str | None:
        """Where it goes: to the number that the receiver has now, or to the one that it was posted to."""
        if self.number_sealed is None:
            return self.to.opened("phone") if self.to else None
        return ring().open(bytes(self.number_sealed), place=f"message.number.{self.reference}")

    @property
    def words(self) -> str:
        return ring().open(bytes(self.words_sealed), place=f"message.{self.reference}")
