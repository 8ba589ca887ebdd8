"""A person. Numbers, phone, account and address are sealed field by field; search goes through blind indexes."""

from __future__ import annotations

import secrets

from django.db import models

from tongxing.registry.keys import ring

COUNTY_ALONE = "0" * 6  # how the code of a county ends


def new_serial() -> int:
    """A number that says nothing of the person; snapshots know people only by it."""
    return 10**12 + secrets.randbelow(9 * 10**12)


class Person(models.Model):
    class Sex(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    class Contact(models.TextChoices):
        SMS = "sms", "短信可达"
        TEXT_ONLY = "text_only", "只用文字"
        GUARDIAN = "guardian", "找监护人"
        NO_PHONE = "no_phone", "没有手机"

    id = models.BigIntegerField("编号", primary_key=True, default=new_serial)
    name = models.CharField("姓名", max_length=60)
    initials = models.CharField("拼音头字母", max_length=20, db_index=True)
    sex = models.CharField("性别", max_length=6, choices=Sex, null=True)
    birth_date = models.DateField("出生日期", null=True)
    hukou = models.CharField("户口", max_length=10, null=True)
    local_hukou = models.BooleanField("本市户籍", null=True)
    village_code = models.CharField("村社区", max_length=12, db_index=True)
    contact = models.CharField("怎么找到人", max_length=10, choices=Contact, null=True)
    death_date = models.DateField("去世日期", null=True)
    moved_out_date = models.DateField("迁出日期", null=True)
    id_number_sealed = models.BinaryField("证件号码", null=True)
    id_number_index = models.BinaryField("证件号码索引", max_length=17, null=True, unique=True)
    id_tail_index = models.BinaryField("证件尾号索引", max_length=17, null=True, db_index=True)
    phone_sealed = models.BinaryField("电话", null=True)
    phone_index = models.BinaryField("电话索引", max_length=17, null=True, db_index=True)
    account_sealed = models.BinaryField("收款账户", null=True)
    address_sealed = models.BinaryField("住址", null=True)
    registered_date = models.DateField("入库日期")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="absorbed", verbose_name="并到哪一份"
    )

    class Meta:
        ordering = ["village_code", "id"]
        indexes = [models.Index(fields=["name"], name="person_name")]

    class Privacy:
        fields = {
            "id": "officers",
            "name": "officers",
            "initials": "officers",
            "sex": "officers",
            "birth_date": "officers",
            "hukou": "officers",
            "local_hukou": "officers",
            "village_code": "officers",
            "contact": "officers",
            "death_date": "officers",
            "moved_out_date": "officers",
            "id_number_sealed": "masked",
            "id_number_index": "secret",
            "id_tail_index": "secret",
            "phone_sealed": "masked",
            "phone_index": "secret",
            "account_sealed": "masked",
            "address_sealed": "masked",
            "registered_date": "officers",
            "merged_into": "officers",
        }

    def __str__(self) -> str:
        return self.name

    def opened(self, field: str) -> str | None:
        """The plain text of id_number, phone, account or address; None if it is not known."""
        sealed = getattr(self, f"{field}_sealed")
        return None if sealed is None else ring().open(bytes(sealed), place=f"person.{field}.{self.id}")

    @property
    def file(self) -> Person:
        """The file that counts: this one, or the one that it was merged into."""
        return self.merged_into or self

    @property
    def is_protected(self) -> bool:
        """The file names the county alone; where they live is a `KeptPlace`."""
        return self.village_code.endswith(COUNTY_ALONE)

    @property
    def serial(self) -> str:
        return str(self.id)
