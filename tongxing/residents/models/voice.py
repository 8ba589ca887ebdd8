"""What somebody under guardianship says for themselves, and where guardian and ward may not want the same (S29)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tongxing.registry.models import Person


class Voice(models.Model):
    """The person's own view, for one case; or why nobody asked. Never changed: what is said later is another row."""

    class How(models.TextChoices):
        SAID = "said", "自己说的"
        SIGNED = "signed", "用手语说的"
        PICTURES = "pictures", "指图、写字"
        BEHAVIOUR = "behaviour", "看神情和举动"
        NOT_ASKED = "not_asked", "没有问到"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="voices", verbose_name="谁说的")
    case_number = models.CharField("办件编号", max_length=12, db_index=True)
    how = models.CharField("怎么说的", max_length=10, choices=How)
    words_sealed = models.BinaryField("说了什么，或者为什么没有问到")
    is_retold = models.BooleanField("监护人转述", default=False)
    by_user_id = models.BigIntegerField("谁记的")
    by_label = models.CharField("谁记的", max_length=80)
    heard_at = models.DateTimeField("什么时候")

    class Meta:
        ordering = ["-id"]

    class Privacy:
        fields = dict.fromkeys(("person", "case_number", "how", "is_retold", "heard_at"), "officers")
        fields |= {"words_sealed": "sealed", "by_user_id": "staff", "by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.case_number} {self.get_how_display()}"


class Conflict(models.Model):
    """While it stands, decisions need a second person, and the guardian does not change where the money goes."""

    class Kind(models.TextChoices):
        PROVIDER = "provider", "监护人就是收费的机构"
        PAYEE = "payee", "钱到监护人手里，本人没用上"
        DISAGREES = "disagrees", "监护人想的和本人不一样"

    ward = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts", verbose_name="被监护人")
    kind = models.CharField("哪一种", max_length=10, choices=Kind)
    words_sealed = models.BinaryField("看到了什么")
    set_by_id = models.BigIntegerField("谁提的")
    set_by_label = models.CharField("谁提的", max_length=80)
    set_at = models.DateTimeField("什么时候提的")
    ended_at = models.DateTimeField("什么时候了结的", null=True)
    ended_by_label = models.CharField("谁了结的", max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward"], condition=Q(ended_at=None), name="one_conflict_of_a_ward_at_a_time"
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("ward", "kind", "set_at", "ended_at"), "officers") | {"words_sealed": "sealed"}
        fields |= dict.fromkeys(("set_by_id", "set_by_label", "ended_by_label"), "staff")

    def __str__(self) -> str:
        return f"{self.ward} {self.get_kind_display()}"
