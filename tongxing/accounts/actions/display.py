"""How somebody wants pages to look, kept so that every device they sign in on knows it."""

from __future__ import annotations

from tongxing.accounts.models import User


def keep_display(*, user: User, said: str) -> None:
    """`said` as ui.display writes it; saying the same again changes nothing."""
    user.display = said
    user.save(update_fields=["display"])
