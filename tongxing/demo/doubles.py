"""A few people who were filed twice: the second file came by a typing mistake in the ID number, without a household."""

from __future__ import annotations

from datetime import date

from tongxing.demo import personas
from tongxing.lib.identity import check_digit
from tongxing.registry.keys import ring
from tongxing.registry.models import Person

HOW_MANY = 3
ID = personas.FIRST_FREE - 100  # numbers of the second files; nobody else is drawn below FIRST_FREE


def build(prefix: str, today: date) -> int:
    """Second files of the first holders of an area. How many."""
    holders = Person.objects.filter(pk__gte=personas.FIRST_FREE, village_code__startswith=prefix, death_date=None)
    known = holders.filter(certificates__state="valid", id_number_sealed__isnull=False).order_by("pk")[:HOW_MANY]
    doubles = [_double(person, ID + number, today) for number, person in enumerate(known)]
    taken = Person.objects.filter(id_number_index__in=[double.id_number_index for double in doubles])
    others = {bytes(index) for index in taken.values_list("id_number_index", flat=True)}
    return len(Person.objects.bulk_create([each for each in doubles if each.id_number_index not in others]))


def _double(person: Person, key: int, today: date) -> Person:
    number = _mistyped(person.opened("id_number") or "")
    keys = ring()
    return Person(
        id=key,
        name=person.name,
        initials=person.initials,
        sex=person.sex,
        birth_date=person.birth_date,
        village_code=person.village_code,
        id_number_sealed=keys.seal(number, place=f"person.id_number.{key}"),
        id_number_index=keys.blind_index("id_number", number),
        id_tail_index=keys.blind_index("id_tail", number[-4:]),
        registered_date=today,
    )


def _mistyped(number: str) -> str:
    """Another last figure before the check digit, which is computed anew."""
    body = number[:16] + str((int(number[16]) + 4) % 10)
    return body + check_digit(body)
