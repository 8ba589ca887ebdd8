"""How far each task of the plan has come in the synthetic city: who said what when, and what is stuck and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tongxing.accounts.access import Actor, actor_of
from tongxing.accounts.models import Post
from tongxing.demo import drawings
from tongxing.demo.streams import pick, stream
from tongxing.programme import actions, catalogue
from tongxing.programme.models import PlanTask

FATES = {"done": 0.24, "going": 0.2, "blocked": 0.08, "late": 0.14, "silent": 0.27, "claimed": 0.04, "rejected": 0.03}
WORDS: Mapping[str, tuple[str, ...]] = {
    "regulation": ("稿子写好，正在听各方意见。", "比照上级办法，写了第二稿。", "审查意见收齐，正在改。"),
    "facility": ("选址和图纸定了，开始施工。", "房子有了，正在添设备。", "验收过，开始用了。"),
    "project": ("第一批已经选好，钱到位一半。", "走访了各县区，按名单在做。", "今年的数做完，账对过。"),
    "entitlement": ("标准按新的发，名单每月核。", "漏掉的人找出来一批，正在办。", "到账抽查过，大多数收到了。"),
    "workforce": ("培训办了两期，来的人多。", "岗位招了一批，还差几个。", "考核做完，名单公布了。"),
    "campaign": ("活动办过一场，正在排下一场。", "学校和社区都去过，反映不错。"),
    "service": ("每个县区都有人做，次数记着。", "排队的人少了一半。", "服务点都能联系上。"),
}
OTHER = ("开过协调会，分了工。", "按分工在做，每季度碰一次头。", "检查过一遍，问题在改。")
BLOCKERS = (
    "上级的办法还没出来，没有依据",
    "钱没有到位，差一半",
    "选址没定，用地手续在等",
    "招不到合适的人",
    "几个部门的数据还没联通",
)
DONE = ("做完了，凭据在附件。", "按要求办好，已经在用。", "办结，名单和照片都在。")


@dataclass
class Staff:
    """The demo's officers by role. A unit reports through its department, else through the planners."""

    today: date
    actors: dict[str, Actor]

    def of(self, units: tuple[str, ...]) -> Actor:
        departments = (catalogue.department_of(unit) for unit in units)
        role = next((f"{name}_city" for name in departments if name and f"{name}_city" in self.actors), "planner")
        return self.actors[role]

    @property
    def second(self) -> Actor:
        return self.actors["committee_city"]


def staff(today: date) -> Staff:
    posts = Post.objects.select_related("user", "deputy_of__user").filter(user__username__startswith="demo-")
    return Staff(today, {post.role: actor_of(post) for post in posts})


def report_all(who: Staff, seed: int) -> None:
    """Every task of the register, in the order of the plan."""
    tasks, rng = list(PlanTask.objects.all()), stream(seed, "register")
    fates = [list(FATES)[number] for number in pick(rng, list(FATES.values()), len(tasks))]
    for number, (task, fate) in enumerate(zip(tasks, fates, strict=True)):
        _Telling(who, task, number, int(rng.integers(20, 300))).tell(fate)


@dataclass
class _Telling:
    """One task and its fate. `days` is how long before its day, or before today, the last word was said."""

    who: Staff
    task: PlanTask
    number: int
    days: int

    @property
    def by(self) -> Actor:
        return self.who.of((self.task.unit,))

    @property
    def last(self) -> date:
        """The day of the last word: before the task was due, and before today."""
        return min(self.task.first_due_date, self.who.today) - timedelta(days=self.days)

    def tell(self, fate: str) -> None:
        if fate == "silent":
            return
        if fate in ("going", "blocked"):
            self._give_time()
        if fate in ("going", "blocked", "late"):
            self._report("" if fate == "going" else BLOCKERS[self.number % len(BLOCKERS)])
        else:
            self._claim()
        if fate == "done":
            actions.confirm_done(by=self.who.second, task=self.task, words="看过凭据，属实")
        if fate == "rejected":
            actions.reject_done(by=self.who.second, task=self.task, words="照片只有一处，请补上其余几处")

    def _give_time(self) -> None:
        """Overdue tasks that are worked on were given a later day."""
        if self.task.due_date < self.who.today:
            later = self.who.today + timedelta(days=60 + 10 * (self.number % 30))
            actions.postpone(by=self.who.second, task=self.task, due_date=later, words="并入下一个规划，接着做")

    def _report(self, blocker: str) -> None:
        kind = catalogue.known().clauses[self.task.clause].kind
        said = WORDS.get(kind, OTHER)
        comment = said[self.number % len(said)]
        actions.report(by=self.by, task=self.task, comment=comment, blocker=blocker, as_of=self.last)

    def _claim(self) -> None:
        draw = drawings.room if self.number % 5 == 0 else drawings.paper
        name = "现场照片" if self.number % 5 == 0 else "办结材料"
        actions.add_evidence(by=self.by, of=self.task, name=name, content=draw(self.number % 7))
        words = DONE[self.number % len(DONE)]
        actions.claim_done(by=self.by, task=self.task, words=words, done_date=self.last)


def share(rng: np.random.Generator, low: float, high: float) -> float:
    return float(low + (high - low) * rng.random())
