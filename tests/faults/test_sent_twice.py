"""A form that comes twice, by a double click or after a lost answer, acts once and is answered alike (R6)."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from tests.faults.work import feeds
from tests.faults.work import payments as money
from tests.faults.work.common import hire, officer
from tongxing.accounts.access import current_actor
from tongxing.accounts.models import SignedIn, User
from tongxing.casework import actions
from tongxing.casework.models import Batch, Case
from tongxing.journal.models import Entry
from tongxing.payments.models import Run as PayRun
from tongxing.policy.models import Run
from tongxing.policy.queries.gaps import Filter
from tongxing.proposals import actions as proposals
from tongxing.registry.models import Person, Status

pytestmark = pytest.mark.django_db
Enter = Callable[[str | None], Client]
POLICY = "free_bus"


def counts() -> dict[str, int]:
    """How many rows each of our tables has. Sessions come and go, and a look at a person is an entry of its own."""
    skipped = (Session, SignedIn, Entry)
    found = {model.__name__: model._default_manager.count() for model in apps.get_models() if model not in skipped}
    return found | {"entries": Entry.objects.exclude(verb="registry.looked").count()}


def twice(client: Client, address: str, form: dict[str, Any]) -> None:
    """The first answer is a way on; the second is the same, and changes nothing."""
    before = counts()
    first = client.post(address, form)
    assert first.status_code == 302, first.content.decode()[:2000]
    between = counts()
    assert between != before
    second = client.post(address, form)
    assert counts() == between
    assert (second.status_code, second["Location"]) == (302, first["Location"])


@pytest.fixture
def officers(city: Run, client_of: Enter) -> None:
    hire(2)


def me(role: str) -> Any:
    """The officer behind the demo door of a role."""
    from django.utils import timezone

    return current_actor(User.objects.get(username=f"demo-{role}"), timezone.localdate())


def my_case(city: Run, role: str) -> Case:
    """A case of an application in the queue of this officer of a township."""
    by = me(role)
    people = Person.objects.filter(village_code__startswith=by.prefix, death_date=None, moved_out_date=None)
    for person in people.order_by("pk"):
        case = actions.open_case(by=by, person=person, service=POLICY)
        if case.state == Case.State.OPEN:
            return case
    raise AssertionError("nobody lives there")


def test_opening_a_whole_list(officers: None, client_of: Enter) -> None:
    client = client_of("federation_county")
    address = f"/desk/cases/open/go/?policy={POLICY}&kind=missing"
    twice(client, address, {"once": "a-list"})
    assert Batch.objects.count() == 1


def test_taking_a_list_back(officers: None, city: Run, client_of: Enter) -> None:
    by = me("federation_county")
    batch = proposals.open_from_gaps(by=by, run=city, wanted=Filter(policy=POLICY, prefix=by.prefix))
    twice(client_of("federation_county"), f"/desk/cases/batches/{batch.pk}/undo/", {})


@pytest.mark.parametrize(
    "form",
    [
        {"what": "accept"},
        {"what": "claim"},
        {"what": "hand_back", "item": "phone"},
        {"what": "forward", "role": "education_county", "reason": "请看"},
        {"what": "withdraw", "reason": "不办了"},
    ],
    ids=lambda form: str(form["what"]),
)
def test_a_step_of_a_case(officers: None, city: Run, client_of: Enter, form: dict[str, str]) -> None:
    case = my_case(city, "township_officer")
    twice(client_of("township_officer"), f"/desk/cases/{case.number}/do/", form | {"once": "a-step"})


def test_a_decision(officers: None, city: Run, client_of: Enter) -> None:
    case = my_case(city, "township_officer")
    actions.accept(by=me("township_officer"), case=case)
    form = {"what": "refused", "reason": "不符合", "once": "a-decision"}
    twice(client_of("federation_county"), f"/desk/cases/{case.number}/do/", form)
    assert case.decisions.count() == 1


def test_an_application(officers: None, client_of: Enter) -> None:
    by = me("township_officer")
    person = Person.objects.filter(village_code__startswith=by.prefix, death_date=None, moved_out_date=None).first()
    assert person is not None
    twice(client_of("township_officer"), f"/desk/people/{person.pk}/apply/", {"service": "temporary_relief"})


def test_what_a_person_answered(officers: None, client_of: Enter) -> None:
    by = me("township_officer")
    person = Person.objects.filter(village_code__startswith=by.prefix, death_date=None, moved_out_date=None).first()
    assert person is not None
    form = {"fact": "supporter_able", "value": "true", "once": "an-answer"}
    before = Status.objects.count()
    twice(client_of("township_officer"), f"/desk/people/{person.pk}/answer/", form)
    assert Status.objects.count() == before + 1


def test_building_a_month_of_payments(officers: None, client_of: Enter) -> None:
    client = client_of("civil_affairs_city")
    month = f"{money.next_month():%Y-%m}"
    before = PayRun.objects.count()
    for _ in range(2):
        answer = client.post("/desk/pay/build/", {"month": month})
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/pay/{month}/")
    assert PayRun.objects.count() == before + 1


def approve_twice(client: Client) -> tuple[PayRun, list[int]]:
    run = money.actions.build(by=officer(money.BUILDER), month=money.next_month())
    form = {"digest": run.digest, "once": "an-approval"}
    return run, [client.post(f"/desk/pay/{run}/approve/", form).status_code for _ in range(2)]


def test_approving_a_month_of_payments_acts_once(officers: None, client_of: Enter) -> None:
    run, answers = approve_twice(client_of("federation_city"))
    assert answers[0] == 302
    assert run.approvals.count() == 1


def test_approving_a_month_of_payments_is_answered_alike(officers: None, client_of: Enter) -> None:
    assert approve_twice(client_of("federation_city"))[1] == [302, 302]


@pytest.mark.parametrize("way", ["commit", "roll-back"])
def test_a_list_that_is_committed_or_taken_back(officers: None, client_of: Enter, way: str) -> None:
    batch = feeds.upload(random.Random(1))
    if way == "roll-back":
        feeds.actions.commit(by=officer(feeds.SENDER), batch=batch, skip_bad=True)
    twice(client_of("civil_affairs_city"), f"/desk/feeds/batches/{batch.pk}/{way}/", {"reason": "传错了", "once": "it"})
