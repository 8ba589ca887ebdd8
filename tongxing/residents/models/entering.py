"""The ways in: an account, a code by text, a link for one answer. Codes and links are kept as fingerprints."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tongxing.registry.models import Person


class ResidentAccount(models.Model):
    """A user without a post, who is this person. Made when they first come in."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="resident")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account", verbose_name="本人")
    since_at = models.DateTimeField("从什么时候起", auto_now_add=True)

    class Privacy:
        fields = {"user": "officers", "person": "officers", "since_at": "officers"}

    def __str__(self) -> str:
        return str(self.person)


class Code(models.Model):
    """A code asked for in one browser. Made for every number, known or not, so that nothing tells them apart (S17)."""

    browser = models.CharField("哪个浏览器", max_length=64, unique=True)
    phone_index = models.BinaryField("号码索引", max_length=17)
    code_sealed = models.BinaryField("验证码")
    number_sealed = models.BinaryField("号码，不认识也发", null=True)
    asked_at = models.DateTimeField("什么时候要的")
    sent_at = models.DateTimeField("什么时候发的", null=True, db_index=True)
    tries = models.PositiveSmallIntegerField("试了几次", default=0)
    used_at = models.DateTimeField("什么时候用的", null=True)

    class Privacy:
        fields = dict.fromkeys(("browser", "phone_index"), "secret") | {
            "code_sealed": "sealed",
            "number_sealed": "sealed",
        }
        fields |= dict.fromkeys(("code_sealed", "number_sealed"), "sealed")
        fields |= dict.fromkeys(("asked_at", "sent_at", "tries", "used_at"), "audit")

    def __str__(self) -> str:
        return f"{self.asked_at:%H:%M} {self.tries}"


class Link(models.Model):
    """Opens one thing for one answer, without signing in. `subject` is 'case:2026-00001'."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links", verbose_name="谁的")
    subject = models.CharField("关于什么", max_length=60, db_index=True)
    token = models.CharField("指纹", max_length=64, unique=True)
    made_at = models.DateTimeField("什么时候给的")
    until_at = models.DateTimeField("到什么时候")
    used_at = models.DateTimeField("什么时候用的", null=True)

    class Privacy:
        fields = dict.fromkeys(("person", "subject", "made_at", "until_at", "used_at"), "officers") | {
            "token": "secret"
        }

    def __str__(self) -> str:
        return f"{self.subject} {self.until_at:%Y-%m-%d}"
