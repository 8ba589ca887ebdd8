"""Public notices: who may soon get what, with names masked; and a word against it from whoever knows better."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import open_to_all
from tongxing.casework import actions, catalogue, queries
from tongxing.casework.models import Task
from tongxing.casework.refusal import Refused
from tongxing.lib.contact import mask_name
from tongxing.organisation import queries as divisions

PAGE = 50


@open_to_all
def notices(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.on_notice(), PAGE).get_page(request.GET.get("page"))
    known = divisions.names()
    return render(request, "public/notices.html", {"rows": [_row(task, known) for task in page], "page": page})


def _row(task: Task, known: dict[str, str]) -> dict[str, Any]:
    service = catalogue.known()[task.case.service]
    return {
        "number": task.case.number,
        "name": mask_name(task.case.person.name),
        "village": divisions.path_name(task.case.village_code, known),
        "service": service.name,
        "from": task.start_date,
        "until": task.due_date,
    }


@open_to_all
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """One notice and the form for a word against it. What was typed stays when it cannot be taken."""
    task = queries.on_notice(number).first()
    if task is None:
        raise Http404("这一件不在公示期里。")
    context: dict[str, Any] = {"row": _row(task, divisions.names()), "typed": request.POST}
    if request.method == "POST":
        try:
            words, reach = request.POST.get("words", ""), request.POST.get("reach", "")
            actions.object_to(case=task.case, words=words, reach=reach)
            context |= {"taken": True}
        except Refused as why:
            context["wrong"] = [("words", str(why))]
    return render(request, "public/notice.html", context, status=422 if "wrong" in context else 200)
