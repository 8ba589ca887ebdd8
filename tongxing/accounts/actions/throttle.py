"""Slows guessing, never locks anybody out (S20).

1. A try is counted before it is judged, so that a thousand at once are a thousand.
2. A try that comes too early is refused and not counted: a flood does not lengthen the wait.
3. What counts against an account slows only addresses that have already been wrong about it: whoever floods an
   account from elsewhere does not keep its owner out.
4. An hour without a wrong try and all is forgotten.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.models import Guess

FORGOTTEN_AFTER = timedelta(hours=1)
# how many wrong tries are free, and the longest wait in seconds after that
BOTH, ACCOUNT, ADDRESS = (3, 300), (10, 30), (50, 30)


def _keys(account: str, address: str) -> tuple[str, str, str]:
    """Both, account, address. A name is one name in any case and width of letters."""
    name = account.strip().casefold()
    said = (f"both {name} {address}", f"account {name}", f"address {address}")
    both, one, other = (sha256(key.encode()).hexdigest() for key in said)
    return both, one, other


def _wait(guess: Guess | None, limit: tuple[int, int], now: datetime) -> int:
    """Seconds until the next try: 2, 4, 8 … after the free ones."""
    free, longest = limit
    if guess is None or guess.failures < free or now - guess.last_at >= FORGOTTEN_AFTER:
        return 0
    delay = min(longest, 1 << min(guess.failures - free + 1, 10))
    return max(0, delay - int((now - guess.last_at).total_seconds()))


@transaction.atomic
def try_once(*, account: str, address: str) -> int:
    """0 and the try is counted, or the seconds to wait."""
    now, keys = timezone.now(), _keys(account, address)
    known = {guess.key: guess for guess in Guess.objects.select_for_update().filter(key__in=keys)}
    both, one, other = (known.get(key) for key in keys)
    wait = max(_wait(both, BOTH, now), _wait(other, ADDRESS, now), _wait(one, ACCOUNT, now) if both else 0)
    if wait == 0:
        for key in keys:
            _count(key, known.get(key), now)
    return wait


def _count(key: str, guess: Guess | None, now: datetime) -> None:
    if guess is None:
        guess, _ = Guess.objects.get_or_create(key=key, defaults={"last_at": now})
    before = 0 if now - guess.last_at >= FORGOTTEN_AFTER else guess.failures
    Guess.objects.filter(pk=guess.pk).update(failures=before + 1, last_at=now)


@transaction.atomic
def was_right(*, account: str, address: str) -> None:
    """The right answer takes back its own count everywhere, and forgets what this address got wrong about it."""
    both, *wide = _keys(account, address)
    Guess.objects.filter(key=both).delete()
    for guess in Guess.objects.select_for_update().filter(key__in=wide, failures__gt=0):
        guess.failures -= 1
        guess.save(update_fields=["failures"])
