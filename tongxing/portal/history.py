"""The way of a case in plain words: five steps with their days, and what happened, as the person hears it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from tongxing.casework import clocks, grounds
from tongxing.casework.catalogue import item_name, known
from tongxing.casework.models import Case
from tongxing.casework.queries import history_of
from tongxing.content.instance import pack
from tongxing.letters.words import reasons_in
from tongxing.lib.money import spoken_yuan
from tongxing.portal.status import Status

SAID = {
    "opened": "收到了",
    "accepted": "核过一步，往下走",
    "handed_back": "请您补一样",
    "received": "您补的收到了",
    "forwarded": "请别的单位也看一看",
    "advised": "别的单位看过了",
    "agreed": "您说要",
    "turned_down": "您说不要",
    "same": "您说：都还是这样",
    "changed": "您说有一项变了",
    "helped": "有人帮您写的申请",
    "unsure": "您有说不清楚的，我们去问",
    "wants_call": "您要先打电话问清楚",
    "decided": "作了决定",
    "confirmed": "第二个人也同意",
    "rejected": "第二个人不同意，重新看",
    "delivered": "东西交给您了",
    "paused": "停下来等一样东西",
    "resumed": "接着办",
    "undone": "改正了一步",
    "withdrawn": "不办了",
    "moved": "您搬了家，转到新地方办",
    "paper": "收到一份材料",
    "account": "记下新账户",
    "objected": "公示时有人提了意见",
    "answered": "意见核实了",
}
FOUND = {"gap": "我们查到您可能够条件", "review": "情况有变化，再看一遍", "appeal": "您不同意，换一个人看"}
OURS = {"claimed", "released"}  # who took it up is not the person's business


def told(case: Case) -> list[dict[str, Any]]:
    """Oldest first, each with its day and who."""
    service = known().get(case.service)
    lines = []
    for event in history_of(case):
        if event.verb in OURS:
            continue
        item = event.detail.get("item", "")
        more = (item_name(service, item) or item) if service and item else ""
        said = FOUND.get(case.origin) if event.verb == "opened" else None
        lines.append(
            {"at": event.at, "what": said or SAID.get(event.verb, event.verb), "more": more, "who": event.by_label}
        )
    return lines


def steps(case: Case, now: Status) -> list[dict[str, Any]]:
    """已收到 → 正在核对 → 需要您补 → 已决定 → 已到账 or 已交付; the one in which it stands is `now`."""
    events = {event.verb: clocks.day_of(event.at) for event in history_of(case)}
    at = {
        "received": clocks.day_of(case.opened_at),
        "checking": events.get("accepted") or events.get("agreed"),
        "needed": events.get("handed_back"),
        "decided": clocks.day_of(now.decision.at) if now.decision else None,
        "last": now.paid_at or (events.get("delivered")),
    }
    names = {
        "received": "已收到",
        "checking": "正在核对",
        "needed": "需要您补",
        "decided": "已决定",
        "last": _last(case),
    }
    here = {"answer": "received", "refused": "decided", "stopped": "decided", "paid": "last", "delivered": "last"}
    current = here.get(now.key, now.key)
    shown = [key for key in names if key != "needed" or at["needed"]]
    if now.decision is not None and now.key in ("refused", "stopped"):
        shown.remove("last")
    reached = shown.index(current) if current in shown else len(shown)
    return [_step(names[key], at[key], place, reached, now) for place, key in enumerate(shown)]


def _last(case: Case) -> str:
    service = known().get(case.service)
    return "已到账" if service and service.outcome.startswith("money") else "已交付"


def _step(name: str, day: date | None, place: int, reached: int, now: Status) -> dict[str, Any]:
    state = "done" if place < reached else "now" if place == reached else "next"
    if state == "now" and now.key in ("paid", "delivered"):
        state = "done"
    return {"name": name, "day": day if state != "next" else None, "state": state, "until": now.until}


def proposal(case: Case, with_reasons: bool = True) -> dict[str, Any]:
    """What it is, how much, and why we think so; whoever only holds a link does not read the reasons."""
    policy, ground = pack(settings.PACK).policies[case.policy], grounds.of(case)
    period = {"month": "每月 ", "year": "每年 ", "once": "一次 "}.get(policy.period, "")
    amount = f"{period}{spoken_yuan(ground.amount_fen)}" if ground.amount_fen else ""
    frozen = ground.frozen if with_reasons else {}
    reasons = list(reasons_in(frozen.get("tree"), frozen.get("facts")))
    return {"policy": policy, "amount": amount, "reasons": reasons}
