"""The morning page: figures of my area, what is worth asking first, which lists came and which are late."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tongxing.accounts.access import Actor, may, needs
from tongxing.accounts.rights import Right
from tongxing.applications.queries import unsure_people
from tongxing.casework import queries as cases
from tongxing.content.instance import pack
from tongxing.desk import jobs, words
from tongxing.lists.queries import watched
from tongxing.moves.queries import waiting_for
from tongxing.organisation import queries as divisions
from tongxing.outbox.queries import undelivered_for
from tongxing.policy.models import Run
from tongxing.policy.queries import figures, questions
from tongxing.policy.queries.runs import newest_run, policies_for
from tongxing.registry.lists import list_states
from tongxing.residents.queries import requests_for
from tongxing.residents.urgent import late, to_review

GREETINGS = [(11, "早上好"), (13, "中午好"), (18, "下午好"), (24, "晚上好")]
WEEK = "一二三四五六日"


@needs(Right.SEE_FIGURES)
def today(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run, now = newest_run(), timezone.localtime()
    context: dict[str, Any] = {
        "greeting": next(word for hour, word in GREETINGS if now.hour < hour),
        "today": now.date(),
        "weekday": WEEK[now.weekday()],
        "place": divisions.names().get(actor.division_code, ""),
        "run": run,
    }
    context |= jobs.under_way(actor)
    if may(actor, Right.WORK_CASE):
        context["work"] = _work(actor)
    if may(actor, Right.ANSWER_FACTS):
        context["asked"] = requests_for(actor).count() + waiting_for(actor).count()
        context["untold"] = undelivered_for(actor).count()
    if may(actor, Right.FIND_PEOPLE):
        context["urgent"] = {"waiting": to_review(actor).count(), "late": late(actor, now.date())}
    if may(actor, Right.SEE_LISTS):
        context["watched"] = watched(actor, run, now.date())
    if run is not None:
        context |= _figures(actor, run)
        context["lists"] = [state for state in list_states(actor.prefix, run.as_of_date) if state.late][:6]
        context["lists_in_time"] = sum(not s.late for s in list_states(actor.prefix, run.as_of_date))
        if may(actor, Right.SEE_TASKS):
            context |= _questions(actor, run)
    return render(request, "desk/today.html", context)


def _work(actor: Actor) -> list[dict[str, Any]]:
    """What waits for me, the urgent first; each number opens its part of the queue."""
    counts = cases.part_counts(actor)
    shown = ("overdue", "soon", "new", "mine", "waiting", "second", "open")
    return [
        {"name": cases.PARTS[part][0], "count": counts[part], "part": part, "late": part == "overdue"}
        for part in shown
        if counts[part] or part in ("overdue", "open")
    ]


def _figures(actor: Actor, run: Run) -> dict[str, Any]:
    shown = policies_for(actor)
    own = {name: figure for name, figure in figures.by_policy(run, actor.prefix).items() if name in shown}
    most = sorted(own.values(), key=lambda figure: (-figure.missing_fen, -figure.missing_out, figure.policy))
    return {
        "totals": figures.totals(list(own.values())),
        "kinds": words.KINDS,
        "worst": [
            {"policy": shown[f.policy], "figure": f, "unit": words.UNITS[shown[f.policy].unit]} for f in most[:6]
        ],
    }


def _questions(actor: Actor, run: Run) -> dict[str, Any]:
    policies = list(policies_for(actor))
    found, total = questions.page(actor, run, questions.Wanted(actor.prefix, policies, size=3))
    return {"questions": spoken_questions(found), "question_total": total}


def spoken_questions(found: list[questions.Question]) -> list[dict[str, Any]]:
    """As pages show them; with whether the person was asked before and is not sure."""
    unsure = unsure_people([each.person.pk for each in found if each.person])
    return [
        _spoken(each) | {"unsure": each.person is not None and (each.person.pk, each.fact) in unsure} for each in found
    ]


def _spoken(question: questions.Question) -> dict[str, Any]:
    """廖家：每月收入多少？ 定 3 项，一年最多 1,560 元."""
    fact = pack(settings.PACK).facts[question.fact]
    return {
        "question": question,
        "label": fact.label,
        "ask": fact.ask,
        "owner": fact.owner,
        "person": question.person,
        "policies": [pack(settings.PACK).policies[name].name for name in question.policies],
        "worth_fen": question.worth_fen,
    }
