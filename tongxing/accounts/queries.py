"""What is known about a user's factors and devices."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from tongxing.accounts.models import SignedIn, User


def has_factor(user: User) -> bool:
    """A code app or a passkey; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=("totp", "webauthn")).exists())


def must_change(user: User) -> bool:
    """A password that an administrator gave; where the profile asks for it, also one that is too old."""
    days = settings.PASSWORD_DAYS
    if user.must_change or days is None:
        return bool(user.must_change)
    return user.password_at is None or timezone.now() - user.password_at >= timedelta(days=days)


def has_code_app(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type="totp").exists())


def passkeys(user: User) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=user, type="webauthn").order_by("created_at"))


def recovery_left(user: User) -> int:
    """How many recovery codes are still good."""
    codes = Authenticator.objects.filter(user=user, type="recovery_codes").first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


def devices(user: User) -> QuerySet[SignedIn]:
    """Where the user is signed in now, the latest first."""
    return SignedIn.objects.filter(user=user, ended_at=None).order_by("-seen_at")
