"""阿黎, an officer of a real city with a password and a phone, and what her phone shows."""

from __future__ import annotations

import time
from datetime import date, timedelta

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from tongxing.accounts.actions import factors
from tongxing.accounts.models import Post, User

PASSWORD = "石桥下面有三只白鹭"
COUNTY = "459901000000"


def officer(username: str = "ali", role: str = "federation_county", *, must_change: bool = False) -> User:
    """In a post since last year, without a second factor yet."""
    user = User(username=username, name="阿黎", must_change=must_change)
    user.set_password(PASSWORD)
    user.save()
    since = date.today() - timedelta(days=365)
    Post.objects.create(user=user, role=role, division_code=COUNTY, from_date=since)
    return user


def code_now(secret: str, step: int = 0) -> str:
    """What the phone shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def with_phone(user: User) -> str:
    """Binds a phone and returns its secret; the code of the half minute before is used up."""
    cache.clear()  # users of other tests had the same number: one of their used-up codes may be the next of this one
    secret = generate_totp_secret()
    factors.set_up(user=user, secret=secret, code=code_now(secret, -1))
    return secret


def type_password(client: Client, username: str = "ali", password: str = PASSWORD, **more: str) -> object:
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def signed_in(user: User) -> tuple[Client, str]:
    """A browser that went through both steps, and the phone's secret."""
    client, secret = Client(), with_phone(user)
    type_password(client, user.username)
    assert client.post("/sign-in/code/", {"code": code_now(secret)}).status_code == 302
    return client, secret
