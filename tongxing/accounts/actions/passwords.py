"""Choosing one's password. Length and lists of common words are the validators' in the settings (S18)."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from tongxing.accounts.models import User


def choose(*, user: User, password: str, again: str) -> None:
    """Raises ValidationError with what to do better."""
    if password != again:
        raise ValidationError("两次填的不一样。请再填一次。")
    if user.check_password(password):
        raise ValidationError("和原来的一样。请换一个新的。")
    validate_password(password, user)
    user.set_password(password)
    user.must_change, user.password_at = False, timezone.now()
    user.save(update_fields=["password", "must_change", "password_at"])
