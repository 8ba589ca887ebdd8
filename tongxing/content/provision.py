"""Reads provision.yaml: what a provider can offer, and what makes its place easy to reach. A pack may have none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import Block
from tongxing.content.extra import read_fields
from tongxing.content.fields import Fields
from tongxing.content.instance import pack
from tongxing.content.rooms import check_known, each
from tongxing.lib.place import Text, place_of

FILE = "provision.yaml"


@dataclass(frozen=True)
class Offer:
    """One kind of service. `picture` is a name of pictures.svg; `policies` pay for it."""

    name: str
    about: str
    picture: str
    policies: tuple[Text, ...]


@dataclass(frozen=True)
class Provision:
    """Offers by id, and the words of each mark of access by id, in the order of the file."""

    offers: Mapping[str, Offer] = field(default_factory=dict)
    access: Mapping[str, str] = field(default_factory=dict)

    def offer_for(self, policy: str) -> str:
        """The first kind of service that this policy pays for; '' where there is none."""
        return next((id_ for id_, offer in self.offers.items() if policy in offer.policies), "")


@lru_cache(maxsize=4)
def provision(folder: Path) -> Provision:
    """Raises PackErrors."""
    known = pack(folder).policies
    return read_fields(folder, FILE, lambda fields: _read(fields, known), Provision())


def _read(fields: Fields, policies: Mapping[str, object]) -> Provision:
    return Provision(_offers(fields, policies), _access(fields))


def _offers(fields: Fields, policies: Mapping[str, object]) -> dict[str, Offer]:
    found = {}
    for id_, inside in each(Block(fields.inner("offers")), "服务", fields.mistakes):
        paid_by = inside.names("policies")
        for policy in paid_by:
            check_known(policy, policies, "政策", fields.mistakes)
        words = [inside.words(key, need=True) for key in ("name", "about", "picture")]
        found[str(id_)] = Offer(words[0], words[1], words[2], paid_by)
    return found


def _access(fields: Fields) -> dict[str, str]:
    found = {}
    for id_, words in fields.inner("access").items():
        if isinstance(words, Text):
            found[str(id_)] = str(words)
        else:
            fields.mistakes.note("access 的每一项写一句话", place_of(words))
    return found
