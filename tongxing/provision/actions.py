"""Verbs on providers: list one, pause and resume it, and keep its entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.content.provision import provision
from tongxing.journal.actions import record
from tongxing.lib.contact import parse_phone
from tongxing.lib.credit import parse_credit_code
from tongxing.lib.divisions import is_under
from tongxing.lib.mistakes import BadNumber
from tongxing.provision.models import Provider
from tongxing.provision.queries import providers_for

MOST_PLACES, LONGEST_ADDRESS = 5_000, 120


@dataclass(frozen=True)
class Listing:
    """Which provider, and where."""

    name: str
    credit_code: str
    division_code: str


@dataclass(frozen=True)
class Entry:
    """As typed: `places` and `free` are whole numbers, or '' where nobody knows."""

    address: str
    phone: str
    offers: Sequence[str]
    access: Sequence[str] = ()
    places: str = ""
    free: str = ""


@transaction.atomic
def enlist(*, listing: Listing, by: Actor | None) -> Provider:
    """Into the public list, with an empty entry; the same code again is the same provider.

    Raises PermissionDenied outside the area, ValidationError for a name or code that cannot be.
    """
    check_may(by, Right.LIST_PROVIDERS)
    assert by is not None
    if not is_under(listing.division_code, by.division_code):
        raise PermissionDenied("这个地方不在您的辖区里。")
    name, code = listing.name.strip(), _code(listing.credit_code)
    if not name or len(name) > 80:
        raise ValidationError("请写机构的名字，80 个字以内。", code="name")
    made, is_new = Provider.objects.get_or_create(
        credit_code=code, defaults={"name": name, "division_code": listing.division_code}
    )
    if is_new:
        record(by=by, verb="provision.listed", subject=f"provider:{made.pk}", credit_code=code)
    elif not is_under(made.division_code, by.division_code):
        raise PermissionDenied("这家机构已经由别的地方列出来了。")
    return made


def _code(typed: str) -> str:
    try:
        return parse_credit_code(typed)
    except BadNumber as why:
        raise ValidationError(str(why), code="credit_code") from None


@transaction.atomic
def pause(*, provider: Provider, by: Actor | None) -> Provider:
    """Nobody finds it any more; its entry stays."""
    return _switch(provider, Provider.State.PAUSED, "provision.paused", by)


@transaction.atomic
def resume(*, provider: Provider, by: Actor | None) -> Provider:
    return _switch(provider, Provider.State.LISTED, "provision.resumed", by)


def _switch(provider: Provider, state: str, verb: str, by: Actor | None) -> Provider:
    check_may(by, Right.LIST_PROVIDERS)
    held = _held(provider, by)
    if held.state != state:
        held.state = state
        held.save(update_fields=["state"])
        record(by=by, verb=verb, subject=f"provider:{held.pk}")
    return held


@transaction.atomic
def keep_entry(*, provider: Provider, entry: Entry, by: Actor | None) -> Provider:
    """What stands in the list; the number of free places is of today. The same again on the same day changes nothing.

    Raises PermissionDenied for somebody else's, ValidationError with what is wrong by field.
    """
    check_may(by, Right.OWN_UNIT, Right.LIST_PROVIDERS)
    held, said = _held(provider, by), _read(entry)
    said["free_date"] = timezone.localdate() if said["free"] is not None else None
    changed = [name for name, value in said.items() if getattr(held, name) != value]
    if changed:
        for name in changed:
            setattr(held, name, said[name])
        held.save(update_fields=changed)
        record(by=by, verb="provision.kept", subject=f"provider:{held.pk}", fields=sorted(changed))
    return held


def _held(provider: Provider, by: Actor | None) -> Provider:
    """Locked until the end of the transaction; raises PermissionDenied."""
    held = providers_for(by).select_for_update(of=("self",)).filter(pk=provider.pk).first()
    if held is None:
        raise PermissionDenied("这家机构不归您管。")
    return held


def _read(entry: Entry) -> dict[str, object]:
    """Values by field. Raises one ValidationError with all that is wrong."""
    wrong: dict[str, str] = {}
    known = provision(settings.PACK)
    said: dict[str, object] = {
        "address": entry.address.strip(),
        "offers": _chosen(entry.offers, known.offers),
        "access": _chosen(entry.access, known.access),
    }
    if not said["address"] or len(entry.address.strip()) > LONGEST_ADDRESS:
        wrong["address"] = f"请写地址，让人找得到，{LONGEST_ADDRESS} 个字以内。"
    if not said["offers"]:
        wrong["offers"] = "请至少选一样你们做的。"
    try:
        said["phone"] = parse_phone(entry.phone)
    except BadNumber:
        wrong["phone"] = "请写一个能打通的电话。手机 11 位，座机加区号。"
    said |= _counts(entry, wrong)
    if wrong:
        raise ValidationError(wrong)
    return said


def _chosen(given: Iterable[str], known: Iterable[str]) -> list[str]:
    """In the order of the pack; what it does not know is nothing one could have chosen."""
    wanted = set(given)
    return [id_ for id_ in known if id_ in wanted]


def _counts(entry: Entry, wrong: dict[str, str]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for name in ("places", "free"):
        typed = str(asdict(entry)[name]).strip()
        if typed and not (typed.isascii() and typed.isdigit() and int(typed[:9]) <= MOST_PLACES):
            wrong[name] = f"请写 0 到 {MOST_PLACES} 的整数。不知道就空着。"
        else:
            found[name] = int(typed) if typed else None
    places, free = found.get("places"), found.get("free")
    if places is not None and free is not None and free > places:
        wrong["free"] = "空着的比一共的还多。请再看一遍这两个数。"
    return found
