"""Residents who said no to a benefit: some of those who hold a certificate and do not get it."""

from __future__ import annotations

from datetime import date, timedelta

from tongxing.accounts.models import User
from tongxing.content.pack import Pack
from tongxing.demo import personas
from tongxing.policy.models import Declined
from tongxing.registry.models import Person, Status

WORDS = (
    "家里过得去，留给更难的人。",
    "不想让邻居知道。",
    "手续太麻烦，不想办。",
    "腿脚不便，反正用不上。",
    "儿女给的够用了。",
)
EVERY = 300  # for each policy one holder in so many; those of them who do not get it have said no


def build(pack: Pack, people: int, today: date) -> int:
    """The same people for the same city. Returns how many."""
    clerk = User.objects.filter(username__startswith="demo-").order_by("username").last()
    if clerk is None:
        return 0
    holders = Person.objects.filter(certificates__state="valid", death_date=None, pk__gte=personas.FIRST_FREE)
    ids = list(holders.order_by("pk").values_list("pk", flat=True))
    policies = [
        p for p in sorted(pack.policies) if pack.policies[p].unit == "person" and pack.policies[p].receipt is None
    ]
    rows = [
        Declined(person_id=person, policy=policy, words=WORDS[number % len(WORDS)], recorded_by=clerk, told_date=day)
        for start, policy in enumerate(policies)
        for number, person in enumerate(_without(policy, ids[start::EVERY]))
        for day in [today - timedelta(days=20 + 37 * number % 300)]
    ]
    Declined.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _without(policy: str, ids: list[int]) -> list[int]:
    """Those of a few people who never got it."""
    got = set(Status.objects.filter(person_id__in=ids, fact=f"receives_{policy}").values_list("person_id", flat=True))
    return [person for person in ids if person not in got]
