"""A month's run: what is owed from it for ever, each attempt to pay that, and who approved.

A Payment is an obligation: one for each (person, policy, month, kind). A Line is one attempt to pay it; a returned line
is followed by another in a later run, never by a second payment.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tongxing.payments.models.award import Award
from tongxing.registry.models import Person


class Run(models.Model):
    """One month's payment of the city. From the first approval on its lines are frozen, as `digest` says."""

    class State(models.TextChoices):
        BUILT = "built", "做好了，等批准"
        CHECKED = "checked", "批准了一次"
        APPROVED = "approved", "批准了，等交银行"
        SENT = "sent", "已交银行"
        SETTLED = "settled", "银行回单已收"

    month = models.DateField("月份", unique=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.BUILT)
    payments = models.PositiveIntegerField("笔数", default=0)
    total_fen = models.BigIntegerField("合计（分）", default=0)
    new = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("变化", default=0)
    stopped = models.PositiveIntegerField("停发", default=0)
    held = models.PositiveIntegerField("暂存", default=0)
    digest = models.CharField("明细指纹", max_length=64, blank=True)
    built_by_id = models.BigIntegerField("谁做的", null=True)
    built_by_label = models.CharField("谁做的（名字）", max_length=80)
    built_at = models.DateTimeField("什么时候做的")
    file_hash = models.CharField("银行文件指纹", max_length=64, blank=True)
    sent_at = models.DateTimeField("什么时候交银行", null=True)

    class Meta:
        ordering = ["-month"]

    class Privacy:
        fields = dict.fromkeys(("month", "state", "payments", "total_fen", "new", "changed", "stopped"), "officers")
        fields |= dict.fromkeys(("held", "digest", "built_at", "file_hash", "sent_at"), "officers")
        fields |= dict.fromkeys(("built_by_id", "built_by_label"), "staff")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def is_open(self) -> bool:
        """Whether it may still be built anew."""
        return self.state == self.State.BUILT


class Payment(models.Model):
    class Kind(models.TextChoices):
        REGULAR = "regular", "当月"
        ARREARS = "arrears", "补发"
        CORRECTION = "correction", "更正补发"
        ONCE = "once", "一次性"

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="payments", verbose_name="待遇")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="payments", verbose_name="本人")
    policy = models.CharField("政策", max_length=60)
    month = models.DateField("哪个月的")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    amount_fen = models.BigIntegerField("金额（分）")
    settled_at = models.DateTimeField("到账时间", null=True, db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "policy", "month", "kind"], name="nobody_is_paid_twice"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="a_payment_is_something"),
        ]

    class Privacy:
        fields = dict.fromkeys(("award", "person", "policy", "month", "kind", "amount_fen", "settled_at"), "officers")

    def __str__(self) -> str:
        return f"{self.policy} {self.month:%Y-%m} {self.kind}"


class Line(models.Model):
    """One attempt in one run. `amount_fen` is the payment's less what a recovery plan keeps back."""

    class State(models.TextChoices):
        PLANNED = "planned", "要发"
        HELD = "held", "暂存"
        SENT = "sent", "已交银行"
        PAID = "paid", "到账"
        RETURNED = "returned", "银行退回"

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="lines", verbose_name="批次")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="lines", verbose_name="应付")
    number = models.PositiveIntegerField("序号")
    amount_fen = models.BigIntegerField("金额（分）")
    kept_fen = models.BigIntegerField("抵扣（分）", default=0)
    recovery = models.ForeignKey(
        "payments.Recovery", on_delete=models.PROTECT, null=True, related_name="lines", verbose_name="按哪个抵扣办法"
    )
    account_sealed = models.BinaryField("收款账户", null=True)
    account_name = models.CharField("户名", max_length=60, blank=True)
    village_code = models.CharField("村社区", max_length=12)
    state = models.CharField("状态", max_length=8, choices=State)
    why = models.CharField("原因", max_length=80, blank=True)
    may_repeat = models.BooleanField("账户核实过，可以再发", default=False)

    class Meta:
        ordering = ["run", "number"]
        indexes = [models.Index(fields=["run", "state"], name="line_of_run")]
        constraints = [
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(state__in=("planned", "sent", "paid")),
                name="one_living_attempt_a_payment",
            ),
            models.UniqueConstraint(fields=["run", "number"], name="one_number_a_line"),
        ]

    class Privacy:
        fields = (
            dict.fromkeys(
                ("run", "payment", "number", "amount_fen", "kept_fen", "village_code", "state", "why"), "officers"
            )
            | dict.fromkeys(("account_name", "may_repeat", "recovery"), "officers")
            | {"account_sealed": "masked"}
        )

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"


class Difference(models.Model):
    """Against last month: who is new, changed, stopped or held, and why."""

    class Kind(models.TextChoices):
        NEW = "new", "新增"
        CHANGED = "changed", "金额变了"
        STOPPED = "stopped", "停了"
        HELD = "held", "这个月暂存"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="differences", verbose_name="批次")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="本人")
    policy = models.CharField("政策", max_length=60)
    kind = models.CharField("种类", max_length=8, choices=Kind)
    before_fen = models.BigIntegerField("上月（分）")
    after_fen = models.BigIntegerField("本月（分）")
    reason = models.CharField("为什么", max_length=80)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "kind"], name="difference_of_run")]

    class Privacy:
        fields = dict.fromkeys(("run", "person", "policy", "kind", "before_fen", "after_fen", "reason"), "officers")

    def __str__(self) -> str:
        return f"{self.run_id} {self.kind}"


class Approval(models.Model):
    """Two people approve, each once, neither of them the one who built."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="approvals", verbose_name="批次")
    step = models.PositiveSmallIntegerField("第几次")
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁", max_length=80)
    digest = models.CharField("批准的是哪份明细", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["run", "step"]
        constraints = [
            models.UniqueConstraint(fields=["run", "step"], name="each_approval_once"),
            models.UniqueConstraint(fields=["run", "by_user_id"], name="two_different_people_approve"),
            models.CheckConstraint(condition=Q(step__in=(1, 2)), name="two_approvals"),
        ]

    class Privacy:
        fields = {"run": "officers", "step": "officers", "digest": "officers", "at": "officers"}
        fields |= {"by_user_id": "staff", "by_label": "staff"}

    def __str__(self) -> str:
        return f"{self.run_id} {self.step}"
