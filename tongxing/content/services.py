"""Reads services/<id>.yaml: how a right is carried from the first word to its outcome. Shape: docs/services.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import Block, Value, read_block
from tongxing.content.fields import Fields, Mistakes, check_name
from tongxing.content.instance import pack as instance
from tongxing.content.pack import Pack
from tongxing.content.rooms import check_known
from tongxing.lib.place import PackError, PackErrors, Text

STARTS = ("proposal", "resident", "guardian", "officer")
LEVELS = ("village", "township", "county", "city")
OUTCOMES = ("money_monthly", "money_once", "waiver", "referral", "thing", "document", "certificate")
LONGEST = 250  # working days: a year


@dataclass(frozen=True)
class Step:
    """One queue on the way: who works there, at which level, and within how many working days.

    A step with `notice` is the public notice: it may be passed on only when its days are over and objections answered.
    A step with `assessment` ends when a doctor has written down category and grade.
    """

    id: Text
    name: str
    level: str
    role: Text
    working_days: int
    notice: bool = False
    assessment: bool = False


@dataclass(frozen=True)
class Named:
    """A paper that is asked for, or a reason for which the clock stands."""

    id: Text
    name: str


@dataclass(frozen=True)
class Service:
    """`decide` names the last step. `review_months` None: nothing is looked at again. `after_death`: for the family of
    one who died. `renews`: a certificate that ends soon, proposed before it does. `policy` is "" where no rule
    decides: for a certificate, which a doctor's finding decides."""

    id: Text
    name: str
    policy: Text
    starts: Sequence[str]
    steps: Sequence[Step]
    decide: Text
    outcome: str
    evidence: Sequence[Named] = ()
    pauses: Sequence[Named] = ()
    review_months: int | None = None
    after_death: bool = False
    renews: bool = False

    def position(self, step: str) -> int:
        return next(place for place, known in enumerate(self.steps) if known.id == step)

    def step(self, step: str) -> Step:
        return self.steps[self.position(step)]


@lru_cache(maxsize=4)
def services(folder: Path) -> Mapping[str, Service]:
    """The services of the pack in `folder` by id, read once. Raises PackErrors."""
    return read_services(instance(folder))


def read_services(pack: Pack) -> dict[str, Service]:
    """Every file of services/, held against policies and roles. Raises PackErrors with all mistakes."""
    mistakes, found = Mistakes(), dict[str, Service]()
    for path in sorted((pack.folder / "services").glob("*.yaml")):
        try:
            block = read_block(path, f"{pack.folder.name}/services/{path.name}")
        except PackError as wrong:
            mistakes.append(wrong)
        else:
            found[path.stem] = _service(block, path.stem, mistakes)
    for service in found.values():
        _check(service, pack, mistakes)
    _check_one_each(found, mistakes)
    if mistakes:
        raise PackErrors(mistakes)
    return found


def _service(block: Block, stem: str, mistakes: Mistakes) -> Service:
    fields = Fields(block, mistakes, "服务")
    id_ = fields.text("id", need=True) or Text(stem, block.place)
    check_name(id_, mistakes)
    if id_ != stem:
        mistakes.note(f"id 是 {id_}，文件名是 {stem}.yaml，两个要一样", id_.place)
    service = Service(
        id=id_,
        name=fields.words("name", stem, need=True),
        policy=fields.text("policy") or Text("", block.place),
        starts=_starts(fields, mistakes),
        steps=tuple(_step(item, mistakes) for item in fields.items("steps", need=True)),
        decide=fields.text("decide", need=True) or Text("", block.place),
        outcome=fields.choice("outcome", OUTCOMES),
        evidence=tuple(_named(item, "材料", mistakes) for item in fields.items("evidence")),
        pauses=tuple(_named(item, "暂停原因", mistakes) for item in fields.items("pauses")),
        after_death=fields.flag("after_death"),
        renews=fields.flag("renews"),
        review_months=_within(fields, "review_months", 120, mistakes),
    )
    fields.finish()
    return service


def _starts(fields: Fields, mistakes: Mistakes) -> tuple[str, ...]:
    starts = fields.names("starts", need=True)
    for word in starts:
        check_known(word, STARTS, "发起方式", mistakes)
    return tuple(str(word) for word in starts)


def _step(item: Value, mistakes: Mistakes) -> Step:
    fields = Fields(item, mistakes, "步骤")
    step = Step(
        id=fields.text("id", need=True) or Text("", fields.place),
        name=fields.words("name", need=True),
        level=fields.choice("level", LEVELS),
        role=fields.text("role", need=True) or Text("", fields.place),
        working_days=_within(fields, "working_days", LONGEST, mistakes, need=True) or 1,
        notice=fields.flag("notice"),
        assessment=fields.flag("assessment"),
    )
    fields.finish()
    return step


def _within(fields: Fields, key: str, most: int, mistakes: Mistakes, need: bool = False) -> int | None:
    number = fields.whole(key, need)
    if number is not None and not 1 <= number <= most:
        mistakes.note(f"{key} 要在 1 到 {most} 之间，不是 {number}", fields.place)
    return number


def _named(item: Value, what: str, mistakes: Mistakes) -> Named:
    fields = Fields(item, mistakes, what)
    named = Named(fields.text("id", need=True) or Text("", fields.place), fields.words("name", need=True))
    fields.finish()
    return named


def _check(service: Service, pack: Pack, mistakes: Mistakes) -> None:
    """What a file says about others: the policy, the roles and their level, the step that decides."""
    _check_ground(service, mistakes)
    if service.policy:
        check_known(service.policy, pack.policies, "政策", mistakes)
    policy = pack.policies.get(service.policy)
    if policy and policy.unit == "employer":
        mistakes.note(f"{service.policy} 是单位的政策，办件要有一个人", service.policy.place)
    if policy and service.outcome.startswith("money") and policy.period == "none":
        mistakes.note(
            f"{service.policy} 没有钱（period: none），outcome 不能是 {service.outcome}", service.policy.place
        )
    for step in service.steps:
        _check_step(step, pack, mistakes)
    for group in (service.steps, service.evidence, service.pauses):
        _check_distinct([thing.id for thing in group], mistakes)
    last = service.steps[-1].id if service.steps else None
    if service.decide and last and service.decide != last:
        mistakes.note(f"decide 要是最后一步 {last}，不是 {service.decide}", service.decide.place)


def _check_ground(service: Service, mistakes: Mistakes) -> None:
    """Either a rule decides or a doctor's finding."""
    is_assessed = any(step.assessment for step in service.steps)
    if service.outcome == "certificate" and (service.policy or not is_assessed):
        mistakes.note("outcome 是 certificate 的服务没有 policy，要有一步 assessment: true", service.id.place)
    if service.outcome != "certificate" and not service.policy:
        mistakes.note("缺 policy：按哪条政策办", service.id.place)


def _check_step(step: Step, pack: Pack, mistakes: Mistakes) -> None:
    if not step.role:
        return
    check_known(step.role, pack.roles, "角色", mistakes)
    role = pack.roles.get(step.role)
    if role and role.level != step.level:
        mistakes.note(f"{step.role} 是 {role.level} 一级的角色，这一步写的是 {step.level}", step.role.place)


def _check_distinct(ids: Sequence[Text], mistakes: Mistakes) -> None:
    seen = set[str]()
    for id_ in ids:
        if id_ in seen:
            mistakes.note(f"“{id_}”写了两遍", id_.place)
        seen.add(id_)


def _check_one_each(found: Mapping[str, Service], mistakes: Mistakes) -> None:
    """A gap must know which service closes it."""
    first: dict[str, Service] = {}
    for service in (service for service in found.values() if service.policy):
        other = first.setdefault(service.policy, service)
        if other is not service:
            mistakes.note(f"{service.policy} 已经由 {other.id} 办理，一条政策只有一项服务", service.policy.place)
