"""Disability certificates, with their history: a reissue or new grade is a new row."""

from __future__ import annotations

from django.db import models

from tongxing.registry.keys import ring
from tongxing.registry.models.person import Person


class Certificate(models.Model):
    class Category(models.TextChoices):
        VISUAL = "visual", "视力"
        HEARING = "hearing", "听力"
        SPEECH = "speech", "言语"
        LIMB = "limb", "肢体"
        INTELLECTUAL = "intellectual", "智力"
        MENTAL = "mental", "精神"
        MULTIPLE = "multiple", "多重"

    class State(models.TextChoices):
        VALID = "valid", "有效"
        REPLACED = "replaced", "已换新证"
        CANCELLED = "cancelled", "已注销"

    GRADES = [(1, "一级"), (2, "二级"), (3, "三级"), (4, "四级")]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates", verbose_name="持证人")
    number_sealed = models.BinaryField("证号")
    number_index = models.BinaryField("证号索引", max_length=17, unique=True)
    category = models.CharField("类别", max_length=12, choices=Category)
    parts = models.CharField("多重残疾包括", max_length=60, blank=True)
    grade = models.PositiveSmallIntegerField("等级", choices=GRADES)
    issued_date = models.DateField("发证日期")
    valid_until_date = models.DateField("有效期至")
    state = models.CharField("状态", max_length=10, choices=State, default=State.VALID)
    source = models.CharField("来源", max_length=40)
    received_date = models.DateField("收到日期")

    class Meta:
        ordering = ["-issued_date", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="valid"), name="one_valid_certificate_a_person"
            )
        ]

    class Privacy:
        fields = {
            "person": "officers",
            "number_sealed": "masked",
            "number_index": "secret",
            "category": "officers",
            "parts": "officers",
            "grade": "officers",
            "issued_date": "officers",
            "valid_until_date": "officers",
            "state": "officers",
            "source": "officers",
            "received_date": "officers",
        }

    def __str__(self) -> str:
        return f"{self.get_category_display()}{self.get_grade_display()}"

    @property
    def number(self) -> str:
        return ring().open(bytes(self.number_sealed), place=f"certificate.number.{self.person_id}")

    @property
    def part_names(self) -> list[str]:
        """The component categories in Chinese; for a single category just that one."""
        return [str(self.Category(part).label) for part in (self.parts or self.category).split(",")]


class Finding(models.Model):
    """What a doctor of a designated hospital found, for one case; the ground of the certificate that follows."""

    case_number = models.CharField("办件编号", max_length=12, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="findings", verbose_name="被评定人")
    parts = models.CharField("类别", max_length=60)
    grade = models.PositiveSmallIntegerField("等级", choices=Certificate.GRADES)
    found_at = models.DateTimeField("评定时间")
    by_user_id = models.BigIntegerField("评定用户")
    by_label = models.CharField("谁评定的", max_length=80)

    class Privacy:
        fields = dict.fromkeys(("case_number", "person", "parts", "grade", "found_at"), "officers")
        fields |= dict.fromkeys(("by_user_id", "by_label"), "staff")

    def __str__(self) -> str:
        return f"{self.case_number} {self.get_grade_display()}"

    @property
    def category(self) -> str:
        """One category, or `multiple`."""
        return "multiple" if "," in self.parts else self.parts
