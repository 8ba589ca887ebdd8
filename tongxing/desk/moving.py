"""Who says that they live here now: the township says yes with one press, or in words why not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.casework.models import Case
from tongxing.desk import words
from tongxing.desk.people import whole
from tongxing.moves.actions import Host, confirm, decline
from tongxing.moves.models import Move
from tongxing.moves.queries import move_for, movers_of
from tongxing.organisation import queries as divisions
from tongxing.registry.actions import look_at
from tongxing.registry.models import Member
from tongxing.registry.queries import members_of, person_for

YES, NO = "yes", "no"  # what is pressed: they live here, or not
RELATIONS = [(value, name) for value, name in Member.Relation.choices if value != Member.Relation.HEAD]


@needs(Right.SEE_PERSON, Right.OPEN_CASE)
def look(request: HttpRequest, move_id: int) -> HttpResponse:
    """The old unit reads where they went, the new one who comes; the address is only for whoever has to confirm it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    move = move_for(actor, move_id)
    if move is None:
        raise Http404("这一份不在您这里。")
    if request.method != "POST":
        return _page(request, move)
    try:
        if move.state == Move.State.WAITING:
            _answer(request, actor, move)
    except ValidationError as why:
        return _page(request, move, why)
    except PermissionDenied as why:
        messages.error(request, str(why))
    move.refresh_from_db()
    return _on(actor, move)


def _answer(request: HttpRequest, actor: Actor, move: Move) -> None:
    said, name = request.POST, move.person.name
    if said.get("go") == NO:
        decline(by=actor, move=move, words=said.get("words", ""))
        messages.success(request, f"{name}没有转过来。本人会看到您写的话。")
        return
    if said.get("go") != YES:
        raise ValidationError("请按一个按钮：转过来，或者不在这里。", code="go")
    typed = said.get("host", "").strip()
    host = Host(int(typed) if whole(typed) else 0, said.get("relation", "")) if typed else None
    confirm(by=actor, move=move, host=host)
    messages.success(request, f"记好了：{name}住在这里。在办的一起转过来了。")


def _on(actor: Actor, move: Move) -> HttpResponse:
    """The same way on, however often the form comes."""
    if move.state == Move.State.DONE and person_for(actor, move.person_id):
        return redirect("desk:person", person_id=move.person_id)
    return redirect("desk:requests")


def _page(request: HttpRequest, move: Move, why: ValidationError | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    look_at(person=move.person, by=actor)
    movers, known, today = movers_of(move), divisions.names(), timezone.localdate()
    going = {mover.person_id for mover in movers}
    left = movers[0].left
    context: dict[str, Any] = {
        "move": move,
        "movers": [(mover.person, words.age(mover.person.birth_date, today)) for mover in movers],
        "staying": len([row for row in members_of(left) if row.person_id not in going]) if left else 0,
        "from": divisions.path_name(move.from_code, known),
        "to": divisions.path_name(move.to_code, known),
        "waits": move.state == Move.State.WAITING,
        "early": move.from_date > today,
        "cases": Case.objects.filter(person__in=going, state__in=Case.WAITING).count(),
        "own": person_for(actor, move.person_id),
        "relations": RELATIONS,
        "typed": request.POST,
        "mistakes": [(why.code or "go", why.messages[0])] if why else [],
    }
    return render(request, "desk/move.html", context, status=422 if why else 200)
