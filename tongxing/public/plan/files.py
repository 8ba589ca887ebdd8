"""Open data: every release with its files, at addresses that never change."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.content.publishing import publishing
from tongxing.public.plan.kept import FRESH, for_everybody
from tongxing.public.plan.pages import frame
from tongxing.releases.datasets import BOM, DICTIONARY, FORMS
from tongxing.releases.queries.published import content_of, manifest_of, newest_release, release, releases

NAMES = {
    "indicators": "指标",
    "areas": "指标，按县区和乡镇",
    "groups": "指标，按类别、等级、年龄、性别",
    "trend": "指标，每一期",
    "promises": "答应的事和着落",
    "late": "晚了的事和原因",
    "projects": "项目和钱",
}
FOREVER = "public, max-age=31536000, immutable"


@for_everybody
def data(request: HttpRequest) -> HttpResponse:
    """The newest files with their checksums, what their columns mean, and every release before."""
    newest = newest_release()
    context = frame("public:plan-data", newest) | {"publishing": publishing(settings.PACK), "releases": releases()}
    if newest is not None:
        context |= {"datasets": _datasets(newest.number), "dictionary": _dictionary()}
    return render(request, "public/plan/data.html", context)


def _datasets(number: str) -> list[dict[str, Any]]:
    listed = {entry["file"]: entry for entry in manifest_of(number)["files"]}
    return [
        {
            "id": dataset,
            "name": NAMES[dataset],
            "rows": listed[f"{dataset}.csv"]["rows"],
            "files": [listed[f"{dataset}.{form}"] | {"form": form.upper()} for form in FORMS],
        }
        for dataset in DICTIONARY
        if f"{dataset}.csv" in listed
    ]


def _dictionary() -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [
        (NAMES[dataset], [(column, kind, about) for column, (kind, about) in columns.items()])
        for dataset, columns in DICTIONARY.items()
    ]


@for_everybody
def newest_file(request: HttpRequest, name: str) -> HttpResponse:
    """The file of the newest release under an address that stays."""
    newest = newest_release()
    if newest is None:
        raise Http404("还没有公布过。")
    return _file(request, newest.number, name, FRESH)


@for_everybody
def file(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A file as it was written on its day. `?bom=1` puts the mark before a CSV by which Excel knows UTF-8."""
    found = release(number)
    if found is None:
        raise Http404("没有这一期，或者还没有公布。")
    return _file(request, number, name, FOREVER)


def _file(request: HttpRequest, number: str, name: str, how_long: str) -> HttpResponse:
    content, form = content_of(number, name), name.rpartition(".")[2]
    if content is None or form not in FORMS:
        raise Http404("这一期没有这个文件。")
    marked = form == "csv" and request.GET.get("bom") == "1"
    response = HttpResponse(BOM + content if marked else content, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="plan-{number}-{name}"'
    response["Cache-Control"] = how_long
    return response
