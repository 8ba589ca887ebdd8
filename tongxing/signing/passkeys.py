"""What a browser's passkey is asked, and what it says. Needs JavaScript, so it always stands beside another way."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from tongxing.accounts import queries
from tongxing.accounts.models import User
from tongxing.accounts.sealing import NOT_A_KEY

LONGEST = 20_000


def challenge(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """A new question for the keys that this user has; None without any."""
    return auth.begin_authentication(user) if queries.passkeys(user) else None


def new_key(user: User) -> dict[str, Any]:
    """A new question for a key to be added."""
    asked: dict[str, Any] = auth.begin_registration(user, passwordless=False)
    return asked


def anybodys_challenge() -> dict[str, Any]:
    """A new question for whichever key of this site the device has."""
    asked: dict[str, Any] = auth.begin_authentication()
    return asked


def new_key_alone(user: User) -> dict[str, Any]:
    """A new question for a key that tells whose it is, so that nothing has to be typed."""
    asked: dict[str, Any] = auth.begin_registration(user, passwordless=True)
    return asked


def said(request: HttpRequest) -> dict[str, Any]:
    """Raises ValidationError on what no key says."""
    text = request.POST.get("credential", "")
    try:
        answer = json.loads(text) if len(text) < LONGEST else None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise ValidationError(NOT_A_KEY)
    return answer
