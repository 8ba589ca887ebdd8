"""The journal: append-only, each entry chained to the one before by its hash (S13)."""

from __future__ import annotations

from typing import Any

from django.db import models


class Entry(models.Model):
    """Who did or saw what, to whose record, for which purpose. Numbered without gaps from 1."""

    number = models.BigIntegerField("编号", primary_key=True)
    at = models.DateTimeField("时间")
    actor_id = models.BigIntegerField("用户", null=True, db_index=True)
    actor_label = models.CharField("谁", max_length=80)
    verb = models.CharField("做了什么", max_length=40, db_index=True)
    subject = models.CharField("对象", max_length=60, db_index=True)
    purpose = models.CharField("目的", max_length=40)
    detail = models.JSONField("细节", default=dict)
    previous_hash = models.BinaryField("前一条的指纹", max_length=32)
    hash = models.BinaryField("指纹", max_length=32)

    class Meta:
        ordering = ["number"]

    class Privacy:
        fields = {
            "number": "audit",
            "at": "subject",
            "actor_id": "audit",
            "actor_label": "subject",
            "verb": "subject",
            "subject": "subject",
            "purpose": "subject",
            "detail": "audit",
            "previous_hash": "audit",
            "hash": "audit",
        }

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject}"

    def content(self) -> dict[str, Any]:
        """What the hash covers: everything but the hashes."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "actor": self.actor_id,
            "label": self.actor_label,
            "verb": self.verb,
            "subject": self.subject,
            "purpose": self.purpose,
            "detail": self.detail,
        }


class Once(models.Model):
    """A key that a form or a machine sends with a change, and what came of it: the same key never acts twice."""

    key = models.CharField("键", max_length=64, unique=True)
    fingerprint = models.CharField("内容指纹", max_length=64)
    result = models.CharField("结果", max_length=80)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Privacy:
        fields = {"key": "secret", "fingerprint": "secret", "result": "staff", "at": "staff"}

    def __str__(self) -> str:
        return f"{self.key[:8]}… {self.result}"
