"""Second factors: one-time codes, passkeys, recovery codes. The arithmetic is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction

from tongxing.accounts.models import User
from tongxing.accounts.sealing import NOT_A_KEY

TYPED = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
WRONG = "验证码不对，或者过时了。请看手机上最新的 6 位数字。"


@transaction.atomic
def prove(*, user: User, code: str) -> str:
    """Which factor the typed code is of; it is used up. Raises ValidationError."""
    plain = "".join(code.split()).replace("-", "")
    for factor in Authenticator.objects.filter(user=user, type__in=TYPED).order_by("-type"):
        if factor.wrap().validate_code(plain):
            factor.record_usage()
            return str(factor.type)
    raise ValidationError(WRONG)


@transaction.atomic
def set_up(*, user: User, secret: str, code: str) -> list[str]:
    """The app on the phone counts from now on. Returns the recovery codes. Raises ValidationError."""
    if not validate_totp_code(secret, "".join(code.split())):
        raise ValidationError(WRONG)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret).validate_code("".join(code.split()))  # the code just typed is used up
    return new_codes(user=user)


@transaction.atomic
def new_codes(*, user: User) -> list[str]:
    """Ten new recovery codes; the old ones open nothing any more."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(user).get_unused_codes())


def add_passkey(*, user: User, name: str, credential: dict[str, Any]) -> None:
    """Checks the browser's answer against the challenge of this session. Raises ValidationError."""
    webauthn.parse_registration_response(credential)
    webauthn.complete_registration(credential)
    webauthn.WebAuthn.add(user, name[:40] or "通行密钥", credential)


def prove_passkey(*, user: User, credential: dict[str, Any]) -> str:
    """Raises ValidationError unless a key of this user signed the challenge of this session."""
    webauthn.parse_authentication_response(credential)
    factor = webauthn.complete_authentication(user, credential)
    factor.record_usage()
    return str(factor.type)


def whose_passkey(*, credential: dict[str, Any]) -> User:
    """Whose key signed the challenge of this session, without a name typed. Raises ValidationError."""
    user = webauthn.extract_user_from_response(credential)
    if not isinstance(user, User) or not user.is_active:
        raise ValidationError(NOT_A_KEY)
    prove_passkey(user=user, credential=credential)
    return user


def remove_passkey(*, user: User, passkey_id: int) -> bool:
    gone, _ = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN, pk=passkey_id).delete()
    return bool(gone)


def forget(*, user: User) -> None:
    """The phone is lost: all factors go, and the next sign-in sets up new ones."""
    Authenticator.objects.filter(user=user).delete()
