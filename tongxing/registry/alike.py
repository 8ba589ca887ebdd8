"""Which files of the registry are probably one person's (the rule is `likeness`), in the whole city or beside a few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from django.db.models import Q, QuerySet

from tongxing.lib.pinyin import initials
from tongxing.registry.keys import ring
from tongxing.registry.likeness import Traits, reasons
from tongxing.registry.models import Person
from tongxing.registry.queries import within

TOWNSHIP = 9  # digits of a division's code
FIELDS = ("id", "name", "initials", "birth_date", "sex", "village_code", "phone_index", "id_number_sealed")
CROWD = 60  # files in one block: more than that share no more than a common value, and are passed over
CHUNK = 200


@dataclass(frozen=True)
class Filed:
    """One file as far as it is compared. The ID number is opened only where a pair asks for it."""

    id: int
    name: str
    initials: str
    birth_date: date | None
    sex: str | None
    village_code: str
    phone_index: bytes | None
    id_number_sealed: bytes | None

    def traits(self, *, with_number: bool) -> Traits:
        phone = bytes(self.phone_index) if self.phone_index else None
        known = Traits(self.name, self.birth_date, self.sex, None, phone)
        if not with_number or self.id_number_sealed is None:
            return known
        number = ring().open(bytes(self.id_number_sealed), place=f"person.id_number.{self.id}")
        return replace(known, id_number=number)

    def blocks(self) -> Iterator[tuple[object, ...]]:
        """Two files are compared if they share one of these."""
        if self.birth_date is not None:
            yield "born", self.birth_date, self.initials
        if self.phone_index is not None:
            yield "phone", bytes(self.phone_index), self.name
        yield "place", self.village_code[:TOWNSHIP], self.initials


def files() -> QuerySet[Person]:
    """Those that count: merged ones and the dead are not looked at again."""
    return Person.objects.filter(merged_into=None, death_date=None)


def all_pairs() -> dict[tuple[int, int], list[str]]:
    """Every probable pair of the city: (smaller number, larger number) → reasons. One query, streamed."""
    blocks: dict[tuple[object, ...], list[Filed]] = {}
    for row in files().order_by("pk").values_list(*FIELDS).iterator(chunk_size=5000):
        filed = Filed(*row)
        for key in filed.blocks():
            blocks.setdefault(key, []).append(filed)
    found: dict[tuple[int, int], list[str]] = {}
    for key, members in blocks.items():
        if 1 < len(members) <= CROWD:
            for one, other in combinations(members, 2):
                if (one.id, other.id) not in found and (why := _why(one, other, in_place=key[0] == "place")):
                    found[one.id, other.id] = why
    return found


def _why(one: Filed, other: Filed, *, in_place: bool) -> list[str]:
    """Numbers are opened for neighbours of one name, and to say everything about a pair that is one already."""
    why = reasons(one.traits(with_number=False), other.traits(with_number=False))
    if why or (in_place and one.name == other.name):
        return reasons(one.traits(with_number=True), other.traits(with_number=True))
    return why


@dataclass(frozen=True)
class Newcomer:
    """Somebody about to be entered, by a key of the one who asks."""

    key: int
    traits: Traits
    village_code: str


def held_already(newcomers: Iterable[Newcomer]) -> dict[int, tuple[int, list[str]]]:
    """Key of a newcomer → (number of a file that is probably theirs, reasons). One query for 200 newcomers."""
    everybody = list(newcomers)
    found: dict[int, tuple[int, list[str]]] = {}
    for start in range(0, len(everybody), CHUNK):
        found |= _held(everybody[start : start + CHUNK])
    return found


def _held(newcomers: list[Newcomer]) -> dict[int, tuple[int, list[str]]]:
    same_sound: dict[str, list[Filed]] = {}
    for row in files().filter(_near(newcomers)).order_by("pk").values_list(*FIELDS):
        filed = Filed(*row)
        same_sound.setdefault(filed.initials, []).append(filed)
    found: dict[int, tuple[int, list[str]]] = {}
    for newcomer in newcomers:
        for filed in same_sound.get(initials(newcomer.traits.name)[:20], []):
            if why := reasons(newcomer.traits, filed.traits(with_number=filed.name == newcomer.traits.name)):
                found.setdefault(newcomer.key, (filed.id, why))
    return found


def _near(newcomers: list[Newcomer]) -> Q:
    """Files that share a day of birth and a sound, or a name in the same townships, with one of these."""
    days = {each.traits.birth_date for each in newcomers} - {None}
    near = Q(birth_date__in=days, initials__in={initials(each.traits.name)[:20] for each in newcomers})
    names = {each.traits.name for each in newcomers}
    for township in {each.village_code[:TOWNSHIP] for each in newcomers}:
        near |= Q(within(township), name__in=names)
    return near
