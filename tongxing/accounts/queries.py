"""What is known about a user's factors and devices."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from tongxing.accounts.models import SignedIn, User


def has_factor(user: User) -> bool:
    """A code app or a passkey; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=("totp", "webauthn")).exists())


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
