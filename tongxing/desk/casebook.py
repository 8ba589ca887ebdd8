"""What the pages of a case say: rows of a queue, the head, the step one stands at, and the choices it offers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404

from tongxing.accounts.access import Actor, may
from tongxing.accounts.rights import Right
from tongxing.applications.queries.unsure import facts_of
from tongxing.casework import catalogue, clocks, grounds, queries
from tongxing.casework.models import Ask, Case, Decision, Event, Task
from tongxing.content.instance import pack
from tongxing.content.services import Service
from tongxing.desk import words
from tongxing.desk.choices import choices, is_mine
from tongxing.desk.crosscheck import cross_check
from tongxing.documents.queries import papers_of
from tongxing.letters import words as letters
from tongxing.organisation import queries as divisions
from tongxing.registry.models import Certificate
from tongxing.registry.queries import finding_of

VERBS = {
    "opened": "开件",
    "claimed": "领办",
    "released": "放回队列",
    "accepted": "通过，转下一步",
    "handed_back": "退回补一样",
    "received": "补的材料到了",
    "forwarded": "请别的单位先看",
    "advised": "看过，交回",
    "agreed": "本人同意",
    "turned_down": "本人不要",
    "same": "本人说：都还是这样",
    "changed": "本人说有一项变了",
    "helped": "有人帮本人写的申请",
    "unsure": "本人有说不清楚的",
    "wants_call": "本人要先打电话",
    "decided": "作出决定",
    "confirmed": "第二个人确认",
    "rejected": "第二个人不同意",
    "delivered": "已落实",
    "paused": "时钟停了",
    "resumed": "时钟接着走",
    "undone": "撤销上一步",
    "withdrawn": "本人撤回",
    "moved": "本人搬家，转到新地方",
    "paper": "收到一份材料",
    "account": "记下新账户",
    "objected": "公示期有人提了意见",
    "answered": "核实了意见",
}
CAUSES = {
    "not_entitled": "按现有记录不再符合条件",
    "amount": "金额按规则变了",
    "expires": "残疾人证快到期",
    "turns_18": "满 18 岁",
    "moved": "户籍迁走了",
    "due": "到了定期复核的时候",
    "account": "银行把钱退回来了",
    "split": "家里人分开住了",
}


def row(actor: Actor, case: Case, task: Task | None, known: Mapping[str, str]) -> dict[str, Any]:
    """One line of a queue."""
    service = catalogue.known().get(case.service)
    return {
        "case": case,
        "task": task,
        "service": service.name if service else case.service,
        "village": divisions.path_name(case.village_code, known, actor.prefix),
        "step": catalogue.step_name(service, task.step) if service and task else "",
        "clock": clock(task),
        "mine": task is not None and task.claimed_by_id == actor.user_id,
    }


def clock(task: Task | None) -> dict[str, Any]:
    """{tint, word, icon}: the date, and how it stands to today."""
    if task is None:
        return {"tint": "", "icon": "ok", "word": "办完了"}
    if task.paused_date:
        return {"tint": "ask", "icon": "ask", "word": "等材料，时钟停着"}
    today, due = clocks.today(), task.due_date
    day = f"{due.month}月{due.day}日"
    if due < today:
        return {"tint": "bad", "icon": "late", "word": f"超期，该 {day}办完"}
    if due == today:
        return {"tint": "wait", "icon": "wait", "word": "今天到期"}
    return {"tint": "", "icon": "wait", "word": f"{day}到期"}


def parts(actor: Actor, wanted: queries.Wanted) -> list[dict[str, Any]]:
    counts = queries.part_counts(actor)
    shown = [name for name in queries.PARTS if counts[name] or name in ("open", "overdue", wanted.part)]
    return [
        {
            "name": queries.PARTS[name][0],
            "count": counts[name],
            "url": _url(wanted, part=name),
            "current": name == wanted.part,
        }
        for name in shown
    ]


def _url(wanted: queries.Wanted, **changes: str) -> str:
    now = {"part": wanted.part, "service": wanted.service, "sort": wanted.sort} | changes
    return "?" + urlencode({key: value for key, value in now.items() if value and (key, value) != ("part", "open")})


def service_links(actor: Actor, wanted: queries.Wanted) -> list[dict[str, Any]]:
    known = catalogue.known()
    found = queries.service_counts(actor)
    links = [
        {
            "name": known[s].name if s in known else s,
            "count": n,
            "url": _url(wanted, service=s),
            "current": s == wanted.service,
        }
        for s, n in found
    ]
    everything = {
        "name": "全部服务",
        "count": sum(n for _, n in found),
        "url": _url(wanted, service=""),
        "current": not wanted.service,
    }
    return [everything, *links] if len(links) > 1 else []


def page(actor: Actor, case: Case, typed: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Everything that the page of a case shows."""
    service, task = catalogue.service_of(case), queries.open_task_of(case)
    ground = grounds.of(case)
    standing = queries.standing_decision(case)
    return {
        "case": case,
        "person": case.person,
        "service": service,
        "task": task,
        "clock": clock(task),
        "step": catalogue.step_name(service, task.step) if task else "",
        "holder": _holder(case, task),
        "place": divisions.path_name(case.village_code, divisions.names(), actor.prefix),
        "age": words.age(case.person.birth_date, clocks.today()),
        "advice": advice(case, ground),
        "illustrative": bool(case.policy) and words.illustrative(case.policy, clocks.today()),
        "checks": cross_check(case, ground.frozen),
        "standing": standing,
        "may_second": standing is not None and _may_second(actor, standing),
        "choices": choices(actor, case, service, task, standing),
        "items": items(case, service),
        "asks": list(Ask.objects.filter(case=case, answered_at=None)),
        "objections": queries.objections_of(case),
        "papers": [{"paper": p, "name": catalogue.item_name(service, p.item)} for p in papers_of(case)],
        "kinds": paper_kinds(service),
        "asked_item": _asked_item(case, service),
        "roles": [(name, pack(settings.PACK).roles[name].name) for name in catalogue.advisers(case)],
        "history": [_event(event, service) for event in queries.history_of(case)],
        "may_undo": _may_undo(actor, case),
        "may_work": task is not None and is_mine(actor, task),
        "account": words.masked(case.person, "account") if service.outcome.startswith("money") and task else None,
        "cause": CAUSES.get(case.cause, ""),
        "typed": typed or {},
        "once": secrets.token_hex(12),
        "may_appeal": standing is not None and standing.state == "in_force",
    }


def _holder(case: Case, task: Task | None) -> str:
    if task is None:
        return ""
    role = pack(settings.PACK).roles[task.role]
    where = divisions.names().get(task.division_code, "")
    return f"{where}{role.name.removeprefix('县区').removeprefix('市')}"


def advice(case: Case, ground: grounds.Ground) -> dict[str, Any]:
    """What the rule says, in one sentence."""
    if not case.policy:
        return _finding(case)
    if ground.advice is None:
        return {
            "tint": "ask",
            "icon": "ask",
            "said": "按规则：还说不清。",
            "more": words.asked(ground.ask) if ground.ask else "",
        }
    if not ground.advice:
        failed = "、".join(f"“{r.label}”" for r in letters.reasons_in(ground.frozen.get("tree")) if r.met is False)
        return {"tint": "bad", "icon": "no", "said": "按规则：不够条件。", "more": f"不符合{failed}" if failed else ""}
    return {"tint": "ok", "icon": "ok", "said": f"按规则：够条件{_amount(case, ground)}。", "more": ""}


def _finding(case: Case) -> dict[str, Any]:
    """Where no rule advises, what the doctor found."""
    finding = finding_of(case.number)
    if finding is None:
        return {"tint": "wait", "icon": "wait", "said": "还没有评定结果。", "more": ""}
    parts = "、".join(str(Certificate.Category(part).label) for part in finding.parts.split(","))
    more = f"{finding.by_label}，{clocks.day_of(finding.found_at):%Y-%m-%d}"
    return {"tint": "ok", "icon": "ok", "said": f"评定结果：{parts}，{finding.get_grade_display()}。", "more": more}


def _amount(case: Case, ground: grounds.Ground) -> str:
    if ground.amount_fen is None:
        return ""
    policy = pack(settings.PACK).policies[case.policy]
    if policy.period == "none":
        return ""
    yuan = f"{ground.amount_fen / 100:,.2f} 元".replace(".00 元", " 元")
    start = grounds.first_month(case)
    since = f"，从 {start.year}年{start.month}月起" if policy.period == "month" else ""
    return f"，{words.PERIODS[policy.period]} {yuan}{since}"


def items(case: Case, service: Service) -> list[tuple[str, str]]:
    """What can be asked for: papers, facts that the rule still needs, the account; never what was asked before."""
    asked = set(Ask.objects.filter(case=case).values_list("item", flat=True))
    papers = [(str(paper.id), paper.name) for paper in service.evidence]
    known = pack(settings.PACK).facts
    facts = [(name, known[name].label) for name in grounds.of(case).ask if name in known]
    general = (
        [("account", "收款账户"), ("phone", "电话")] if service.outcome.startswith("money") else [("phone", "电话")]
    )
    return [(key, name) for key, name in papers + facts + general if key not in asked]


def paper_kinds(service: Service) -> list[tuple[str, str]]:
    """What a paper can be: those of the service, then a fact's proof."""
    return [(str(p.id), p.name) for p in service.evidence] + list(catalogue.GENERAL.items())


def _asked_item(case: Case, service: Service) -> str:
    ask = Ask.objects.filter(case=case, answered_at=None).first()
    return (catalogue.item_name(service, ask.item) or ask.item) if ask else ""


def _event(event: Event, service: Service) -> dict[str, Any]:
    detail = event.detail
    said = [catalogue.step_name(service, detail["step"])] if detail.get("step") else []
    if "result" in detail:
        said.append(str(Decision.Result(detail["result"]).label))
    if detail.get("ahead"):  # the one who asked the person did not decide
        said.append("开件的人已核过，本人同意就批准")
    if "item" in detail:
        said.append(catalogue.item_name(service, detail["item"]) or detail["item"])
    said += [words.fact_label(fact) for fact in facts_of(event)]
    if "to" in detail:
        said.append(pack(settings.PACK).roles[detail["to"]].name)
    if detail.get("words"):
        said.append(f"“{detail['words']}”")
    return {"event": event, "what": VERBS.get(event.verb, event.verb), "more": "，".join(said)}


def _may_second(actor: Actor, decision: Decision) -> bool:
    role = pack(settings.PACK).roles.get(decision.case.role)
    same = role is not None and role.department == actor.department and may(actor, Right.DECIDE_CASE)
    return decision.state == Decision.State.WAITING and same and actor.user_id != decision.by_user_id


def _may_undo(actor: Actor, case: Case) -> bool:
    last = Task.objects.filter(case=case).exclude(done_at=None).order_by("-done_at", "-pk").first()
    own = last is not None and last.claimed_by_id == actor.user_id and last.done_at is not None
    return own and last.outcome != Task.Outcome.UNDONE and clocks.may_undo(last.done_at)  # type: ignore[union-attr]


def letter(case: Case) -> letters.Letter:
    """Raises 404 while nothing has been decided or asked."""
    decision = Decision.objects.filter(case=case, state=Decision.State.IN_FORCE).select_related("case__person").first()
    if decision is not None:
        return letters.of_decision(decision)
    ask = Ask.objects.filter(case=case, answered_at=None).select_related("case__person").first()
    if ask is None:
        raise Http404("这一件还没有信要发。")
    return letters.of_ask(ask)


def stations(actor: Actor) -> list[dict[str, Any]]:
    names, roles = divisions.names(), pack(settings.PACK).roles
    return [
        {
            "place": names.get(code, code),
            "role": roles[role].name if role in roles else role,
            "open": n,
            "overdue": late,
        }
        for role, code, n, late in queries.stations(actor)
    ]
