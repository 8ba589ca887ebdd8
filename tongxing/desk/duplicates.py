"""Files that are probably one person's: the queue, and the page where two are compared, told apart or merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, may, needs
from tongxing.accounts.rights import Right
from tongxing.casework.queries import cases_of
from tongxing.desk import words
from tongxing.duplicates import actions, queries
from tongxing.duplicates.models import Merge, Pair
from tongxing.duplicates.obstacles import obstacles
from tongxing.duplicates.refusal import Refused
from tongxing.organisation import queries as divisions
from tongxing.payments.queries import awards_of
from tongxing.registry.actions import look_at
from tongxing.registry.likeness import BODY
from tongxing.registry.models import Person
from tongxing.registry.queries import certificates_of, household_of, members_of

PAGE = 50
PARTS = {
    "": ("等人看", queries.open_pairs),
    "waiting": ("等确认", queries.waiting_pairs),
    "said": ("说过的", queries.said_pairs),
}


@needs(Right.FIND_PEOPLE, Right.SEE_PERSON)
def queue(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    part = request.GET.get("part", "") if request.GET.get("part", "") in PARTS else ""
    known = divisions.names()
    found = Paginator(PARTS[part][1](actor), PAGE).get_page(request.GET.get("page"))
    rows = [{"pair": pair, "places": _places(pair, known, actor.prefix)} for pair in found.object_list]
    tabs = [
        {"name": name, "url": f"?part={key}" if key else "?", "current": key == part, "count": pairs(actor).count()}
        for key, (name, pairs) in PARTS.items()
    ]
    context = {"rows": rows, "tabs": tabs, "part": part, "page": found, "base": request.get_full_path()}
    return render(request, "desk/duplicates/list.html", context)


def _places(pair: Pair, known: dict[str, str], under: str) -> list[str]:
    return [divisions.path_name(person.village_code, known, under) for person in (pair.one, pair.other)]


def load(request: HttpRequest, pair_id: int) -> Pair:
    """The pair, or the same 404 for none and for one that is not wholly in the area."""
    pair = queries.pair_for(request.actor, pair_id)  # type: ignore[attr-defined]
    if pair is None:
        raise Http404("没有这一对，或者不都在您的辖区。")
    return pair


@needs(Right.FIND_PEOPLE, Right.SEE_PERSON)
def compare(request: HttpRequest, pair_id: int, wrong: list[tuple[str, str]] | None = None) -> HttpResponse:
    """Both files side by side; looking at them is written down in both."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    pair = load(request, pair_id)
    one, other = (look_at(person=person, by=actor) for person in (pair.one, pair.other))
    merge = queries.merge_of(pair)
    context = {
        "pair": pair,
        "merge": merge,
        "lines": _side_by_side(actor, one, other),
        "choices": [] if merge else [_choice(one, other), _choice(other, one)],
        "may_say": may(actor, Right.ANSWER_FACTS),
        "may_confirm": may(actor, Right.DECIDE_CASE),
        "asked_by_me": merge is not None and merge.asked_by_id == actor.user_id,
        "moved": _moved(merge),
        "mistakes": wrong or [],
        "typed": request.POST,
    }
    return render(request, "desk/duplicates/compare.html", context, status=422 if wrong else 200)


def _choice(kept: Person, gone: Person) -> dict[str, Any]:
    return {"kept": kept, "obstacles": obstacles(kept, gone)}


# What may be unknown is compared by what is held: nothing is the same as unknown, and a mask hides differences.
HELD: dict[str, Callable[[Person], object]] = {
    "性别": lambda person: person.sex,
    "出生日期": lambda person: person.birth_date,
    "证件号码": lambda person: person.opened("id_number"),
    "电话": lambda person: person.opened("phone"),
    "收款账户": lambda person: person.opened("account"),
}


def _side_by_side(actor: Actor, one: Person, other: Person) -> list[dict[str, Any]]:
    """{label, one, other, is_known: by both, differs, note}; numbers are masked, and said where they differ."""
    first, second = _said(actor, one), _said(actor, other)
    lines = []
    for label in first:
        held = [HELD[label](one), HELD[label](other)] if label in HELD else [first[label], second[label]]
        is_known = None not in held
        line = {"label": label, "one": first[label], "other": second[label], "is_known": is_known}
        lines.append(line | {"differs": is_known and held[0] != held[1]})
    number = next(line for line in lines if line["label"] == "证件号码")
    number["note"] = _where_numbers_differ(one, other)
    return lines


def _where_numbers_differ(one: Person, other: Person) -> str:
    numbers = (one.opened("id_number"), other.opened("id_number"))
    if numbers[0] is None or numbers[1] is None:
        return ""
    places = [str(at) for at, pair in enumerate(zip(*numbers, strict=False), 1) if pair[0] != pair[1] and at <= BODY]
    return f"第 {'、'.join(places)} 位不同" if 0 < len(places) <= 3 else "不一样" if places else ""


def _said(actor: Actor, person: Person) -> dict[str, str]:
    known, household = divisions.names(), household_of(person)
    valid = [str(c) for c in certificates_of(person) if c.state == "valid"]
    policies = words.policy_names()
    awards = [policies.get(a.policy, a.policy) for a in awards_of(person) if a.until_month is None]
    return {
        "姓名": person.name,
        "性别": person.get_sex_display() or "不知道",
        "出生日期": words.spoken(person.birth_date) if person.birth_date else "不知道",
        "证件号码": words.masked(person, "id_number") or "没有",
        "电话": words.masked(person, "phone") or "没有",
        "收款账户": words.masked(person, "account") or "没有",
        "住在": divisions.path_name(person.village_code, known, actor.prefix) or known.get(person.village_code, ""),
        "家里": "、".join(m.person.name for m in members_of(household)) if household else "没有户",
        "残疾人证": "、".join(valid) or "没有",
        "在领": "、".join(sorted(set(awards))) or "没有",
        "办件": "、".join(f"{case.service_name} {case.number}" for case in cases_of(actor, person)) or "没有",
        "入库": words.spoken(person.registered_date),
    }


NAMES = {
    "registry.Certificate": "残疾人证",
    "registry.Status": "情况",
    "registry.Guardian": "监护关系",
    "registry.Finding": "评定",
    "outbox.Message": "消息",
    "residents.Request": "居民提的事",
    "residents.Consent": "同意书",
    "payments.Award": "待遇",
    "payments.Recovery": "抵扣",
    "casework.Case": "办件",
}


def _moved(merge: Merge | None) -> list[tuple[str, int]]:
    """('待遇', 2): how many rows of each kind went over."""
    if merge is None or merge.state != Merge.State.DONE:
        return []
    rows = {(change["model"], change["id"]) for change in merge.moved}
    counts = [(name, sum(model == key for model, _ in rows)) for key, name in NAMES.items()]
    return [(name, count) for name, count in counts if count]


@require_POST
@needs(Right.SEE_PERSON, Right.ANSWER_FACTS)
def do(request: HttpRequest, pair_id: int) -> HttpResponse:
    """One word about the pair; what cannot be done comes back with the reason and what was typed."""
    pair, what = load(request, pair_id), request.POST.get("what", "")
    if what not in DO:
        raise Http404("没有这一步。")
    control, work, said = DO[what]
    try:
        work(request.actor, pair, request.POST)  # type: ignore[attr-defined]
    except (Refused, PermissionDenied) as why:
        return compare(request, pair_id, wrong=[(control, str(why))])
    messages.success(request, said)
    return redirect("desk:duplicate", pair_id=pair.pk)


def _ask(by: Actor, pair: Pair, form: QueryDict) -> None:
    kept = {str(pair.one_id): pair.one, str(pair.other_id): pair.other}.get(form.get("kept", ""))
    if kept is None:
        raise Refused("请选要留下哪一份。")
    actions.ask(by=by, pair=pair, kept=kept, words=form.get("why", ""))


DO: dict[str, tuple[str, Callable[[Actor, Pair, QueryDict], object], str]] = {
    "different": (
        "words",
        lambda by, pair, form: actions.say_different(by=by, pair=pair, words=form.get("words", "")),
        "记下了：不是同一个人。以后不再问这一对。",
    ),
    "again": ("again", lambda by, pair, form: actions.look_again(by=by, pair=pair), "这一对又等人看了。"),
    "ask": ("why", _ask, "提出合并了，等第二个人确认。"),
    "refuse": ("refuse", lambda by, pair, form: actions.refuse(by=by, pair=pair), "没有合并，这一对又等人看。"),
    "confirm": (
        "confirm",
        lambda by, pair, form: actions.confirm(by=by, pair=pair),
        "合并了。发过的钱不动。",
    ),
    "undo": ("undo", lambda by, pair, form: actions.undo(by=by, pair=pair), "分开了，两份都和合并以前一样。"),
}


def warning(actor: Actor, person: Person) -> dict[str, Any]:
    """For the head of a person's file: another file that may be theirs, and those that were merged into it."""
    pair = queries.open_pair_of(actor, person)
    twin = None if pair is None else pair.other if pair.one_id == person.pk else pair.one
    return {"twin": twin, "twin_pair": pair, "merges": queries.merges_of(person), "today": timezone.localdate()}
