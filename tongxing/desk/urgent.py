"""A file outside one's scope for an hour, and the looks that somebody has to look at again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, fresh, needs
from tongxing.accounts.rights import Right
from tongxing.desk import people, words
from tongxing.organisation import queries as divisions
from tongxing.registry.queries import household_of, statuses_of
from tongxing.residents import actions, urgent
from tongxing.residents.models import UrgentLook

SHOWN = 50


@needs(Right.SEE_PERSON, Right.FIND_PEOPLE)
def looks(request: HttpRequest, mistakes: list[tuple[str, str]] | None = None) -> HttpResponse:
    """The form, what waits for my review, what I and my department opened."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    typed = {key: request.POST.get(key, "") for key in ("name", "reason")}
    today, now = timezone.localdate(), timezone.now()
    rows = [
        {"look": look, "late": look.is_late(today), "open": look.by_user_id == actor.user_id and look.is_open(now)}
        for look in urgent.looks_for(actor)[:SHOWN]
    ]
    context = {"rows": rows, "typed": typed, "mistakes": mistakes or [], "waiting": urgent.to_review(actor).count()}
    return render(request, "desk/urgent/list.html", context, status=422 if mistakes else 200)


@require_POST
@needs(Right.SEE_PERSON, Right.FIND_PEOPLE)
@fresh()
def open_file(request: HttpRequest) -> HttpResponse:
    said = {key: request.POST.get(key, "") for key in ("number", "name", "reason")}
    try:
        look = actions.open_file(by=request.actor, **said)  # type: ignore[attr-defined]
    except ValidationError as error:
        return looks(request, mistakes=[("number", error.message)])
    return redirect("desk:urgent-look", urgent_id=look.pk)


def load(request: HttpRequest, urgent_id: int, is_mine: bool | None = None) -> UrgentLook:
    """Raises 404; also for one's own where somebody else must look."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = urgent.looks_for(actor).filter(pk=urgent_id).first()
    if found is None or is_mine not in (None, found.by_user_id == actor.user_id):
        raise Http404("没有这一次查看，或者它不归您管。")
    return found


@needs(Right.SEE_PERSON)
def show(request: HttpRequest, urgent_id: int, mistakes: list[tuple[str, str]] | None = None) -> HttpResponse:
    """The file while the hour runs, for the one who opened it; for others why it was opened."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    look, today = load(request, urgent_id), timezone.localdate()
    is_mine = look.by_user_id == actor.user_id
    context: dict[str, Any] = {
        "look": look,
        "late": look.is_late(today),
        "may_review": not is_mine and look.reviewed_at is None,
        "place": divisions.path_name(look.person.village_code, divisions.names()),
        "mistakes": mistakes or [],
    }
    if is_mine and look.is_open(timezone.now()):
        person = actions.look_again(by=actor, look=look)
        statuses = statuses_of(person, household_of(person))
        spoken = [words.spoken_status(status, today) for status in statuses]
        context |= people.head(person, actor) | {"statuses": spoken}
    return render(request, "desk/urgent/one.html", context, status=422 if mistakes else 200)


@require_POST
@needs(Right.SEE_PERSON)
def review(request: HttpRequest, urgent_id: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    look, is_right = load(request, urgent_id, is_mine=False), request.POST.get("what") == "right"
    try:
        actions.review(by=actor, look=look, is_right=is_right, words=request.POST.get("words", ""))
    except ValidationError as error:
        return show(request, urgent_id, mistakes=[("words", error.message)])
    messages.success(request, "记下了您的复核。")
    return redirect("desk:urgent")
