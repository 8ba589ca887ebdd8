"""Finding a person, and one person's file. Every look is written down before anything is shown."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, fresh, may, needs
from tongxing.accounts.rights import Right
from tongxing.casework import catalogue
from tongxing.casework.queries import cases_of
from tongxing.desk import duplicates, words
from tongxing.desk.entitlements import panel
from tongxing.desk.heard import of_person
from tongxing.journal.actions import OtherContent, once
from tongxing.journal.queries import looks_at
from tongxing.moves.queries import moves_of
from tongxing.organisation import queries as divisions
from tongxing.policy.actions import decline, want_again
from tongxing.policy.models import Declined
from tongxing.registry import actions, queries
from tongxing.registry.models import Person
from tongxing.registry.places import knows_place, village_of
from tongxing.residents.access import may_assist
from tongxing.residents.consents import TEXTS
from tongxing.ui.clash import THEIRS, Clash, Clashes, kept

TABS = [("", "该有什么"), ("money", "钱"), ("file", "基本资料"), ("family", "家里人"), ("looks", "谁看过")]
SOURCES = ("本人说", "家属说", "上门看到", "材料")
MASKS = {"id_number": "证件号码", "phone": "电话", "account": "收款账户", "address": "住址"}


@needs(Right.FIND_PEOPLE)
def find(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = request.GET.get("q", "").strip()
    found = queries.find_people(actor, asked)
    known = divisions.names()
    rows = [
        {
            "person": p,
            "place": divisions.path_name(p.village_code, known, actor.prefix),
            "disability": words.disability(p),
            "age": words.age(p.birth_date, timezone.localdate()),
        }
        for p in found.people
    ]
    return render(request, "desk/people/find.html", {"asked": asked, "found": found, "rows": rows})


def load(request: HttpRequest, person_id: int) -> Person:
    """The person, or the same 404 for nobody and for somebody else's."""
    person = queries.person_for(request.actor, person_id)  # type: ignore[attr-defined]
    if person is None:
        raise Http404("在您的辖区里没有找到这个人。")
    return person


@needs(Right.SEE_PERSON)
def show(request: HttpRequest, person_id: int, tab: str = "") -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if kept := queries.file_that_counts(actor, person_id):
        messages.success(request, f"人员 {person_id} 的档案并到这一份里了。")
        return redirect("desk:person", person_id=kept.pk)
    person = actions.look_at(person=load(request, person_id), by=actor)
    context = head(person, actor, tab) | _TAB[tab](actor, person)
    context |= duplicates.warning(actor, person)
    return render(request, f"desk/people/{tab or 'rights'}.html", context)


def head(person: Person, actor: Actor, tab: str = "") -> dict[str, Any]:
    today = timezone.localdate()
    certificates = queries.certificates_of(person)
    current = next((c for c in certificates if c.state == "valid"), None)
    return {
        "person": person,
        "tab": tab,
        "tabs": tabs(person, tab),
        "age": words.age(person.birth_date, today),
        "place": divisions.path_name(village_of(actor, person), divisions.names()),
        "place_known": knows_place(actor, person),
        "may_protect": may(actor, Right.PROTECT_PLACE),
        "certificate": current,
        "certificates": certificates,
        "masked_id": words.masked(person, "id_number"),
        "reach": words.reach(person),
        "expired": current is not None and current.valid_until_date < today,
    }


def tabs(person: Person, tab: str) -> list[dict[str, Any]]:
    base = f"/desk/people/{person.pk}/"
    return [{"name": name, "url": f"{base}{key}/" if key else base, "current": key == tab} for key, name in TABS]


def _rights(actor: Actor, person: Person) -> dict[str, Any]:
    return panel(actor, person, timezone.localdate()) | {
        "may_answer": may(actor, Right.ANSWER_FACTS),
        "once": secrets.token_hex(12),
        "sources": SOURCES,
        "may_decline": may(actor, Right.RECORD_DECLINED),
        "may_assist": may_assist(actor),
        "help_words": TEXTS["helped"].words,
        "cases": cases_of(actor, person) if may(actor, Right.WORK_CASE) else [],
        "services": _services(actor, person),
    }


def _services(actor: Actor, person: Person) -> list[tuple[str, str]]:
    """What may be applied for: services of which no case of this person is open."""
    if not may(actor, Right.OPEN_CASE):
        return []
    busy = {case.service for case in cases_of(actor, person) if case.waits}
    return [(str(s.id), s.name) for s in catalogue.known().values() if s.id not in busy]


def _file(actor: Actor, person: Person) -> dict[str, Any]:
    household = queries.household_of(person)
    statuses = queries.statuses_of(person, household)
    return {
        "masked": [{"field": f, "name": name, "shown": _shown(actor, person, f)} for f, name in MASKS.items()],
        "may_unmask": may(actor, Right.UNMASK),
        "statuses": [words.spoken_status(s, timezone.localdate()) for s in statuses],
        "timeline": words.timeline(person, statuses, moves_of(person)),
    }


def _shown(actor: Actor, person: Person, field: str) -> str:
    """Masked; of a protected place that it is one, and a button only for whoever may know it."""
    if field == "address" and person.is_protected:
        return "受保护" if knows_place(actor, person) else ""
    return words.masked(person, field)


def _family(actor: Actor, person: Person) -> dict[str, Any]:
    household = queries.household_of(person)
    members = queries.members_of(household) if household else []
    shown = {p.pk for p in queries.people_for(actor).filter(pk__in=[m.person_id for m in members])}
    today = timezone.localdate()
    return {
        "members": [
            {
                "member": m,
                "age": words.age(m.person.birth_date, today),
                "disability": words.disability(m.person),
                "self": m.person_id == person.pk,
                "shown": m.person_id in shown,
            }
            for m in members
        ],
        "guardians": [(row, queries.ends_on(row)) for row in queries.guardians_of(person)],
        **of_person(actor, person),
    }


def _looks(actor: Actor, person: Person) -> dict[str, Any]:
    return {"looks": [words.spoken_entry(entry) for entry in looks_at(*queries.subjects_of(person))[:100]]}


_TAB = {"": _rights, "file": _file, "family": _family, "looks": _looks}


@require_POST
@needs(Right.SEE_PERSON, Right.ANSWER_FACTS)
def answer(request: HttpRequest, person_id: int) -> HttpResponse:
    """One fact as somebody told it; a wrong value comes back with how to write it, and with what was typed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person = load(request, person_id)
    fact, said = request.POST.get("fact", ""), request.POST.get("value", "")
    if kept(request.POST, "value") == THEIRS:
        messages.success(request, f"没有改，留下了对方写的：{words.fact_label(fact)}。")
        return redirect("desk:person", person_id=person.pk)
    seen = request.POST.get("seen", "")
    told = actions.Told(
        fact, said, request.POST.get("source", "本人说")[:40], timezone.localdate(), int(seen) if whole(seen) else None
    )

    def write() -> str:
        status = actions.answer(person=person, household=queries.household_of(person), told=told, by=actor)
        return f"status:{status.pk}"

    try:
        content = {"person": str(person.pk), "fact": fact, "value": said, "source": told.source}
        once(key=request.POST.get("once") or secrets.token_hex(16), content=content, work=write)
    except actions.Overtaken as late:
        return _choose(actor, person, told, late, request)
    except (ValidationError, OtherContent) as error:
        actions.look_at(person=person, by=actor)
        context = head(person, actor) | _rights(actor, person)
        wrong = {"fact": fact, "typed": said, "source": told.source, "message": _said(error)}
        context |= {
            "wrong": wrong,
            "mistakes": [(_control(context["cards"], fact), f"{words.fact_label(fact)}：{_said(error)}")],
        }
        return render(request, "desk/people/rights.html", context, status=422)
    messages.success(request, f"记下了：{words.fact_label(fact)}。下面已按新情况重算。")
    return redirect("desk:person", person_id=person.pk)


def whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _choose(
    actor: Actor, person: Person, told: actions.Told, late: actions.Overtaken, request: HttpRequest
) -> HttpResponse:
    """Both values beside each other, and what was there before; the one who came second chooses (D17)."""
    actions.look_at(person=person, by=actor)
    today, theirs = timezone.localdate(), late.theirs
    entry = queries.written_by(theirs)
    label = words.fact_label(told.fact)
    before = queries.status_before(theirs, told.seen or 0)
    field = Clash(
        "value",
        label,
        words.spoken_status(before, today)["value"] if before else "不知道",
        words.spoken_status(theirs, today)["value"],
        words.typed_value(told.fact, told.words),
    )
    typed = {"fact": told.fact, "value": told.words, "source": told.source, "seen": str(theirs.pk)}
    who, at = (entry.actor_label, entry.at) if entry else (theirs.source, None)
    context = head(person, actor) | _rights(actor, person)
    context |= duplicates.warning(actor, person)
    context |= {
        "clash": Clashes(request.path, who, at, [field], typed | {"once": secrets.token_hex(12)}),
        "wrong": {"message": str(late)},
        "mistakes": [("keep-value", f"{label}：{late}")],
    }
    return render(request, "desk/people/rights.html", context, status=422)


def _control(cards: list[dict[str, Any]], fact: str) -> str:
    """The id of the first control that asks for the fact; the panel's heading where nothing asks for it any more."""
    asking = (card["policy"].id for card in cards for asked in card["questions"] if asked["fact"].name == fact)
    return next((f"q-{fact}-{policy}" for policy in asking), "h-rights")


@require_POST
@needs(Right.SEE_PERSON, Right.RECORD_DECLINED)
def say_no(request: HttpRequest, person_id: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person = load(request, person_id)
    policy, said = request.POST.get("policy", ""), request.POST.get("words", "").strip()[:200]
    if policy not in words.policy_names():
        raise Http404("没有这条政策。")
    if request.POST.get("again"):
        declined = Declined.objects.filter(person=person, policy=policy, withdrawn_at=None).first()
        if declined:
            want_again(declined=declined, by=actor)
            messages.success(request, "记下了：本人又想要了。")
    elif not said:
        messages.error(request, "请写下本人的原话，再按“记下”。")
    else:
        decline(person=person, policy=policy, words=said, by=actor)
        messages.success(request, "记下了本人的话。以后随时可以改主意。")
    return redirect("desk:person", person_id=person.pk)


@require_POST
@needs(Right.SEE_PERSON, Right.UNMASK)
@fresh()
def unmask(request: HttpRequest, person_id: int) -> HttpResponse:
    """One field in full, on a page of its own that is not kept in any cache."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person, field = load(request, person_id), request.POST.get("field", "")
    if field not in MASKS:
        raise Http404("没有这一项。")
    shown = actions.unmask(person=person, field=field, by=actor)
    context = head(person, actor, "file") | {
        **_file(actor, person),
        "opened": {"name": MASKS[field], "value": shown},
    }
    return render(request, "desk/people/file.html", context)


def _said(error: Exception) -> str:
    return str(getattr(error, "message", error))
