"""A protected household moves: the township, then the village, the address and who may know it there (S28)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import Actor, fresh, needs
from tongxing.accounts.rights import Right
from tongxing.desk import people
from tongxing.desk.protection import spoken_post, until_of
from tongxing.organisation import queries as divisions
from tongxing.organisation.models import Division
from tongxing.protection import actions
from tongxing.protection.queries import protection_of, who_works_near
from tongxing.registry.actions import look_at
from tongxing.registry.models import Person
from tongxing.registry.queries import person_for


@needs(Right.SEE_PERSON, Right.PROTECT_PLACE)
@fresh()
def relocate(request: HttpRequest, person_id: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person = people.load(request, person_id)
    if protection_of(person) is None:
        return redirect("desk:person-protect", person_id=person_id)
    town = divisions.division(request.GET.get("town", ""))
    if town is None or town.level != "township":
        return _page(request, person, None)
    if request.method != "POST":
        return _page(request, person, town)
    try:
        _do(request, person)
    except ValidationError as why:
        return _page(request, person, town, why)
    messages.success(request, "新住址改好了，还是保护着。")
    if person_for(actor, person_id) is None:  # of another county now
        return redirect("desk:people")
    return redirect("desk:person-protect", person_id=person_id)


def _do(request: HttpRequest, person: Person) -> None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    said = request.POST
    chosen = [int(key) for key in said.getlist("posts") if people.whole(key)]
    place = actions.Place(said.get("village", ""), said.get("address", ""))
    actions.relocate(by=actor, person=person, place=place, posts=chosen, until_date=until_of(request))


def _page(
    request: HttpRequest, person: Person, town: Division | None, why: ValidationError | None = None
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    look_at(person=person, by=actor)
    context = {"person": person, "town": town, "counties": [] if town else divisions.townships()}
    if town:
        villages = divisions.parts_of(town.code)
        context |= {"place": divisions.path_name(town.code, divisions.names()), "villages": villages}
        context |= {"posts": _posts([village.code for village in villages])}
    context |= {"typed": request.POST, "picked": request.POST.getlist("posts")}
    context |= {"mistakes": [(why.code or "main", why.messages[0])] if why else []}
    return render(request, "desk/people/relocate.html", context, status=422 if why else 200)


def _posts(villages: list[str]) -> list[dict[str, object]]:
    """Of the county and the township once, of each village with its name."""
    known, found = divisions.names(), who_works_near(villages, timezone.localdate())
    return [spoken_post(post) | {"place": known.get(post.division_code, "")} for post in found]
