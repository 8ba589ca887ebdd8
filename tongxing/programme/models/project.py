"""A project and its money, results and how content people are. All entries are append-only: a mistake is put right by
a new entry with the opposite sign, so that every sum stays what was written."""

from __future__ import annotations

from django.db import models


class Source(models.TextChoices):
    LEVY = "levy", "残疾人就业保障金"
    LOTTERY = "lottery", "彩票公益金"
    BUDGET = "budget", "财政预算"
    DONATION = "donation", "捐赠"


class Project(models.Model):
    """Name, units and targets stand in the pack under `key`."""

    key = models.SlugField("编号", max_length=40, unique=True)
    place_code = models.CharField("地方", max_length=12, db_index=True)

    class Meta:
        ordering = ["id"]

    class Privacy:
        fields = {"key": "public", "place_code": "public"}

    def __str__(self) -> str:
        return self.key


class Fund(models.Model):
    """Money promised and money that has come, of one source."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="funds", verbose_name="项目")
    source = models.CharField("来源", max_length=10, choices=Source)
    budget_fen = models.BigIntegerField("预算", default=0)
    received_fen = models.BigIntegerField("到位", default=0)
    words = models.CharField("说明", max_length=120)
    on_date = models.DateField("哪一天")
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁记的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(budget_fen=0, received_fen=0), name="a_fund_entry_says_an_amount"
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("project", "source", "budget_fen", "received_fen", "words", "on_date"), "public")
        fields |= {"by_user_id": "staff", "by_label": "staff", "at": "officers"}

    def __str__(self) -> str:
        return f"{self.project_id} {self.source}"


class ProjectPayment(models.Model):
    """What was paid out. A payee is a firm or an institution; who is one person is told by what the money was for."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="payments", verbose_name="项目")
    source = models.CharField("从哪里付", max_length=10, choices=Source)
    amount_fen = models.BigIntegerField("金额")
    paid_date = models.DateField("付款日")
    payee = models.CharField("付给谁、为什么", max_length=120)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections", verbose_name="更正哪一笔"
    )
    evidence = models.ForeignKey(
        "Evidence", on_delete=models.PROTECT, null=True, related_name="payments", verbose_name="凭证"
    )
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁记的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["paid_date", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_fen__gt=0, corrects=None)
                | models.Q(amount_fen__lt=0, corrects__isnull=False),
                name="less_only_as_a_correction",
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("project", "source", "amount_fen", "paid_date", "corrects"), "public")
        fields |= {"payee": "officers", "evidence": "officers", "at": "officers"}
        fields |= {"by_user_id": "staff", "by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.project_id} {self.amount_fen}"


class Result(models.Model):
    """So many more (or, as a correction, fewer) of one of the units in which the project counts."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="results", verbose_name="项目")
    unit = models.CharField("数什么", max_length=20)
    count = models.IntegerField("多少")
    on_date = models.DateField("哪一天")
    words = models.CharField("说明", max_length=120)
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁记的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["on_date", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(count=0), name="a_result_counts_something")]

    class Privacy:
        fields = dict.fromkeys(("project", "unit", "count", "on_date", "words"), "public")
        fields |= {"by_user_id": "staff", "by_label": "staff", "at": "officers"}

    def __str__(self) -> str:
        return f"{self.project_id} {self.count} {self.unit}"


class Satisfaction(models.Model):
    """Of so many who were asked on a day, so many were content."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="satisfaction", verbose_name="项目")
    asked = models.PositiveIntegerField("问了多少人")
    satisfied = models.PositiveIntegerField("满意的")
    on_date = models.DateField("哪一天")
    words = models.CharField("怎么问的", max_length=120)
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁记的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["on_date", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(asked__gt=0, satisfied__lte=models.F("asked")),
                name="of_those_asked_some_are_content",
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("project", "asked", "satisfied", "on_date", "words"), "public")
        fields |= {"by_user_id": "staff", "by_label": "staff", "at": "officers"}

    def __str__(self) -> str:
        return f"{self.project_id} {self.satisfied}/{self.asked}"
