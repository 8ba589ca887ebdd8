"""Signed-in devices: begin, go on, confirm, end (S19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from tongxing.accounts.models import SignedIn, User

LIMITS = {  # how long without a sign of life, and how long at all
    SignedIn.Face.DESK: (timedelta(minutes=15), timedelta(hours=8)),
    SignedIn.Face.PORTAL: (timedelta(minutes=30), timedelta(hours=12)),
}
NOTED_EVERY = timedelta(minutes=1)  # so that reading pages does not write at each click


@dataclass(frozen=True)
class Device:
    """From where somebody signs in, as the list of their devices shows it."""

    name: str
    address: str


def begin(*, user: User, how: str, device: Device, face: str = SignedIn.Face.DESK) -> SignedIn:
    now = timezone.now()
    return SignedIn.objects.create(
        user=user,
        how=how,
        face=face,
        started_at=now,
        seen_at=now,
        fresh_at=now,
        device=device.name[:60],
        address=device.address[:45],
    )


def go_on(*, signed_in: SignedIn, now: datetime) -> bool:
    """Whether the device may go on; notes that it was used, or that it is over."""
    if signed_in.ended_at is not None:
        return False
    idle, whole = LIMITS[SignedIn.Face(signed_in.face)]
    if now - signed_in.seen_at >= idle or now - signed_in.started_at >= whole:
        end(signed_in=signed_in)
        return False
    if now - signed_in.seen_at >= NOTED_EVERY:
        SignedIn.objects.filter(pk=signed_in.pk, ended_at=None).update(seen_at=now)
    return True


def confirm(*, signed_in: SignedIn) -> None:
    """It was just proved again who sits there."""
    signed_in.fresh_at = timezone.now()
    signed_in.save(update_fields=["fresh_at"])


def end(*, signed_in: SignedIn) -> None:
    SignedIn.objects.filter(pk=signed_in.pk, ended_at=None).update(ended_at=timezone.now())


def end_all(*, user: User, but: SignedIn | None = None) -> int:
    """Every device of the user, or every other one. Returns how many."""
    open_ones: QuerySet[SignedIn] = SignedIn.objects.filter(user=user, ended_at=None)
    if but is not None:
        open_ones = open_ones.exclude(pk=but.pk)
    return open_ones.update(ended_at=timezone.now())
