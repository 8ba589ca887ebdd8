"""My data: what is held, who looked at it and why, what I agreed to; a copy, and a way to have it put right (J12)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from tongxing.accounts.access import fresh, needs
from tongxing.accounts.models import User
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.journal.actions import record
from tongxing.portal import held
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.residents.actions import ask_office, withdraw
from tongxing.residents.models import Request
from tongxing.residents.queries import consents_of

JSON = {"ensure_ascii": False, "indent": 2}


@needs(Right.OWN_AFFAIRS)
def data(request: HttpRequest) -> HttpResponse:
    person = look(request)
    context = held.everything(person) | {"looks": held.looks(person, actor_of(request).user_id)[:30]}
    context["reading"] = _reading(request)
    return render(request, "portal/my/data.html", context)


def _reading(request: HttpRequest) -> list[dict[str, str]]:
    """Of the account that reads; whoever acts for somebody has an account of their own."""
    is_own = actor_of(request).role == "resident" and isinstance(request.user, User)
    return held.reading(request.user.display) if is_own else []  # type: ignore[union-attr]


@needs(Right.OWN_AFFAIRS)
def looks(request: HttpRequest) -> HttpResponse:
    person = look(request)
    found = held.looks(person, actor_of(request).user_id)
    return render(request, "portal/my/looks.html", {"person": person, "looks": found})


@require_POST
@needs(Right.OWN_AFFAIRS)
@fresh()
def copy(request: HttpRequest) -> HttpResponse:
    """As a page to read, or for a machine. Full numbers only for the person themselves."""
    person, actor = look(request), actor_of(request)
    said = held.everything(person, is_full=actor.role == "resident")
    said |= {"looks": held.looks(person, actor.user_id), "reading": _reading(request)}
    form = "json" if request.POST.get("form") == "json" else "html"
    record(by=actor, verb="residents.copied", subject=f"person:{person.pk}", form=form)
    if form == "json":
        response: HttpResponse = JsonResponse(held.for_machine(said), json_dumps_params=JSON)
    else:
        response = HttpResponse(render_to_string("portal/my/copy.html", said))
    response["Content-Disposition"] = f'attachment; filename="my-data.{form}"'
    return response


@needs(Right.OWN_AFFAIRS)
def correct(request: HttpRequest, fact: str) -> HttpResponse:
    """What is wrong goes to the department that keeps it; its answer stands on the page of my data."""
    known = pack(settings.PACK).facts.get(fact)
    if known is None:
        raise Http404("没有这一项。")
    context: dict[str, Any] = {"fact": known, "now": held.fact_now(look(request), fact)}
    if request.method == "POST":
        words, by = request.POST.get("words", ""), actor_of(request)
        try:
            ask_office(by=by, person=person_of(request), kind=Request.Kind.CORRECT, words=words, fact=fact)
        except ValidationError as why:
            context |= {"wrong": [("words", why.messages[0])], "typed": words}
            return render(request, "portal/my/correct.html", context, status=422)
        messages.success(request, f"记下了。{known.owner}会去核实，再答复您。")
        return redirect("portal:data")
    return render(request, "portal/my/correct.html", context)


@require_POST
@needs(Right.OWN_AFFAIRS)
def take_back(request: HttpRequest, consent_id: int) -> HttpResponse:
    consent = next((one for one in consents_of(person_of(request)) if one.pk == consent_id), None)
    if consent is None:
        raise Http404("没有这一条同意。")
    withdraw(by=actor_of(request), consent=consent)
    messages.success(request, "收回了。从现在起不算数。")
    return redirect("portal:data")
