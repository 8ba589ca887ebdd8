"""阿甲 of 水边村 with spouse and child, who come to live in 桥头村 of the other county."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.casework.tests.conftest import People, people
from tongxing.moves import actions
from tongxing.moves.models import Move
from tongxing.registry.models import Person
from tongxing.residents.access import resident_actor
from tongxing.residents.actions import account_of

__all__ = ["people"]
THERE = "459922100000"  # the township of arrival
ADDRESS = "桥头村二组 8 号"


@dataclass
class Home:
    people: People
    spouse: Person
    child: Person
    there: Actor = field(default_factory=lambda: cast.an_officer("township_officer", THERE, 8))
    far_county: Actor = field(default_factory=lambda: cast.an_officer("federation_county", cast.OTHER_COUNTY, 7))

    @property
    def person(self) -> Person:
        return self.people.person

    def own(self, person: Person | None = None) -> Actor:
        who = person or self.person
        return resident_actor(account_of(person=who).user, who, cast.today())

    def asked(self, *along: Person, village: str = cast.FAR_VILLAGE, by: Person | None = None) -> Move:
        wish = actions.Wish(village, ADDRESS, str(cast.today() - timedelta(days=3)), [each.pk for each in along])
        return actions.ask(by=self.own(by), person=by or self.person, wish=wish)

    def moved(self, *along: Person) -> Move:
        done = actions.confirm(by=self.there, move=self.asked(*along))
        for each in (self.person, self.spouse, self.child):
            each.refresh_from_db()
        return done


@pytest.fixture
def home(people: People) -> Home:
    spouse, child = (cast.new_person(number, with_household=False) for number in (2, 3))
    child.birth_date = date(cast.today().year - 16, 1, 1)
    child.save()
    house = cast.home_of(people.person)
    cast.join(spouse, house, "spouse")
    cast.join(child, house, "child")
    return Home(people, spouse, child)
