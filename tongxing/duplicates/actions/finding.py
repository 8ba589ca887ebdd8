"""The night's search for files that are probably one person's."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.duplicates.models import Pair
from tongxing.journal.actions import record
from tongxing.lib.progress import step
from tongxing.policy.models import Run
from tongxing.registry.alike import all_pairs

BATCH = 500


def find_pairs(*, run: Run | None = None, by: Actor | None = None) -> int:
    """New pairs are added; open ones that are no longer alike go; what somebody said stays. How many are new."""
    with step("找可能重复的档案"):
        found = all_pairs()
        return _keep(found, by)


@transaction.atomic
def _keep(found: dict[tuple[int, int], list[str]], by: Actor | None) -> int:
    held = {(pair.one_id, pair.other_id): pair for pair in Pair.objects.select_for_update()}
    today = timezone.localdate()
    fresh = [
        Pair(one_id=key[0], other_id=key[1], reasons=why, found_date=today)
        for key, why in found.items()
        if key not in held
    ]
    Pair.objects.bulk_create(fresh, batch_size=BATCH)
    over = [pair.pk for key, pair in held.items() if key not in found and pair.state == Pair.State.OPEN]
    Pair.objects.filter(pk__in=over, merges=None).delete()
    record(by=by, verb="duplicates.found", pairs=len(fresh))
    return len(fresh)
