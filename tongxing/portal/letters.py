"""The letter of one of my things in its five forms: to read, in large print, in Easy Read, to hear, to feel."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.letters import forms, words
from tongxing.portal import status
from tongxing.portal.cases import load
from tongxing.portal.frame import look


@needs(Right.OWN_AFFAIRS)
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The letter of the newest decision, or the request for the missing item."""
    return _page(request, number, "standard")


@needs(Right.OWN_AFFAIRS)
def form(request: HttpRequest, number: str, form: str) -> HttpResponse:
    if form not in forms.FORMS or form == "standard":
        raise Http404("信没有这一种版本。")
    return _page(request, number, form)


def _page(request: HttpRequest, number: str, form: str) -> HttpResponse:
    context = _letter(request, number)
    context |= {"form": form, "tabs": _tabs(number, form), "file": "portal:letter-file"}
    return render(request, "portal/my/letter.html", context | forms.shown(context["letter"], form))


def _letter(request: HttpRequest, number: str) -> dict[str, Any]:
    """The case, its state, and its letter; raises 404 for what is not one's own, and while there is none."""
    case = load(request, number)
    look(request)
    now = status.of_cases([case], {})[0]
    if now.decision is not None:
        found = words.of_decision(now.decision)
    elif now.ask is not None:
        found = words.of_ask(now.ask)
    else:
        raise Http404("这一件还没有信。有了结果，会告诉您。")
    return {"case": case, "letter": found, "s": now}


def _tabs(number: str, current: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "url": reverse("portal:letter", args=[number])
            if form == "standard"
            else reverse("portal:letter-form", args=[number, form]),
            "current": form == current,
            "count": None,
        }
        for form, name in forms.FORMS.items()
    ]


@needs(Right.OWN_AFFAIRS)
def file(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A form as a file. Raises 404 for none, and where this machine has no voice or no braille."""
    if name not in forms.FILES:  # before the case, so that the answer tells nothing of it
        raise Http404("信没有这个文件。")
    made = forms.file_of(_letter(request, number)["letter"], name)
    if made is None:
        raise Http404("这台机器做不了这个文件。")
    response = HttpResponse(made.content, content_type=made.type)
    how = "inline" if made.type.startswith("audio/") else "attachment"  # a browser plays it at once
    response["Content-Disposition"] = f'{how}; filename="{made.name}"'
    return response
