"""Missing facts as tasks: by fact and owner, then household by household, the most valuable first."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.desk.today import spoken_questions
from tongxing.organisation import queries as divisions
from tongxing.policy.queries import questions
from tongxing.policy.queries.runs import newest_run, policies_for

PAGE = 30


@needs(Right.SEE_TASKS)
def open_questions(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run, facts = newest_run(), pack(settings.PACK).facts
    fact, number = request.GET.get("fact") or None, max(1, int(request.GET.get("page") or 1))
    if run is None or (fact and fact not in facts):
        raise Http404("没有这个问题。")
    policies = list(policies_for(actor))
    found, total = questions.page(actor, run, questions.Wanted(actor.prefix, policies, fact, number, PAGE))
    known = divisions.names()
    context = {
        "run": run,
        "totals": [{"total": t, "fact": facts[t.fact]} for t in questions.by_fact(run, actor.prefix, policies)],
        "fact": facts.get(fact or ""),
        "rows": [
            row | {"place": divisions.path_name(row["question"].village_code, known, actor.prefix)}
            for row in spoken_questions(found)
        ],
        "total": total,
        "number": number,
        "pages": max(1, -(-total // PAGE)),
        "base": f"?fact={fact}" if fact else "?",
        "keep": ("questions", f"fact={fact}" if fact else ""),
    }
    return render(request, "desk/questions.html", context)
