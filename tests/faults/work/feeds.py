"""A department's list: uploaded, committed, taken back, over and over."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter as Count
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import timezone

from tests.faults.work.common import Say, attempt, city_code, hire, journal_is_broken, officer, read_the_pack
from tongxing.content.instance import pack
from tongxing.exchange import actions
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch, Change
from tongxing.journal.models import Entry
from tongxing.registry.models import Certificate, ListReceived, Person, Status

MOST = 3
SENDER = "civil_affairs_city"
VERBS = {"feed.committed": (Batch.State.COMMITTED, Batch.State.ROLLED_BACK), "feed.rolled_back": ("rolled_back",)}


def warm_up() -> None:
    read_the_pack()


def prepare() -> list[str]:
    """A first batch, committed and taken back in peace, is what every later one is held against."""
    hire()
    before = registry()
    batch = upload(random.Random(0))
    actions.commit(by=officer(SENDER), batch=batch, skip_bad=True)
    during = registry()
    actions.roll_back(by=officer(SENDER), batch=batch, reason="试一次")
    remembered().write_text(f"{before} {during}")
    return [] if registry() == before != during else ["the list changes nothing, or is not taken back even in peace"]


def remembered() -> Any:
    return settings.DATA / "registry.txt"


def work(say: Say, rng: random.Random) -> None:
    by = officer(SENDER)
    while True:
        standing = Batch.objects.filter(state=Batch.State.COMMITTED).first()
        waiting = Batch.objects.filter(state=Batch.State.PREVIEWED).first()
        if standing:
            attempt(say, "roll_back", lambda b=standing: actions.roll_back(by=by, batch=b, reason="传错了"), Refused)
        elif waiting:
            attempt(say, "commit", lambda b=waiting: actions.commit(by=by, batch=b, skip_bad=True), Refused)
        else:
            attempt(say, "upload", lambda: upload(rng), Refused)


def upload(rng: random.Random) -> Batch:
    """The same list each time, its rows in another order: who is on dibao but for a few, and some who are not yet."""
    people = list(Person.objects.filter(death_date=None, moved_out_date=None).order_by("pk")[:150])
    names = {column.field: column.name for column in pack(settings.PACK).feeds["dibao"].columns}
    rows = [[person.name, person.opened("id_number"), "2025-01-01"] for person in people if person.id_number_sealed]
    rng.shuffle(rows)
    text = io.StringIO()
    csv.writer(text).writerows([[names["name"], names["id_number"], names["from_date"]], *rows])
    return actions.upload(
        by=officer(SENDER),
        feed="dibao",
        filename="低保.csv",
        content=text.getvalue().encode(),
        as_of_date=timezone.localdate(),
        division_code=city_code(),
    )


def registry() -> str:
    """A fingerprint of all that a list may change, without the numbers that records get."""
    lines = []
    for model in (Person, Certificate, Status, ListReceived):
        hidden = {"id", "batch"} if model in (Status, ListReceived) else set()
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in hidden]
        lines += sorted(repr((model.__name__, row)) for row in model.objects.values_list(*names))
    return sha256("\n".join(lines).encode()).hexdigest()


def wrong(acknowledged: list[dict[str, Any]], whole: bool) -> list[str]:
    return journal_is_broken(acknowledged, whole) + feeds_are_broken()


def feeds_are_broken() -> list[str]:
    """The registry is that of before, or that of a committed list; nothing between. State, changes, journal agree."""
    before, during = remembered().read_text().split()
    standing = Batch.objects.filter(state=Batch.State.COMMITTED).count()
    found = [] if registry() == (during if standing else before) else [f"{standing} lists stand, the registry differs"]
    told = Count(Entry.objects.filter(verb__in=VERBS).values_list("verb", "subject"))
    kept = Count(
        (verb, f"batch:{key}")
        for verb, states in VERBS.items()
        for key in Batch.objects.filter(state__in=states).values_list("pk", flat=True)
    )
    if told != kept:
        found.append(f"lists and journal disagree: {(told - kept) + (kept - told)}")
    changed = set(Change.objects.values_list("batch_id", flat=True))
    done = set(Batch.objects.filter(state__in=VERBS["feed.committed"]).values_list("pk", flat=True))
    empty = Batch.objects.filter(rows=None).exclude(state=Batch.State.DISCARDED)
    return found + ["changes of lists that are not committed"] * (changed != done) + ["no rows"] * empty.exists()
