"""What a visitor wrote, as long as their browser shows the key; and what still is to be asked of them.

The key is 32 random bytes in a cookie. The database has a fingerprint of it and what is sealed under it.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from binascii import Error
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings

from tongxing.applications.models import GuestDraft, GuestPaper, IdentityCheck
from tongxing.content.instance import pack
from tongxing.lib.crypto import KeyRing
from tongxing.policy.queries.asking import guide
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import named_person
from tongxing.residents.fingerprints import fingerprint
from tongxing.rules.one import FactValue

VALUE = "value."  # before a fact, among the answers
UNSURE, LATER, WHO = "unsure", "later", "who"


def ring_of(token: str) -> KeyRing:
    """Seals and opens under the visitor's key alone. Raises ValueError for what is no key."""
    try:
        key = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except Error as wrong:
        raise ValueError("no key") from wrong
    return KeyRing({"guest": key}, "guest", {1: key}, (key,))


def mark_of(token: str) -> str:
    return fingerprint("guest", token)


@dataclass(frozen=True)
class Guest:
    """A draft and the key that opens it."""

    draft: GuestDraft
    token: str

    @cached_property
    def said(self) -> dict[str, list[str]]:
        """{control: what was chosen or typed}; a fact stands under `value.<fact>`."""
        plain = ring_of(self.token).open(bytes(self.draft.answers_sealed), place=self.place)
        return {str(name): [str(value) for value in values] for name, values in json.loads(plain).items()}

    @property
    def place(self) -> str:
        return f"guest.{self.draft.mark}"

    @property
    def facts(self) -> dict[str, str]:
        """What was said of facts, as it was typed; 'refused' where they would not say."""
        return {name.removeprefix(VALUE): values[0] for name, values in self.said.items() if name.startswith(VALUE)}

    @property
    def papers(self) -> list[str]:
        """The items that were handed in."""
        return list(GuestPaper.objects.filter(draft=self.draft).values_list("item", flat=True))

    @property
    def who(self) -> Who | None:
        said = self.said.get(WHO)
        return Who(*said) if said else None


@dataclass(frozen=True)
class Who:
    """Who somebody says they are. `township` is a division's code."""

    name: str
    id_number: str
    phone: str
    township: str


def guest_of(token: str, service: str) -> Guest | None:
    """The draft of this service that this key opens; None for no key, another service, and what is gone."""
    if not token:
        return None
    draft = GuestDraft.objects.filter(mark=mark_of(token), service=service).first()
    return Guest(draft, token) if draft else None


def kept_guest(number: str, phone: str) -> Guest | None:
    """For whoever proved to hold this phone: the draft with this number, if it was kept with that phone."""
    index = ring().blind_index("phone", phone)
    draft = GuestDraft.objects.filter(number=number, phone_index=index, check_of=None).first()
    return Guest(draft, opened_key(draft)) if draft else None


def opened_key(draft: GuestDraft) -> str:
    """Of a draft that was kept."""
    return ring().open(bytes(draft.key_sealed or b""), place=f"guest.key.{draft.number}")


def questions_of(policy: str, facts: dict[str, str], unsure: list[str], today: date) -> list[str]:
    """The facts that may still decide this benefit and that a person can tell, of somebody of whom nothing is held.

    `facts` as they are stored; 'refused' where they would not say.
    """
    known = pack(settings.PACK).facts
    units: dict[str, dict[str, FactValue]] = {"person": {}, "household": {}}
    told = {name: value_of(name, words) for name, words in facts.items() if words != "refused"}
    for name, value in (dict(guide(today).find.given) | told).items():
        units[known[name].unit][name] = value
    found = guide(today).explainer.explain(0, [units["person"]], units["household"], [policy])
    ask = found[policy].ask if policy in found else frozenset()
    return [name for name in sorted(ask - set(facts) - set(unsure)) if known[name].origin == "status"]


def value_of(fact: str, words: str) -> FactValue:
    """What a rule reads, of a value as it is stored: 'true', '1200', '2025-08-01' or a code."""
    kind = pack(settings.PACK).facts[fact].type
    if kind == "bool":
        return words == "true"
    if kind == "date":
        return date.fromisoformat(words)
    return words if kind == "code" else int(words)


def held_person(who: Who) -> Person | None:
    """The living person of the whole city who has this ID number and name. Not scoped: nothing of it is shown."""
    person = named_person(who.id_number, who.name)
    return person if person and person.death_date is None and person.moved_out_date is None else None


def said_who(check: IdentityCheck) -> Who | None:
    """None once it was answered."""
    if check.who_sealed is None:
        return None
    return Who(**json.loads(ring().open(bytes(check.who_sealed), place=check.place)))
