"""Households, who belongs to them and since when, and who acts for whom."""

from __future__ import annotations

from django.db import models

from tongxing.registry.models.person import Person, new_serial


class Household(models.Model):
    id = models.BigIntegerField("编号", primary_key=True, default=new_serial)
    village_code = models.CharField("村社区", max_length=12, db_index=True)

    class Privacy:
        fields = {"id": "officers", "village_code": "officers"}

    def __str__(self) -> str:
        return f"户 {self.id}"


class Member(models.Model):
    class Relation(models.TextChoices):
        HEAD = "head", "户主"
        SPOUSE = "spouse", "配偶"
        CHILD = "child", "子女"
        PARENT = "parent", "父母"
        GRANDCHILD = "grandchild", "孙辈"
        SIBLING = "sibling", "兄弟姐妹"
        OTHER = "other", "其他"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members", verbose_name="户")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", verbose_name="人")
    relation = models.CharField("与户主关系", max_length=12, choices=Relation)
    from_date = models.DateField("起")
    until_date = models.DateField("止", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_date=None), name="one_household_at_a_time"
            )
        ]

    class Privacy:
        fields = {
            "household": "officers",
            "person": "officers",
            "relation": "officers",
            "from_date": "officers",
            "until_date": "officers",
        }

    def __str__(self) -> str:
        return f"{self.person} {self.get_relation_display()}"


class Guardian(models.Model):
    class Kind(models.TextChoices):
        PARENT = "parent", "父母"
        SPOUSE = "spouse", "配偶"
        CHILD = "child", "成年子女"
        RELATIVE = "relative", "其他亲属"
        ORGANISATION = "organisation", "村居委会或民政部门"

    ward = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardians", verbose_name="被监护人")
    guardian = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="wards", null=True, verbose_name="监护人"
    )
    kind = models.CharField("关系", max_length=14, choices=Kind)
    proof = models.CharField("凭什么", max_length=80)
    from_date = models.DateField("起")
    until_date = models.DateField("止", null=True)

    class Privacy:
        fields = {
            "ward": "officers",
            "guardian": "officers",
            "kind": "officers",
            "proof": "officers",
            "from_date": "officers",
            "until_date": "officers",
        }

    def __str__(self) -> str:
        return f"{self.guardian or self.get_kind_display()} → {self.ward}"
