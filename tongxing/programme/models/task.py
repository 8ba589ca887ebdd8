"""A task of the plan, what its unit reports, and the two people who say that it is done."""

from __future__ import annotations

from django.db import models


class PlanTask(models.Model):
    """One clause, carried by its lead unit. Its state is told by reports, confirmations and the day, never typed."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", "还没动"
        GOING = "going", "在办"
        BLOCKED = "blocked", "卡住了"
        WAITING = "waiting", "等核定"
        LATE = "late", "晚了"
        DONE = "done", "完成"

    clause = models.CharField("条目", max_length=20, unique=True)
    unit = models.CharField("牵头单位", max_length=40, db_index=True)
    place_code = models.CharField("地方", max_length=12)
    due_date = models.DateField("期限", db_index=True)
    first_due_date = models.DateField("最初的期限")

    class Meta:
        ordering = ["id"]

    class Privacy:
        fields = dict.fromkeys(("clause", "unit", "place_code", "due_date", "first_due_date"), "public")

    def __str__(self) -> str:
        return self.clause


class Report(models.Model):
    """How it stood on a day, in words. Append-only: a new report replaces the old one."""

    task = models.ForeignKey(PlanTask, on_delete=models.PROTECT, related_name="reports", verbose_name="任务")
    as_of_date = models.DateField("截到哪一天")
    comment = models.CharField("进展", max_length=300)
    blocker = models.CharField("卡在哪里", max_length=200, blank=True)
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁报的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["as_of_date", "id"]

    class Privacy:
        fields = {"task": "public", "as_of_date": "public", "comment": "public", "blocker": "public"}
        fields |= {"by_user_id": "staff", "by_label": "staff", "at": "officers"}

    def __str__(self) -> str:
        return f"{self.task_id} {self.as_of_date}"


class Confirmation(models.Model):
    """One says it is done, another looks at the evidence and agrees or not (P6)."""

    class State(models.TextChoices):
        WAITING = "waiting", "等第二个人核定"
        CONFIRMED = "confirmed", "核定完成"
        REJECTED = "rejected", "没有核定"

    task = models.ForeignKey(PlanTask, on_delete=models.PROTECT, related_name="confirmations", verbose_name="任务")
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    done_date = models.DateField("哪天做完的")
    words = models.CharField("做成了什么", max_length=300)
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁说的", max_length=80)
    at = models.DateTimeField("时间")
    second_user_id = models.BigIntegerField("第二个用户", null=True)
    second_label = models.CharField("谁核定的", max_length=80, blank=True)
    second_words = models.CharField("核定的话", max_length=300, blank=True)
    second_at = models.DateTimeField("核定时间", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=~models.Q(state="rejected"), name="a_task_is_claimed_done_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", second_user_id=None)
                | (~models.Q(state="waiting") & ~models.Q(second_user_id=models.F("by_user_id"))),
                name="done_needs_two_people",
            ),
        ]

    class Privacy:
        fields = {"task": "public", "state": "public", "done_date": "public", "words": "public"}
        fields |= dict.fromkeys(("by_user_id", "by_label", "second_user_id", "second_label"), "staff")
        fields |= dict.fromkeys(("at", "second_words", "second_at"), "officers")

    def __str__(self) -> str:
        return f"{self.task_id} {self.state}"
