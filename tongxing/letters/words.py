"""The words of a letter, from what was frozen with the decision: reasons, sources, and what one can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from tongxing.casework import clocks
from tongxing.casework.catalogue import item_name, service_of
from tongxing.casework.grounds import facts_in
from tongxing.casework.models import Ask, Case, Decision
from tongxing.content.instance import pack
from tongxing.lib.dates import spoken_date
from tongxing.lib.money import spoken_yuan

R = Decision.Result
REVIEW_DAYS, COURT_MONTHS = 60, 6  # 行政复议法, 行政诉讼法


@dataclass(frozen=True)
class Reason:
    """One condition of the rule: `met` None is unknown."""

    label: str
    met: bool | None
    note: str
    source: str


@dataclass(frozen=True)
class Letter:
    """`routes` are (short, explained) pairs; empty where nothing was taken from the person.

    `kind` and `blanks` are what the Easy Read form of the letter is made of (content/letters.py).
    """

    to: str
    unit: str
    number: str
    on: date
    title: str
    opening: list[str]
    reasons: list[Reason] = field(default_factory=list)
    basis: str = ""
    wrong_data: str = ""
    routes: list[tuple[str, str]] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    kind: str = ""
    blanks: dict[str, str] = field(default_factory=dict)


def of_decision(decision: Decision) -> Letter:
    """The letter of a decision in force."""
    case, policy = decision.case, pack(settings.PACK).policies.get(decision.case.policy)
    name, laws = (policy.name, policy.law) if policy else (case.service_name, [])
    bad = decision.result in (R.REFUSED, R.STOPPED)
    reasons = list(reasons_in(decision.frozen.get("tree"), decision.frozen.get("facts")))
    return Letter(
        to=case.person.name,
        unit=unit_of(case, decision),
        number=case.number,
        on=clocks.day_of(decision.at),
        title=_title(decision, name),
        opening=_opening(decision, name),
        reasons=[reason for reason in reasons if not bad or reason.met is not True] or reasons,
        basis=_basis(decision, [law.title for law in laws]),
        wrong_data="上面哪个情况不对，请告诉我们。打电话、发文字或请村里说都行，我们重新核。" if bad else "",
        routes=routes() if bad else [("有话要说", "觉得金额不对，也可以说“我不同意”，换一个人再看。")],
        signed=[f"经办：{decision.by_label}"] + ([f"复核：{decision.second_label}"] if decision.second_label else []),
        kind=decision.result,
        blanks={"benefit": name, "amount": _amount(decision), "since": _since(decision)},
    )


def of_ask(ask: Ask) -> Letter:
    """The request for the one missing item."""
    case = ask.case
    name = item_name(service_of(case), ask.item) or ask.item
    said = [f"您的“{service_of(case).name}”在办。还差一样：{name}。"]
    if ask.words:
        said.append(ask.words)
    said.append("补上就接着办。在您补之前，期限停着，不会因此作废。")
    return Letter(
        to=case.person.name,
        unit=unit_of(case, None),
        number=case.number,
        on=clocks.day_of(ask.asked_at),
        title="请补一样材料",
        opening=said,
        routes=[("不方便来", "可以拍照，也可以请村里上门来取。"), ("补不了", "告诉我们，一起想别的办法。")],
        kind="ask",
        blanks={"benefit": service_of(case).name, "item": name},
    )


def _title(decision: Decision, name: str) -> str:
    return {
        R.GRANTED: f"{name}批准了",
        R.REFUSED: f"这次不能给您{name}",
        R.STOPPED: f"{name}要停发",
        R.KEPT: f"{name}照常发",
    }[R(decision.result)]


def _opening(decision: Decision, name: str) -> list[str]:
    case = decision.case
    begun = {"gap": "我们核对时发现您可能符合条件", "review": "您的情况有变化，我们重新看了一遍"}.get(
        case.origin, f"您在 {spoken_date(clocks.day_of(case.opened_at))}提出来"
    )
    said = [f"{begun}：{name}。"]
    if decision.result == R.GRANTED:
        said.append(_granted(decision))
    elif decision.result == R.STOPPED:
        said.append(f"{_since(decision)}起停。已经发的不用退。要退的，我们会另外告诉您。")
    elif decision.result == R.REFUSED:
        said.append("我们看了，现在不能批准。别的待遇不受影响。")
    if decision.reason:
        said.append(decision.reason)
    return said


def _granted(decision: Decision) -> str:
    amount = _amount(decision)
    if not amount:
        return "您不用再做什么。"
    since = _since(decision)
    return f"{since + '起，' if since else ''}{amount}，发到您登记的账户。"


def _amount(decision: Decision) -> str:
    """每月 80 元, or '' where no money is decided."""
    if decision.result != R.GRANTED or decision.amount_fen is None or decision.from_month is None:
        return ""
    period = pack(settings.PACK).policies[decision.case.policy].period
    often = {"month": "每月 ", "year": "每年 ", "once": "一次 "}.get(period, "")
    return f"{often}{spoken_yuan(decision.amount_fen)}"


def _since(decision: Decision) -> str:
    """从 2026年8月: when the money begins or ends; '' for what has no months."""
    if decision.result == R.STOPPED:
        day = clocks.day_of(decision.at)
        return f"从 {day.year + day.month // 12}年{day.month % 12 + 1}月"
    if not _amount(decision) or pack(settings.PACK).policies[decision.case.policy].period != "month":
        return ""
    return f"从 {decision.from_month.year}年{decision.from_month.month}月"


def _basis(decision: Decision, laws: list[str]) -> str:
    version = decision.frozen.get("version", "")
    since = f"规则 {version[:4]}年{int(version[5:7])}月版" if version else ""
    as_of = decision.frozen.get("as_of", "")
    return "，".join(
        part
        for part in ("依据：" + ("、".join(laws) or "指定医院的评定结果"), since, f"按 {as_of} 的记录" if as_of else "")
        if part
    )


def reasons_in(tree: dict[str, Any] | None, told: dict[str, Any] | None = None) -> Iterator[Reason]:
    """The labelled conditions of a frozen tree that matter, each with its facts in words, and whose word they are."""
    if not tree or tree.get("needed") is False:
        return
    items = tree.get("all") or tree.get("any")
    if items and not (tree.get("label") and "any" in tree):
        for item in items:
            yield from reasons_in(item, told)
    elif tree.get("label"):
        yield Reason(tree["label"], tree["value"], _notes(tree), _sources(tree, told or {}))


def _sources(tree: dict[str, Any], told: dict[str, Any]) -> str:
    """民政低保名单，2026年11月20日收到: of the facts that somebody told or sent."""
    known = [told[name] for name in facts_in(tree) if told.get(name, {}).get("source")]
    return "；".join(
        dict.fromkeys(f"{one['source']}，{spoken_date(date.fromisoformat(one['received']))}收到" for one in known)
    )


def _notes(tree: dict[str, Any]) -> str:
    """Facts with their labels; a branch says those of its parts."""
    said = dict.fromkeys(_facts(tree))
    return "；".join(said)


def _facts(tree: dict[str, Any]) -> Iterator[str]:
    known = pack(settings.PACK).facts
    for name, value in (tree.get("facts") or {}).items():
        label = known[name].label if name in known else pack(settings.PACK).derived_labels.get(name, name)
        yield f"{label}：{said_value(name, value)}"
    for item in tree.get("all") or tree.get("any") or []:
        yield from _facts(item)


def said_value(name: str, value: Any) -> str:
    """A frozen value in words; unknown stays unknown."""
    if value is None:
        return "不知道"
    fact = pack(settings.PACK).facts.get(name)
    kind = fact.type if fact else ""
    if isinstance(value, bool):
        return "是" if value else "不是"
    if kind == "money":
        return spoken_yuan(int(value))
    if kind == "date":
        return spoken_date(date.fromisoformat(value))
    if kind == "code" and fact is not None and fact.codes:
        return str(pack(settings.PACK).codes[fact.codes].get(value, value))
    return str(value)


def unit_of(case: Case, decision: Decision | None) -> str:
    """县民政局: who signs."""
    if decision is not None and " · " in decision.by_label:
        return decision.by_label.partition(" · ")[2]
    return str(pack(settings.PACK).departments[d].name) if (d := _department(case)) else "承办单位"


def _department(case: Case) -> str | None:
    service = service_of(case)
    return pack(settings.PACK).roles[service.step(service.decide).role].department


def routes() -> list[tuple[str, str]]:
    """What a person can do against a decision; the time limits are the law's."""
    return [
        ("找我们再看", "说一声“我不同意”。换一个人看，不收钱。"),
        ("行政复议", f"收到信起 {REVIEW_DAYS} 日内，向上一级或本级政府提出。"),
        ("打官司", f"收到信起 {COURT_MONTHS} 个月内，向人民法院提出。"),
        ("请人帮", "不会说、不会写，可以请家里人、村里或法律援助帮您。"),
    ]
