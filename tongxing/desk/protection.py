"""Where somebody lives, kept from everybody but named staff (S28): asking for it, who may know it, lifting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, fresh, needs
from tongxing.accounts.models import Post
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.desk import people
from tongxing.lib.dates import parse_date
from tongxing.lib.mistakes import BadDate
from tongxing.protection import actions
from tongxing.protection.queries import protection_of, reason_of, who_could_be_named
from tongxing.registry.actions import look_at
from tongxing.registry.models import Person
from tongxing.registry.places import named_staff


@needs(Right.SEE_PERSON, Right.PROTECT_PLACE)
def show(request: HttpRequest, person_id: int, mistake: ValidationError | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person = look_at(person=people.load(request, person_id), by=actor)
    standing, today = protection_of(person), timezone.localdate()
    named = named_staff(person, today)
    offered = [post for post in who_could_be_named(actor, person, today) if post.user_id not in _users(named)]
    context = {
        "protection": standing,
        "reason": reason_of(standing) if standing else "",
        "named": named,
        "posts": [spoken_post(post) for post in offered],
        "picked": request.POST.getlist("posts"),
        "typed": request.POST,
        "mistakes": [(_anchor(mistake, request), mistake.messages[0])] if mistake else [],
        **people.head(person, actor),
    }
    return render(request, "desk/people/protect.html", context, status=422 if mistake else 200)


def _anchor(mistake: ValidationError, request: HttpRequest) -> str:
    """The control that is wrong; a reason is asked for in two forms."""
    code = mistake.code or "main"
    return "lift" if code == "reason" and request.POST.get("what") == "lift" else code


def _users(named: list[Any]) -> set[int]:
    return {each.user_id for each in named}


def spoken_post(post: Post) -> dict[str, Any]:
    return {"id": str(post.pk), "name": post.user.name, "role": pack(settings.PACK).roles[post.role].name}


@require_POST
@needs(Right.SEE_PERSON, Right.PROTECT_PLACE)
@fresh()
def do(request: HttpRequest, person_id: int) -> HttpResponse:
    """One step; a mistake comes back with what was typed."""
    person, what = people.load(request, person_id), request.POST.get("what", "")
    if what not in DO:
        raise Http404("没有这一步。")
    try:
        words = DO[what](request, person)
    except ValidationError as mistake:
        return show(request, person_id, mistake)
    messages.success(request, words)
    return redirect("desk:person-protect", person_id=person_id)


def _protect(request: HttpRequest, person: Person) -> str:
    chosen = [int(key) for key in request.POST.getlist("posts") if people.whole(key)]
    reason, until = request.POST.get("reason", ""), until_of(request)
    actions.protect(by=_actor(request), person=person, reason=reason, posts=chosen, until_date=until)
    return "保护好了。别人只看得到县区。"


def _name(request: HttpRequest, person: Person) -> str:
    chosen, until = _number(request, "post"), until_of(request)
    actions.name_staff(by=_actor(request), person=person, post=chosen, until_date=until)
    return "记下了，他能看地址了。"


def _unname(request: HttpRequest, person: Person) -> str:
    actions.unname(by=_actor(request), person=person, named=_number(request, "named"))
    return "记下了，他不能再看地址。"


def _lift(request: HttpRequest, person: Person) -> str:
    actions.lift(by=_actor(request), person=person, reason=request.POST.get("lift", ""))
    return "保护解除了，地址和从前一样能看。"


DO: dict[str, Callable[[HttpRequest, Person], str]] = {
    "protect": _protect,
    "name": _name,
    "unname": _unname,
    "lift": _lift,
}


def _number(request: HttpRequest, field: str) -> int:
    """0 is nobody's."""
    typed = request.POST.get(field, "")
    return int(typed) if people.whole(typed) else 0


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def until_of(request: HttpRequest) -> date | None:
    """'' is until somebody ends it. Raises ValidationError with how to write a day."""
    typed = request.POST.get("until", "").strip()
    if not typed:
        return None
    try:
        return parse_date(typed)
    except BadDate as error:
        raise ValidationError(str(error), code="until") from error
