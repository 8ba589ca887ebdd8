"""The letter of a case in its five forms: to read, in large print, in Easy Read, to hear, to feel."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.casework.models import Case
from tongxing.desk import casebook
from tongxing.desk.cases import load
from tongxing.letters import forms
from tongxing.registry.actions import look_at


def _seen(request: HttpRequest, number: str) -> Case:
    """The case, whose person has been looked at now; raises 404."""
    case = load(request, number)
    look_at(person=case.person, by=request.actor)  # type: ignore[attr-defined]
    return case


@needs(Right.WORK_CASE)
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The letter of the newest decision, or the request for the missing item."""
    return _page(request, _seen(request, number), "standard")


@needs(Right.WORK_CASE)
def form(request: HttpRequest, number: str, form: str) -> HttpResponse:
    if form not in forms.FORMS or form == "standard":  # before the case, so that the answer tells nothing of it
        raise Http404("信没有这一种版本。")
    return _page(request, _seen(request, number), form)


def _page(request: HttpRequest, case: Case, form: str) -> HttpResponse:
    said = casebook.letter(case)
    tabs = [
        {"name": name, "url": _url(case, one), "current": one == form, "count": None}
        for one, name in forms.FORMS.items()
    ]
    context = {"case": case, "letter": said, "form": form, "tabs": tabs, "file": "desk:case-letter-file"}
    return render(request, "desk/cases/letter.html", context | forms.shown(said, form))


def _url(case: Case, form: str) -> str:
    if form == "standard":
        return reverse("desk:case-letter", args=[case.number])
    return reverse("desk:case-letter-form", args=[case.number, form])


@needs(Right.WORK_CASE)
def letter_pdf(request: HttpRequest, number: str) -> HttpResponse:
    return _download(_seen(request, number), "letter.pdf")


@needs(Right.WORK_CASE)
def file(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A form as a file. Raises 404 for none, and where this machine has no voice or no braille."""
    if name not in forms.FILES:  # before the case, so that the answer tells nothing of it
        raise Http404("信没有这个文件。")
    return _download(_seen(request, number), name)


def _download(case: Case, name: str) -> HttpResponse:
    made = forms.file_of(casebook.letter(case), name)
    if made is None:
        raise Http404("这台机器做不了这个文件。")
    response = HttpResponse(made.content, content_type=made.type)
    how = "inline" if made.type.startswith("audio/") else "attachment"  # a browser plays it at once
    response["Content-Disposition"] = f'{how}; filename="{made.name}"'
    return response
