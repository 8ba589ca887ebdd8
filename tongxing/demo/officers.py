"""Users of the demo, each in one post: one per role of the pack, with the pack's name for the start page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from tongxing.accounts.models import Post, User
from tongxing.accounts.rights import Right
from tongxing.content.pack import Division, Pack, Role

CALLED = ("小", "老", "阿")


def build(pack: Pack, surnames: list[str], today: date) -> int:
    """Nobody has a password: they sign in with one click, which exists only in a demo. Returns how many."""
    roles = [pack.roles[key] for key in sorted(pack.roles) if Right.OWN_AFFAIRS not in pack.roles[key].rights]
    locked = make_password(None)
    for number, role in enumerate(roles):
        called = role.demo.name if role.demo else CALLED[number % 3] + surnames[number * 5 % len(surnames)]
        where = role.demo.division if role.demo and role.demo.division else _division(role, pack.divisions)
        user = User.objects.create(username=f"demo-{role.id}", name=called, password=locked)
        Post.objects.create(user=user, role=role.id, division_code=where, from_date=today - timedelta(days=700))
    return len(roles)


def _division(role: Role, divisions: Iterable[Division]) -> str:
    """The first division of the role's level; the city for a role without one."""
    level = role.level if role.level in ("village", "township", "county") else "city"
    return next(division.code for division in divisions if division.level == level)
