"""Cases, the tasks on their way, decisions, and what happened to them.

An open case stands in exactly one queue: `role` and `division_code` are filled if and only if it is proposed or open,
and it has at most one task that is not done. Both are constraints of the database.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongxing.content.services import services
from tongxing.registry.models import Person


class Counter(models.Model):
    """The last case number of a year. Taken in the transaction of its cases, so that numbers have no gaps."""

    year = models.PositiveIntegerField("年", primary_key=True)
    last = models.PositiveIntegerField("最后一号", default=0)

    class Privacy:
        fields = {"year": "officers", "last": "officers"}

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Batch(models.Model):
    """Cases opened with one click from a list; undone as a whole within ten minutes."""

    policy = models.CharField("政策", max_length=60, blank=True)
    prefix = models.CharField("辖区", max_length=12, blank=True)
    run = models.BigIntegerField("哪次核对")
    count = models.PositiveIntegerField("件数")
    grants = models.BooleanField("本人同意就批准", default=False)
    skipped = models.JSONField("跳过", default=dict)
    by_user_id = models.BigIntegerField("开件用户")
    by_label = models.CharField("谁开的", max_length=80)
    at = models.DateTimeField("时间")
    undone_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        ordering = ["-id"]

    class Privacy:
        fields = dict.fromkeys(("policy", "prefix", "run", "count", "grants", "skipped", "at", "undone_at"), "officers")
        fields |= dict.fromkeys(("by_user_id", "by_label"), "staff")

    def __str__(self) -> str:
        return f"第 {self.pk} 批 {self.count} 件"


class Case(models.Model):
    """One person's way to one outcome. `unit_id` is the person or household that the policy looks at."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "系统提出"
        OPEN = "open", "办理中"
        DECIDED = "decided", "已决定"
        CLOSED = "closed", "已办结"
        WITHDRAWN = "withdrawn", "已撤回"

    class Origin(models.TextChoices):
        GAP = "gap", "核对发现漏领"
        APPLICATION = "application", "申请"
        APPEAL = "appeal", "不同意原来的决定"
        REVIEW = "review", "情况变了，要复核"

    WAITING = ("proposed", "open")

    number = models.CharField("办件编号", max_length=12, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases", verbose_name="本人")
    unit_id = models.BigIntegerField("人或户的编号")
    service = models.CharField("服务", max_length=60)
    policy = models.CharField("政策", max_length=60)
    village_code = models.CharField("村社区", max_length=12, db_index=True)
    state = models.CharField("状态", max_length=10, choices=State)
    origin = models.CharField("从哪里来", max_length=12, choices=Origin)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="cases", verbose_name="批次")
    about = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="appeals", verbose_name="针对哪一件"
    )
    cause = models.CharField("为什么要复核", max_length=40, blank=True)
    role = models.CharField("在哪个角色手上", max_length=40, blank=True)
    division_code = models.CharField("在哪里", max_length=12, blank=True)
    opened_at = models.DateTimeField("开件时间")
    opened_by_id = models.BigIntegerField("开件用户")
    opened_by_label = models.CharField("谁开的", max_length=80)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["role", "division_code"], name="case_queue")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state__in=("proposed", "open")) & ~Q(role="") & ~Q(division_code=""))
                | (~Q(state__in=("proposed", "open")) & Q(role="", division_code="")),
                name="open_case_stands_in_one_queue",
            ),
            models.UniqueConstraint(
                fields=["service", "unit_id"],
                condition=Q(state__in=("proposed", "open")),
                name="one_open_case_a_service_and_unit",
            ),
        ]

    class Privacy:
        fields = dict.fromkeys(
            ("number", "person", "unit_id", "service", "policy", "village_code", "state", "origin", "batch"), "officers"
        ) | {"about": "officers", "cause": "officers"}
        fields |= dict.fromkeys(("role", "division_code", "opened_at", "ended_at"), "officers")
        fields |= dict.fromkeys(("opened_by_id", "opened_by_label"), "staff")

    def __str__(self) -> str:
        return self.number

    @property
    def service_name(self) -> str:
        known = services(settings.PACK).get(self.service)
        return known.name if known else self.service

    @property
    def waits(self) -> bool:
        return self.state in self.WAITING


class Task(models.Model):
    """One step of one case. While `paused_date` is set the clock stands; resuming moves `due_date` on."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "通过，转下一步"
        HANDED_BACK = "handed_back", "退回补一项"
        FORWARDED = "forwarded", "请别的单位先看"
        ADVISED = "advised", "看过，交回"
        DECIDED = "decided", "作了决定"
        DELIVERED = "delivered", "已落实"
        WITHDRAWN = "withdrawn", "撤回"
        UNDONE = "undone", "撤销"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks", verbose_name="办件")
    step = models.CharField("步骤", max_length=40)
    role = models.CharField("角色", max_length=40)
    division_code = models.CharField("辖区", max_length=12)
    start_date = models.DateField("从哪天起算")
    due_date = models.DateField("期限", db_index=True)
    paused_date = models.DateField("从哪天起停", null=True)
    pause_reason = models.CharField("为什么停", max_length=40, blank=True)
    claimed_by_id = models.BigIntegerField("领办用户", null=True)
    claimed_by_label = models.CharField("谁在办", max_length=80, blank=True)
    claimed_at = models.DateTimeField("领办时间", null=True)
    note = models.CharField("转来时的话", max_length=200, blank=True)
    done_at = models.DateTimeField("办完时间", null=True)
    outcome = models.CharField("结果", max_length=12, choices=Outcome, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(done_at=None), name="one_open_task_a_case"),
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="done_task_has_an_outcome",
            ),
        ]

    class Privacy:
        fields = dict.fromkeys(("case", "step", "role", "division_code", "start_date", "due_date"), "officers")
        fields |= dict.fromkeys(("paused_date", "pause_reason", "claimed_at", "note", "done_at", "outcome"), "officers")
        fields |= dict.fromkeys(("claimed_by_id", "claimed_by_label"), "staff")

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"


class Event(models.Model):
    """One line of the history of a case, for people."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", verbose_name="办件")
    verb = models.CharField("做了什么", max_length=20)
    by_user_id = models.BigIntegerField("用户", null=True)
    by_label = models.CharField("谁", max_length=80)
    at = models.DateTimeField("时间")
    detail = models.JSONField("细节", default=dict)

    class Meta:
        ordering = ["id"]

    class Privacy:
        fields = dict.fromkeys(("case", "verb", "at", "detail"), "officers")
        fields |= dict.fromkeys(("by_user_id", "by_label"), "staff")

    def __str__(self) -> str:
        return f"{self.case_id} {self.verb}"
