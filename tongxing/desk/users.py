"""The users of one's area: add, appoint, disable, reset, deputies (D19). Every change asks first who sits there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, actor_of, fresh, needs
from tongxing.accounts.models import Post, User
from tongxing.accounts.rights import Right
from tongxing.organisation import queries as divisions
from tongxing.organisation.actions import staff
from tongxing.organisation.actions.staff import Admitted, Place
from tongxing.organisation.staff import givable, is_administrator, may_manage, running, users_for


@needs(Right.MANAGE_LOCAL_USERS)
def users(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/users/list.html", _list(request.actor, {}))  # type: ignore[attr-defined]


def _list(actor: Actor, typed: Any) -> dict[str, Any]:
    rows = [{"user": user, "posts": _spoken(running(list(user.posts.all())))} for user in users_for(actor)]
    return {"rows": rows, "typed": typed, **_choices(actor)}


def _choices(actor: Actor) -> dict[str, Any]:
    """The roles that may be given and the places of the area, by their full name."""
    known = divisions.names()
    codes = sorted(code for code in known if code.startswith(actor.prefix))
    return {
        "roles": givable(actor),
        "places": [(code, divisions.path_name(code, known) or known[code]) for code in codes],
        "today": timezone.localdate(),
    }


def _spoken(posts: list[Post]) -> list[dict[str, Any]]:
    known = divisions.names()
    return [
        {"post": post, "role": actor_of(post).role_name, "place": known.get(post.division_code, "")} for post in posts
    ]


@require_POST
@needs(Right.MANAGE_LOCAL_USERS)
@fresh()
def add(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    typed = request.POST
    place = Place(typed.get("role", ""), typed.get("place", ""))
    try:
        _check_place(actor, place)
        admitted = staff.add(
            username=typed.get("username", "").strip(), name=typed.get("name", ""), place=place, by=actor
        )
    except ValidationError as error:
        context = _list(actor, typed) | {"error": error.messages[0], "anchor": f"id_{error.code or 'role'}"}
        return render(request, "desk/users/list.html", context, status=422)
    return _password_page(request, admitted)


def _check_place(actor: Actor, place: Place) -> None:
    """What a form left open is said in words; what nobody could have chosen from it is refused by the verb."""
    if not place.role or not place.division_code:
        raise ValidationError("请选好岗位和地方。", code="role" if not place.role else "place")
    if divisions.division(place.division_code) is None:
        raise ValidationError("没有这个地方。请从列表里选。", code="place")
    role = next((role for role in givable(actor) if role.id == place.role), None)
    if role and role.level not in ("none", divisions.level(place.division_code)):
        raise ValidationError(f"“{role.name}”不设在这一级。请另选地方。", code="place")


def _password_page(request: HttpRequest, admitted: Admitted) -> HttpResponse:
    return render(request, "desk/users/password.html", {"admitted": admitted})


def _load(request: HttpRequest, user_id: int) -> User:
    """The user, or the same 404 for nobody and for somebody elsewhere."""
    user: User | None = users_for(request.actor).filter(pk=user_id).first()  # type: ignore[attr-defined]
    if user is None:
        raise Http404("在您的辖区里没有找到这个用户。")
    return user


@needs(Right.MANAGE_LOCAL_USERS)
def show(request: HttpRequest, user_id: int) -> HttpResponse:
    return _show(request, _load(request, user_id))


def _show(request: HttpRequest, user: User, error: ValidationError | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    others = [other for other in users_for(actor) if other.is_active and other != user and may_manage(actor, other)]
    context = {
        "user_shown": user,
        "posts": _spoken(running(list(user.posts.all()))),
        "may_manage": may_manage(actor, user),
        "is_self": user.pk == actor.user_id,
        "is_administrator": is_administrator(user),
        "others": others,
        "typed": request.POST,
        "error": error.messages[0] if error else "",
        "anchor": f"id_{(error.code if error else '') or 'role'}",
        **_choices(actor),
    }
    return render(request, "desk/users/one.html", context, status=422 if error else 200)


def _appoint(request: HttpRequest, user: User, actor: Actor) -> str:
    place = Place(request.POST.get("role", ""), request.POST.get("place", ""))
    _check_place(actor, place)
    staff.appoint(user=user, place=place, by=actor)
    return "岗位给好了。"


def _end_post(request: HttpRequest, user: User, actor: Actor) -> str:
    staff.end_post(post=_post_of(request, user), by=actor)
    return "这个岗位从今天起结束，登录着的设备都退出了。"


def _deputise(request: HttpRequest, user: User, actor: Actor) -> str:
    who = request.POST.get("deputy", "")
    deputy = users_for(actor).filter(pk=int(who)).first() if who.isdigit() and len(who) < 12 else None
    if deputy is None:
        raise ValidationError("请选好谁来代。", code="deputy")
    staff.deputise(
        post=_post_of(request, user),
        deputy=deputy,
        from_date=_day(request, "from", "哪天开始"),
        until_date=_day(request, "until", "哪天回来"),
        by=actor,
    )
    return f"到时候由{deputy.name}代。记录里会写两个人的名字。"


def _day(request: HttpRequest, name: str, label: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError:
        raise ValidationError(f"“{label}”请写成 2026-03-01 这样。", code=name) from None


def _post_of(request: HttpRequest, user: User) -> Post:
    wanted = request.POST.get("post", "")
    post = next((post for post in running(list(user.posts.all())) if str(post.pk) == wanted), None)
    if post is None:
        raise ValidationError("这个岗位已经结束。请刷新再看。", code="role")
    return post


def _disable(request: HttpRequest, user: User, actor: Actor) -> str:
    staff.disable(user=user, by=actor)
    return "停用了，登录着的设备都退出了。做过的事都还在记录里。"


def _enable(request: HttpRequest, user: User, actor: Actor) -> str:
    staff.enable(user=user, by=actor)
    return "重新启用了。"


VERBS: dict[str, Callable[[HttpRequest, User, Actor], str]] = {
    "appoint": _appoint,
    "end": _end_post,
    "deputise": _deputise,
    "disable": _disable,
    "enable": _enable,
}


@require_POST
@needs(Right.MANAGE_LOCAL_USERS)
@fresh()
def do(request: HttpRequest, user_id: int) -> HttpResponse:
    """One press on the page of a user."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    user, verb = _load(request, user_id), request.POST.get("verb", "")
    if verb == "reset":
        return _password_page(request, staff.reset(user=user, by=actor))
    try:
        if verb not in VERBS:
            raise ValidationError("请按页面上的一个按钮。", code="role")
        messages.success(request, VERBS[verb](request, user, actor))
    except ValidationError as error:
        return _show(request, user, error)
    return redirect("desk:user", user_id=user.pk)
