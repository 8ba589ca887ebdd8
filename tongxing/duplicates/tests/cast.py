"""The same person filed twice in the small city, and the officers who sort it out."""

from __future__ import annotations

from tests.cast import CITY, COUNTY, OTHER_COUNTY, an_officer, new_person
from tongxing.duplicates.actions import find_pairs
from tongxing.duplicates.models import Pair
from tongxing.registry.keys import ring
from tongxing.registry.models import Person

CLERK = an_officer("federation_county", COUNTY, 5)
SECOND = an_officer("federation_city", CITY, 6)
STRANGER = an_officer("federation_county", OTHER_COUNTY, 1)
TOWN = an_officer("township_officer", "459921100000", 2)
WHY = "本人说以前登记过一次"


def filed_twice(number: int = 1) -> tuple[Person, Person]:
    """One person, two files: the second with another number and a phone that the first does not know."""
    first, second = new_person(number), new_person(number + 500)
    second.name = first.name
    second.initials = first.initials
    second.phone_sealed = ring().seal("13900000001", place=f"person.phone.{second.pk}")
    second.phone_index = ring().blind_index("phone", "13900000001")
    second.save()
    return first, second


def found(first: Person, second: Person) -> Pair:
    find_pairs()
    return Pair.objects.get(one=first, other=second)
