"""For whom: oneself or a ward, one at a time; and the end of a sitting in which an officer does it for the person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.portal.frame import actor_of
from tongxing.registry.models import Person
from tongxing.registry.queries import wards_of
from tongxing.residents.access import ASSIST, FOR
from tongxing.residents.actions import end_assisting
from tongxing.residents.queries import person_of as person_of_user


@needs(Right.OWN_AFFAIRS)
def for_whom(request: HttpRequest) -> HttpResponse:
    """Only those for whom one may act today are offered; the choice is looked at again with every page (S28)."""
    me = person_of_user(request.user)  # type: ignore[arg-type]
    people: list[Person] = [me, *wards_of(me, timezone.localdate())] if me else []
    if request.method == "POST":
        wanted = next((person for person in people if str(person.pk) == request.POST.get("person")), None)
        if wanted is None:
            raise Http404("这个人的事不归您办。")
        request.session[FOR] = wanted.pk
        messages.success(request, f"现在办的是{wanted.name}的事。")
        return redirect("portal:my")
    context: dict[str, Any] = {"people": people, "me": me, "now": next(iter(actor_of(request).own), None)}
    return render(request, "portal/my/for_whom.html", context)


@require_POST
@needs(Right.OWN_AFFAIRS)
def stay(request: HttpRequest) -> HttpResponse:
    """A sign of life: the session rests no longer (A16)."""
    return HttpResponse(status=204)


@require_POST
@needs(Right.OWN_AFFAIRS)
def helped_end(request: HttpRequest) -> HttpResponse:
    """Back to the desk, to the page of the person who was helped."""
    sitting = getattr(request, "sitting", None)
    if sitting is None:
        return redirect("portal:my")
    end_assisting(by=actor_of(request), sitting=sitting)
    request.session.pop(ASSIST, None)
    messages.success(request, "代办结束了。")
    return redirect("desk:person", person_id=sitting.person_id)
