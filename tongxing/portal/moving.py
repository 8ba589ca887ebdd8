"""I have moved: the township first, then the village and who comes along. The township there says yes, or asks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.moves.actions import Wish, ask, withdraw
from tongxing.moves.models import Move
from tongxing.moves.queries import may_come_along, moves_of
from tongxing.organisation import queries as divisions
from tongxing.organisation.models import Division
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.registry.models import Person

FIELDS = {"village": "id_village", "address": "id_address", "day": "id_day"}


@needs(Right.OWN_AFFAIRS)
def move(request: HttpRequest) -> HttpResponse:
    """Two pages in one address: `?town=` is the township, chosen on the first. Whose place is protected, comes."""
    person = look(request)
    town = _town(request.GET.get("town", ""))
    if person.is_protected or town is None:
        return _first(request, person)
    if request.method == "POST":
        try:
            ask(by=actor_of(request), person=person, wish=_wish(request, town))
        except ValidationError as why:
            return _second(request, person, town, why)
        name = divisions.path_name(town.code, divisions.names())
        messages.success(request, f"记下了。{name}核实以后告诉您。钱照发。")
        return redirect("portal:data")
    return _second(request, person, town)


def _town(code: str) -> Division | None:
    found = divisions.division(code) if code else None
    return found if found is not None and found.level == "township" else None


def _first(request: HttpRequest, person: Person) -> HttpResponse:
    wrong = [("id_town", "请选搬到哪个乡镇、街道。")] if "town" in request.GET and not person.is_protected else []
    context = {"person": person, "counties": divisions.townships(), "wrong": wrong}
    return render(request, "portal/my/move.html", context, status=422 if wrong else 200)


def _second(request: HttpRequest, person: Person, town: Division, why: ValidationError | None = None) -> HttpResponse:
    wrong = [(FIELDS[one.code or "village"], one.messages[0]) for one in why.error_list] if why else []
    context: dict[str, Any] = {
        "person": person,
        "town": divisions.path_name(town.code, divisions.names()),
        "villages": divisions.parts_of(town.code),
        "family": may_come_along(person),
        "today": timezone.localdate(),
        "typed": request.POST,
        "along": request.POST.getlist("along"),
        "wrong": wrong,
    }
    return render(request, "portal/my/move_to.html", context, status=422 if wrong else 200)


def _wish(request: HttpRequest, town: Division) -> Wish:
    said = request.POST
    village = said.get("village", "")
    village = village if village.startswith(town.code[:9]) else ""
    along = [int(key) for key in said.getlist("along") if key.isascii() and key.isdigit() and len(key) < 19]
    return Wish(village, said.get("address", ""), said.get("day", ""), along)


@require_POST
@needs(Right.OWN_AFFAIRS)
def take_back(request: HttpRequest, move_id: int) -> HttpResponse:
    person = person_of(request)
    mine: Move | None = next((one for one in moves_of(person) if one.pk == move_id and one.person == person), None)
    if mine is None:
        raise Http404("没有这一次搬家。")
    try:
        withdraw(by=actor_of(request), move=mine)
    except ValidationError as why:
        messages.error(request, why.messages[0])
    else:
        messages.success(request, "撤回了。您还登记在原来的地方。")
    return redirect("portal:data")
