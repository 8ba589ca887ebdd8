"""Who speaks for an organisation: begin and end. Whoever manages the user says so, never the user (D19)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, actor_of, current_posts
from tongxing.accounts.models import User
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.lib.credit import parse_credit_code
from tongxing.lib.mistakes import BadNumber
from tongxing.organisation.models import Spokesperson
from tongxing.organisation.staff import check_manages


@transaction.atomic
def let_speak(*, user: User, credit_code: str, by: Actor | None) -> Spokesperson:
    """From today, for this organisation and no other; the same again changes nothing.

    Raises PermissionDenied; ValidationError for a wrong code, or a user in no post that does this.
    """
    actor = check_manages(by, user)
    code, today = _read(credit_code), timezone.localdate()
    if not any(Right.OWN_UNIT in actor_of(post).rights for post in current_posts(user, today)):
        raise ValidationError("请先给这个人“用人单位”或“服务机构”的岗位。", code="role")
    running = Spokesperson.objects.select_for_update().filter(user=user, until_date=None)
    if same := running.filter(credit_code=code).first():
        return same
    _end(running.first(), today)
    made = Spokesperson.objects.create(user=user, credit_code=code, from_date=today)
    record(by=actor, verb="organisation.speaks", subject=f"user:{user.pk}", credit_code=code)
    return made


def _read(typed: str) -> str:
    try:
        return parse_credit_code(typed)
    except BadNumber as why:
        raise ValidationError(str(why), code="credit_code") from None


@transaction.atomic
def end_speaking(*, user: User, by: Actor | None) -> None:
    """From today on they see nothing of it; nothing to end is no mistake."""
    actor = check_manages(by, user)
    if _end(Spokesperson.objects.select_for_update().filter(user=user, until_date=None).first(), timezone.localdate()):
        record(by=actor, verb="organisation.speaks_no_more", subject=f"user:{user.pk}")


def _end(running: Spokesperson | None, today: date) -> bool:
    if running is None:
        return False
    running.until_date = today
    running.save(update_fields=["until_date"])
    return True
