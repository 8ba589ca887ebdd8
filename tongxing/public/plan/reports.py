"""Evaluation reports that two people let go out: to read, and as files. Small cells are hidden as on every page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongxing.accounts.access import open_to_all
from tongxing.evaluation.models import Build
from tongxing.evaluation.queries.evaluations import content_of, document_of, published
from tongxing.public.plan.kept import fresh_for_visitors
from tongxing.public.plan.pages import frame
from tongxing.releases.queries.published import newest_release
from tongxing.reports.document import TYPES
from tongxing.ui.drawing import readable


@open_to_all
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    context = frame("public:plan-reports", newest_release()) | {"reports": published()}
    return fresh_for_visitors(request, render(request, "public/plan/reports.html", context))


def load(report_id: int) -> Build:
    """Raises 404 for one that did not go out."""
    found = next((build for build in published() if build.pk == report_id), None)
    if found is None:
        raise Http404("没有这份报告，或者还没有公布。")
    return found


@open_to_all
@require_safe
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    build = load(report_id)
    context = frame("public:plan-reports", newest_release())
    context |= {"build": build, "report": readable(document_of(build))}
    return fresh_for_visitors(request, render(request, "public/plan/report.html", context))


@open_to_all
@require_safe
def report_file(request: HttpRequest, report_id: int, name: str) -> HttpResponse:
    content = content_of(load(report_id), name) if name in TYPES else None
    if content is None:
        raise Http404("没有这个文件。")
    response = HttpResponse(content, content_type=TYPES[name])
    response["Content-Disposition"] = f'attachment; filename="plan-{name}"'
    return fresh_for_visitors(request, response)
