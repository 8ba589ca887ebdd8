"""Users and their posts: add, appoint, end, disable, reset, deputise (D19). Nobody does any of it to themselves."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.actions import factors, sessions
from tongxing.accounts.models import Post, User
from tongxing.journal.actions import record
from tongxing.organisation.staff import ADMINISTRATORS, check_manages, check_role_for, is_administrator, running

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,29}")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
LONGEST_ABSENCE_DAYS = 184


@dataclass(frozen=True)
class Admitted:
    """A user with a password that is good for choosing an own one; it is shown once."""

    user: User
    first_password: str


@dataclass(frozen=True)
class Place:
    """A role in a division."""

    role: str
    division_code: str


def _first_password(user: User) -> str:
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    user.set_password(password)
    user.must_change, user.password_at = True, timezone.now()
    return password


@transaction.atomic
def add(*, username: str, name: str, place: Place, by: Actor | None) -> Admitted:
    """A new user in a first post. Raises ValidationError, PermissionDenied."""
    actor = check_role_for(by, place.role, place.division_code)
    admitted = _new_user(username, name)
    _appoint(admitted.user, place, actor)
    return admitted


def _new_user(username: str, name: str) -> Admitted:
    if not USERNAME.fullmatch(username):
        raise ValidationError("用户名用 3 到 30 个小写字母、数字，字母开头，例如 limei。", code="username")
    if not name.strip() or len(name) > 40:
        raise ValidationError("请写上怎么称呼这个人，40 个字以内。", code="name")
    if User.objects.filter(username=username).exists():
        raise ValidationError("这个用户名有人用了。请换一个。", code="username")
    user = User(username=username, name=name.strip())
    password = _first_password(user)
    user.save()
    return Admitted(user, password)


def _appoint(user: User, place: Place, by: Actor | None) -> Post:
    today = timezone.localdate()
    post = Post.objects.create(user=user, role=place.role, division_code=place.division_code, from_date=today)
    record(
        by=by,
        verb="organisation.appointed",
        subject=f"user:{user.pk}",
        role=place.role,
        division=place.division_code,
    )
    return post


@transaction.atomic
def appoint(*, user: User, place: Place, by: Actor | None) -> Post:
    """One more post. Raises PermissionDenied; ValidationError where the user has it already."""
    actor = check_role_for(by, place.role, place.division_code)
    check_manages(actor, user)
    held = running(list(user.posts.filter(deputy_of=None)))
    if any((post.role, post.division_code) == (place.role, place.division_code) for post in held):
        raise ValidationError("这个人已经在这个岗位上。", code="role")
    return _appoint(user, place, actor)


@transaction.atomic
def install_administrator(*, username: str, name: str, place: Place, is_replacing: bool = False) -> Admitted:
    """On the machine itself, by nobody who is signed in. Each of the three is another person (S7).

    `is_replacing` ends the post of who is in it now.
    """
    if place.role not in ADMINISTRATORS:
        raise ValidationError("这里只设三个管理员：" + "、".join(sorted(ADMINISTRATORS)), code="role")
    held = running(list(Post.objects.filter(role=place.role).select_related("user")))
    if held and not is_replacing:
        raise ValidationError("这个管理员已经有人。要换人，加上 --replace。", code="role")
    for post in held:
        _end(post, None)
    admitted = _new_user(username, name)
    _appoint(admitted.user, place, None)
    return admitted


@transaction.atomic
def end_post(*, post: Post, by: Actor | None) -> Post:
    """From today on. Whoever deputises in it deputises no more, and all sessions of the user end."""
    return _end(post, check_manages(by, post.user))


def _end(post: Post, by: Actor | None) -> Post:
    today = timezone.localdate()
    for one in [post, *running(list(post.deputies.all()))]:
        one.until_date = today
        one.save(update_fields=["until_date"])
        sessions.end_all(user=one.user)
    record(by=by, verb="organisation.post_ended", subject=f"user:{post.user_id}", post=post.pk)
    return post


@transaction.atomic
def disable(*, user: User, by: Actor | None) -> User:
    return _switch(user, check_manages(by, user), is_active=False)


@transaction.atomic
def enable(*, user: User, by: Actor | None) -> User:
    return _switch(user, check_manages(by, user), is_active=True)


def _switch(user: User, by: Actor, *, is_active: bool) -> User:
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    sessions.end_all(user=user)
    record(by=by, verb="organisation.enabled" if is_active else "organisation.disabled", subject=f"user:{user.pk}")
    return user


@transaction.atomic
def reset(*, user: User, by: Actor | None) -> Admitted:
    """Password forgotten or phone lost: a new first password, no second factor, no session."""
    actor = check_manages(by, user)
    password = _first_password(user)
    user.save(update_fields=["password", "must_change", "password_at"])
    factors.forget(user=user)
    sessions.end_all(user=user)
    record(by=actor, verb="organisation.reset", subject=f"user:{user.pk}")
    return Admitted(user, password)


@transaction.atomic
def deputise(*, post: Post, deputy: User, from_date: date, until_date: date, by: Actor | None) -> Post:
    """`deputy` works the queue of the absent until the day before `until_date`. Raises PermissionDenied."""
    actor = check_manages(by, post.user)
    check_manages(actor, deputy)
    _check_absence(post, deputy, from_date, until_date)
    stand_in = Post.objects.create(
        user=deputy,
        role=post.role,
        division_code=post.division_code,
        from_date=from_date,
        until_date=until_date,
        deputy_of=post,
    )
    detail = {"until": until_date.isoformat(), "deputy": deputy.pk}
    record(by=actor, verb="organisation.deputised", subject=f"user:{post.user_id}", **detail)
    return stand_in


def _check_absence(post: Post, deputy: User, from_date: date, until_date: date) -> None:
    if deputy.pk == post.user_id:
        raise ValidationError("不能自己代自己。请另选一个人。", code="deputy")
    if is_administrator(deputy) or not deputy.is_active:
        raise PermissionDenied("这个人不能代。")
    if post.deputy_of is not None or post not in running([post]):
        raise ValidationError("这个岗位是代的，或者已经结束，不能再请人代。", code="deputy")
    if from_date < timezone.localdate() or not 0 < (until_date - from_date).days <= LONGEST_ABSENCE_DAYS:
        raise ValidationError("从今天或以后的一天开始，最长半年；结束要在开始之后。", code="until")
