"""Providers of services: rehabilitation, care, fitting of devices, assessment."""

from __future__ import annotations

from django.db import models


class Provider(models.Model):
    """A provider and its own entry in the public list. `offers` and `access` are ids of provision.yaml.

    `places` and `free` are NULL until somebody says them; `free_date` is the day on which `free` was true.
    """

    class State(models.TextChoices):
        LISTED = "listed", "列着"
        PAUSED = "paused", "暂停"

    name = models.CharField("机构名称", max_length=80)
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    division_code = models.CharField("所在地", max_length=12, db_index=True)
    state = models.CharField("状态", max_length=6, choices=State, default=State.LISTED)
    address = models.CharField("地址", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    offers = models.JSONField("做什么", default=list)
    access = models.JSONField("无障碍", default=list)
    places = models.PositiveIntegerField("一共几个位子", null=True)
    free = models.PositiveIntegerField("空着几个", null=True)
    free_date = models.DateField("空位是哪天的数", null=True)

    class Meta:
        ordering = ["division_code", "name", "pk"]

    class Privacy:
        fields = dict.fromkeys(("name", "credit_code", "division_code", "state", "address", "phone"), "public")
        fields |= dict.fromkeys(("offers", "access", "places", "free", "free_date"), "public")

    def __str__(self) -> str:
        return self.name
