"""Everything that is held of one person, as they read it, and the same for a machine."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localtime

from tongxing.applications.models import Draft
from tongxing.applications.queries import answers_in
from tongxing.content.assessment import assessment
from tongxing.content.instance import pack
from tongxing.journal.queries import looks_at
from tongxing.journal.words import VERBS
from tongxing.letters.words import said_value
from tongxing.lib.contact import mask_account, mask_phone
from tongxing.lib.identity import mask
from tongxing.moves.queries import movers_of, moves_of
from tongxing.organisation.queries import names, path_name
from tongxing.portal import drafts
from tongxing.registry.models import KeptPlace, Person, Status
from tongxing.registry.places import kept_of, named_staff
from tongxing.registry.queries import (
    certificates_of,
    ends_on,
    guardians_of,
    household_of,
    members_of,
    of_age_on,
    statuses_of,
    subjects_of,
)
from tongxing.residents.consents import TEXTS
from tongxing.residents.queries import answer_of, consents_of, requests_of, words_of
from tongxing.ui.display import read

MOST = 200  # looks shown
NUMBERS = {"id_number": "证件号码", "phone": "手机号", "account": "收款账户", "address": "住址"}


def everything(person: Person, *, is_full: bool = False) -> dict[str, Any]:
    """`is_full`: numbers in full, for the person's own copy."""
    household, known, kept = household_of(person), names(), kept_of(person)
    guardians = guardians_of(person)
    return {
        "person": person,
        "place": path_name(kept.village_code if kept else person.village_code, known),
        "protected": kept.protection if kept else None,
        "named": named_staff(person, timezone.localdate()),
        "numbers": [_number(_plain_number(person, field, kept), field, is_full) for field in NUMBERS],
        "certificates": [_certificate(each, is_full) for each in certificates_of(person)],
        "facts": [_fact(status) for status in _standing(statuses_of(person, household))],
        "family": [{"name": m.person.name, "relation": m.get_relation_display()} for m in _members(household)],
        "guardians": [_guardian(each) for each in guardians],
        "of_age": _of_age(guardians),
        "consents": [{"consent": each, "text": TEXTS[each.kind]} for each in consents_of(person)],
        "drafts": [each | {"lines": _lines(each["draft"])} for each in drafts.listed(person)],
        "moves": moves(person, known),
        "requests": [
            {"request": each, "words": words_of(each), "answer": answer_of(each), "fact": _label(each.fact)}
            for each in requests_of(person)
        ],
    }


def moves(person: Person, known: dict[str, str]) -> list[dict[str, Any]]:
    """Each with its place as the person may read it, who went along, and whether this person said it."""
    found = []
    for move in moves_of(person):
        others = [mover.person.name for mover in movers_of(move) if mover.person_id != person.pk]
        found.append(
            {
                "move": move,
                "place": path_name(move.to_code, known),
                "town": path_name(f"{move.to_code[:9]}000", known),
                "who": f"和{'、'.join(others)}一起" if others else "一个人搬",
                "is_mine": move.person_id == person.pk,
            }
        )
    return found


def _lines(draft: Draft) -> list[str]:
    """What was said so far, in the words in which it was asked."""
    words = assessment(settings.PACK).kinds | {name: fact.label for name, fact in pack(settings.PACK).facts.items()}
    return [words.get(value, value) for values in answers_in(draft).values() for value in values if value]


def _members(household: Any) -> list[Any]:
    return members_of(household) if household else []


def _plain_number(person: Person, field: str, kept: KeptPlace | None) -> str:
    return (kept.address if kept and field == "address" else person.opened(field)) or ""


def _number(plain: str, field: str, is_full: bool) -> dict[str, str]:
    masks = {"id_number": mask, "phone": mask_phone, "account": mask_account, "address": lambda text: f"{text[:3]}……"}
    return {"field": field, "name": NUMBERS[field], "shown": plain if is_full else masks[field](plain) if plain else ""}


def _certificate(certificate: Any, is_full: bool) -> dict[str, Any]:
    return {
        "name": str(certificate),
        "number": certificate.number if is_full else mask(certificate.number),
        "state": certificate.get_state_display(),
        "issued": certificate.issued_date,
        "until": certificate.valid_until_date,
        "source": certificate.source,
    }


def _standing(statuses: list[Status]) -> list[Status]:
    """The newest of each fact that still counts."""
    today, newest = timezone.localdate(), dict[str, Status]()
    for status in statuses:
        if status.until_date is None or status.until_date > today:
            newest.setdefault(status.fact, status)
    return sorted(newest.values(), key=lambda status: _label(status.fact))


def _label(fact: str) -> str:
    known = pack(settings.PACK).facts.get(fact)
    return known.label if known else fact


def _fact(status: Status) -> dict[str, Any]:
    return {
        "fact": status.fact,
        "label": _label(status.fact),
        "value": "不愿说" if status.answer == Status.Answer.REFUSED else said_value(status.fact, _typed(status)),
        "source": status.source,
        "from": status.from_date,
        "received": status.received_date,
        "whose": "全家" if status.household_id else "本人",
    }


def _typed(status: Status) -> Any:
    fact = pack(settings.PACK).facts.get(status.fact)
    if fact is None or fact.type in ("code", "date"):
        return status.value
    return status.value == "true" if fact.type == "bool" else int(status.value)


def reading(kept: str) -> list[dict[str, str]]:
    """How somebody wants pages, as far as it is not plain."""
    return [{"name": name, "value": value} for name, value in read(kept).words_of]


def fact_now(person: Person, fact: str) -> dict[str, Any] | None:
    """What is held of one fact today; None if nothing is."""
    found = _standing(statuses_of(person, household_of(person)))
    return next((_fact(status) for status in found if status.fact == fact), None)


def _guardian(row: Any) -> dict[str, Any]:
    return {
        "name": row.guardian.name if row.guardian else row.get_kind_display(),
        "kind": row.get_kind_display(),
        "proof": row.proof,
        "from": row.from_date,
        "until": ends_on(row),
    }


def _of_age(rows: list[Any]) -> dict[str, Any] | None:
    """From which day the person alone decides; None for whom nobody was registered as a child."""
    day = next((day for row in rows if (day := of_age_on(row.ward)) and row.from_date < day), None)
    return {"day": day, "is_past": day <= timezone.localdate()} if day else None


def looks(person: Person, own_user: int) -> list[dict[str, Any]]:
    """Who looked at the file or changed it, newest first: unit, purpose, time; what one did oneself is left out."""
    purposes = pack(settings.PACK).purposes
    entries = looks_at(*subjects_of(person)).exclude(actor_id=own_user)[:MOST]
    return [
        {
            "at": localtime(entry.at),
            "who": entry.actor_label,
            "what": VERBS.get(entry.verb, "记了一笔"),
            "purpose": purposes[entry.purpose].name if entry.purpose in purposes else "系统夜里核对和发放",
        }
        for entry in entries
    ]


def for_machine(said: dict[str, Any]) -> dict[str, Any]:
    """The same, with plain keys, days as 2026-01-31 and moments with their offset."""
    person = said["person"]
    return {
        "person": {"name": person.name, "birth_date": _day(person.birth_date), "place": said["place"]},
        "numbers": {each["field"]: each["shown"] for each in said["numbers"]},
        "certificates": [_plain(each) for each in said["certificates"]],
        "facts": [_plain(each) for each in said["facts"]],
        "family": said["family"],
        "guardians": [_plain(each) for each in said["guardians"]],
        "consents": [
            {"kind": c["consent"].kind, "version": c["consent"].version, "given": c["consent"].given_at.isoformat()}
            for c in said["consents"]
        ],
        "drafts": [
            {"service": each["draft"].service, "until": _day(each["draft"].until_date), "said": each["lines"]}
            for each in said["drafts"]
        ],
        "moves": [
            {"place": m["place"], "from": _day(m["move"].from_date), "who": m["who"], "state": m["move"].state}
            for m in said["moves"]
        ],
        "looks": [_plain(each) for each in said["looks"]],
        "reading": said["reading"],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in said.items()}
