"""Long work behind the pages: what it is, how far it is, and how it ended. The queue itself is django-tasks'."""

from __future__ import annotations

from django.db import models

OPEN = ("waiting", "running")


class Job(models.Model):
    """One piece of work that somebody, or the clock, asked for. `subject` is what it makes, as in the journal."""

    class State(models.TextChoices):
        WAITING = "waiting", "等着做"
        RUNNING = "running", "正在做"
        DONE = "done", "做完了"
        FAILED = "failed", "没有做完"

    key = models.CharField("同样的工作", max_length=60)
    title = models.CharField("什么工作", max_length=120)
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    words = models.CharField("做到哪一步", max_length=200, blank=True)
    done = models.PositiveIntegerField("已做", default=0)
    total = models.PositiveIntegerField("共", default=0)
    subject = models.CharField("结果", max_length=60, blank=True)
    reference = models.CharField("错误编号", max_length=8, blank=True)
    by_user_id = models.BigIntegerField("谁要做的", null=True, db_index=True)
    by_label = models.CharField("谁要做的", max_length=80)
    task_id = models.UUIDField("排队编号", null=True)
    attempts = models.PositiveSmallIntegerField("第几次做", default=0)
    asked_at = models.DateTimeField("什么时候要的")
    started_at = models.DateTimeField("开始时间", null=True)
    beat_at = models.DateTimeField("最后一次有动静", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=models.Q(state__in=OPEN), name="job_once_at_a_time")
        ]

    class Privacy:
        fields = dict.fromkeys(("key", "title", "state", "words", "done", "total", "subject", "reference"), "officers")
        fields |= dict.fromkeys(("asked_at", "started_at", "finished_at"), "officers")
        fields |= dict.fromkeys(("by_user_id", "by_label", "task_id", "attempts", "beat_at"), "staff")

    def __str__(self) -> str:
        return f"{self.title} {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
