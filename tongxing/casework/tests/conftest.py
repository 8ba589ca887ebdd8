"""Who takes part: a village worker, a township officer, two officers of the county federation, and 阿甲 with a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.casework import actions
from tongxing.casework.models import Case
from tongxing.registry.models import Guardian, Person
from tongxing.residents.actions import hear

TOWNSHIP = "459921100000"
POLICY = "living_allowance"
LISTS = ("dibao", "dibao_single", "dibao_edge", "tekun", "injury_care", "orphan_allowance")


@dataclass(frozen=True)
class People:
    worker: Actor
    town: Actor
    county: Actor
    colleague: Actor
    civil: Actor
    civil_colleague: Actor
    far: Actor
    person: Person

    def applied(self, service: str = "free_bus") -> Case:
        """A case from an application, in the queue of its first step."""
        return actions.open_case(by=self.town, person=self.person, service=service)

    def at_county(self, service: str = "free_bus") -> Case:
        """The same, passed on by the township: it waits for a decision."""
        case = self.applied(service)
        while case.role in ("village_worker", "township_officer"):
            by = self.worker if case.role == "village_worker" else self.town
            actions.accept(by=by, case=case)
            case.refresh_from_db()
        return case


@pytest.fixture
def people(db: None) -> People:
    cast.build_divisions()
    cast.sign_up()
    person = cast.new_person(1)
    cast.certify(person)
    return People(
        worker=cast.an_officer("village_worker", cast.VILLAGE, 1),
        town=cast.an_officer("township_officer", TOWNSHIP, 2),
        county=cast.an_officer("federation_county", cast.COUNTY, 5),
        colleague=cast.an_officer("federation_county", cast.COUNTY, 6),
        civil=cast.an_officer("civil_affairs_county", cast.COUNTY, 3),
        civil_colleague=cast.an_officer("civil_affairs_county", cast.COUNTY, 4),
        far=cast.an_officer("federation_county", cast.OTHER_COUNTY, 7),
        person=person,
    )


@pytest.fixture
def poor(people: People) -> People:
    """阿甲's family is on dibao, and every list has come: the rule says yes."""
    cast.on_dibao(people.person)
    cast.lists_came(*LISTS, f"receives_{POLICY}", "receives_de_facto_orphan")
    return people


def put_under_guardianship(person: Person) -> Guardian:
    """From now on their own view is asked for (S29)."""
    return Guardian.objects.create(ward=person, kind="organisation", proof="村居委会证明", from_date=date(2020, 1, 1))


def heard(people: People, case: Case) -> None:
    hear(by=people.worker, person=people.person, case_number=case.number, how="said", words="想要")
