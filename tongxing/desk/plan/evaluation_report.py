"""The report on the page and its files; made by a worker, kept as they were made."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import fresh, needs
from tongxing.accounts.rights import Right
from tongxing.evaluation.models import Build, Evaluation
from tongxing.evaluation.queries.evaluations import content_of, document_of, evaluation_of, newest_build
from tongxing.reports.document import TYPES
from tongxing.ui.drawing import readable


def load(evaluation_id: int) -> Evaluation:
    found = evaluation_of(evaluation_id)
    if found is None:
        raise Http404("没有这份评估，或者没有这一部分。")
    return found


@needs(Right.WRITE_EVALUATION)
def report(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """The newest internal build, whole, to read and to print."""
    found = load(evaluation_id)
    build = newest_build(found)
    if build is None:
        raise Http404("报告还没有生成。")
    context = {"evaluation": found, "build": build, "report": readable(document_of(build)), "run": found.count}
    return render(request, "desk/plan/evaluation_report.html", context)


@needs(Right.WRITE_EVALUATION)
@fresh()
def file(request: HttpRequest, evaluation_id: int, number: int, name: str) -> HttpResponse:
    build = Build.objects.filter(evaluation=load(evaluation_id), number=number).first()
    content = content_of(build, name) if build and name in TYPES else None
    if content is None:
        raise Http404("没有这份评估，或者没有这一部分。")
    return as_file(content, name, f"evaluation-{evaluation_id}-{number}-{name}")


def as_file(content: bytes, name: str, called: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[name])
    response["Content-Disposition"] = f'attachment; filename="{called}"'
    return response
