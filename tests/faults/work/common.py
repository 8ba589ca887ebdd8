"""What every kind of work says, and what must hold of the journal whatever was killed."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.models import User
from tongxing.accounts.rights import Right
from tongxing.commands import audit
from tongxing.content.instance import pack
from tongxing.content.services import services
from tongxing.journal.models import Entry
from tongxing.lib.chain import link
from tongxing.policy.program import explainer, program

Say = Callable[[dict[str, Any]], None]
RECENT = 3_000  # entries looked at after each kill; the whole chain after every tenth


def read_the_pack() -> None:
    """Everything that a worker would read from files, before it is forked. No connection is opened."""
    pack(settings.PACK)
    services(settings.PACK)
    program(timezone.localdate())
    explainer(timezone.localdate())


def city_code() -> str:
    return next(str(division.code) for division in pack(settings.PACK).divisions if division.level == "city")


def officer(role: str, number: int = 1, division: str = "") -> Actor:
    """Number `number` of the people in a role; without a division, of the whole city."""
    known = pack(settings.PACK).roles[role]
    purpose = pack(settings.PACK).purposes.get(known.purposes[0]) if known.purposes else None
    return Actor(
        user_id=1_000 + number + 50 * sorted(pack(settings.PACK).roles).index(role),
        name=f"第 {number} 位",
        role=role,
        role_name=known.name,
        department=known.department,
        division_code=division or city_code(),
        purpose=purpose.id if purpose else "",
        people=purpose.people if purpose else "none",
        rights=frozenset(Right(right) for right in known.rights),
    )


def hire(number: int = 1) -> list[str]:
    """The users behind the officers up to this number; what they write down points at them."""
    people = [officer(role, each) for role in pack(settings.PACK).roles for each in range(1, number + 1)]
    users = [User(pk=who.user_id, username=f"fault-{who.user_id}", name=who.name, password="!") for who in people]
    User.objects.bulk_create(users, ignore_conflicts=True)
    return []


def attempt(say: Say, verb: str, call: Callable[[], Any], *refusals: type[Exception]) -> Any:
    """One change: `begin`, then `done` with the journal's newest entry, or `refused`. Other errors end the worker."""
    say({"begin": verb})
    started = time.monotonic()
    try:
        result = call()
    except (PermissionDenied, *refusals) as why:
        say({"refused": verb, "why": str(why)[:80]})
        return None
    took = time.monotonic() - started
    newest = Entry.objects.order_by("-number").values_list("number", "hash").first()
    assert newest is not None
    key = getattr(result, "pk", None)
    say({"done": verb, "entry": newest[0], "hash": bytes(newest[1]).hex(), "key": key, "took": round(took, 4)})
    return result


def wait_for_the_dead() -> list[str]:
    """On PostgreSQL the backend of a killed client may still be at work; nothing is judged before it is gone."""
    if connection.vendor != "postgresql":
        return []
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(others + " AND backend_type = 'client backend'")
            if cursor.fetchone()[0] == 0:
                return []
            cursor.execute("SELECT pg_sleep(0.005)")
    return ["the backend of a killed client is still there after 10 s"]


def journal_is_broken(acknowledged: list[dict[str, Any]], whole: bool) -> list[str]:
    """Lost entries that were acknowledged, and breaks of the chain."""
    found = wait_for_the_dead()
    kept = dict(Entry.objects.filter(number__in=[line["entry"] for line in acknowledged]).values_list("number", "hash"))
    for line in acknowledged:
        if bytes(kept.get(line["entry"], b"")).hex() != line["hash"]:
            found.append(f"{line['done']} was acknowledged with entry {line['entry']}, which is lost")
    return found + (audit_fails() if whole else recent_break())


def audit_fails() -> list[str]:
    """What `tongxing audit verify` says if it does not say that all is well."""
    words = io.StringIO()
    with contextlib.redirect_stdout(words), contextlib.redirect_stderr(words):
        code = audit.run(["verify"])
    return [f"audit verify: {words.getvalue()}"] if code else []


def recent_break() -> list[str]:
    entries = list(Entry.objects.order_by("-number")[:RECENT])[::-1]
    for earlier, later in pairwise(entries):
        follows = later.number == earlier.number + 1 and bytes(later.previous_hash) == bytes(earlier.hash)
        if not follows or link(bytes(earlier.hash), later.content()) != bytes(later.hash):
            return [f"the chain breaks at entry {later.number}"]
    return []
