"""The ledger, which only grows, and the bank's files."""

from __future__ import annotations

from django.db import models

from tongxing.payments.models.run import Payment, Run


class Entry(models.Model):
    """The ledger. Each movement is two entries that cancel out; rows are never changed (triggers in the migration)."""

    class Book(models.TextChoices):
        BUDGET = "budget", "预算"
        SENT = "sent", "在途"
        PAID = "paid", "已到账"
        RECOVERED = "recovered", "抵扣收回"

    movement = models.BigIntegerField("哪一笔动作", db_index=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="entries", verbose_name="应付")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="entries", verbose_name="批次")
    book = models.CharField("账", max_length=10, choices=Book)
    amount_fen = models.BigIntegerField("金额（分）")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]

    class Privacy:
        fields = dict.fromkeys(("movement", "payment", "run", "book", "amount_fen", "at"), "officers")

    def __str__(self) -> str:
        return f"{self.movement} {self.book} {self.amount_fen}"


class BankReply(models.Model):
    """A file that came back from the bank; the same file again changes nothing."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="replies", verbose_name="批次")
    file_hash = models.CharField("文件指纹", max_length=64)
    paid = models.PositiveIntegerField("到账笔数")
    returned = models.PositiveIntegerField("退回笔数")
    by_label = models.CharField("谁交的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "file_hash"], name="a_reply_counts_once")]

    class Privacy:
        fields = dict.fromkeys(("run", "file_hash", "paid", "returned", "at"), "officers") | {"by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.run_id} {self.file_hash[:8]}"
