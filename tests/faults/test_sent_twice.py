"""A form that comes twice, by a double click or after a lost answer, acts once and is answered alike (R6)."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.browser import sheets
from tests.faults.work import feeds
from tests.faults.work import payments as money
from tests.faults.work.common import hire, officer
from tongxing.accounts.access import current_actor
from tongxing.accounts.models import SignedIn, User
from tongxing.applications.guests import guest_of
from tongxing.applications.models import Draft, GuestDraft, GuestPaper, IdentityCheck
from tongxing.casework import actions
from tongxing.casework.models import Batch, Case
from tongxing.journal.models import Entry
from tongxing.organisation.models import Division
from tongxing.outbox.models import Message
from tongxing.payments.models import Run as PayRun
from tongxing.policy.models import Run
from tongxing.policy.queries.gaps import Filter
from tongxing.proposals import actions as proposals
from tongxing.registry.models import Person, Status
from tongxing.residents.actions import account_of, send_codes
from tongxing.residents.models import Code

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


GUEST, RELIEF = "/apply/nursing_allowance/guest/", "/apply/temporary_relief/guest/"
STRANGE = "15499999901"


def shown(client: Client, name: str, address: str = GUEST) -> str:
    """What a hidden field of a page says; '' where there is none."""
    found = re.search(rf'name="{name}" value="([\w.]+)"', client.get(address).content.decode())
    return found[1] if found else ""


def both_at_once(client: Client, address: str, form: dict[str, Any]) -> None:
    """The second press leaves the browser before the first answer is there: with the cookies of before."""
    cookies = {name: each.value for name, each in client.cookies.items()}
    before = counts()
    first = client.post(address, form)
    between = counts()
    other = Client()
    for name, value in cookies.items():
        other.cookies[name] = value
    second = other.post(address, form)
    assert between != before and counts() == between
    assert (second.status_code, second["Location"]) == (302, first["Location"])


@pytest.fixture
def guest(city: Run, client_of: Enter) -> Client:
    client = client_of(None)
    client.post(GUEST, {"kept": shown(client, "kept")})
    return client


def written(guest: Client) -> Client:
    """Every question answered, the papers left for later."""
    for _ in range(30):
        if not (at := shown(guest, "at")):
            return guest
        guest.post(GUEST, {"at": at, "go": "later" if at.startswith("paper.") else "unsure"})
    raise AssertionError("it does not end")


def a_code() -> dict[str, str]:
    send_codes(now=timezone.now())
    words = Message.objects.filter(kind="code").latest("id").words
    return {"code": re.findall(r"\d{6}", words)[0]}


def test_a_visitor_who_begins(city: Run, client_of: Enter) -> None:
    client = client_of(None)
    both_at_once(client, GUEST, {"kept": shown(client, "kept")})
    assert GuestDraft.objects.count() == 1


@pytest.mark.parametrize("go", ["unsure", "keep"])
def test_what_a_visitor_answered(guest: Client, go: str) -> None:
    form, said = {"at": shown(guest, "at"), "go": go, "value": "true"}, []
    for _ in range(2):
        answer = guest.post(GUEST, form)
        kept = guest_of(guest.cookies["guest"].value, "nursing_allowance")
        assert kept is not None and answer.status_code == 302
        said.append((answer["Location"], kept.said, counts()))
    assert said[0] == said[1]


def test_a_paper_of_a_visitor(city: Run, client_of: Enter) -> None:
    client, found = client_of(None), []
    client.post(RELIEF, {"kept": shown(client, "kept", RELIEF)})
    for _ in range(2):
        paper = SimpleUploadedFile("a.png", sheets.scan()["buffer"])
        answer = client.post(RELIEF, {"at": "paper.hardship", "file": paper})
        found.append((answer.status_code, answer["Location"], counts()))
    assert found[0] == found[1] and GuestPaper.objects.count() == 1


def test_a_visitor_asks_for_a_code_to_keep_it(guest: Client) -> None:
    for _ in range(2):
        answer = guest.post(f"{GUEST}keep/", {"phone": STRANGE})
        assert answer["Location"] == f"{GUEST}code/", "pressed twice it is one asking, and none is told to wait"
        send_codes(now=timezone.now())
    assert Code.objects.count() == Message.objects.filter(kind="code", number_sealed__isnull=False).count() == 1


def test_a_visitor_keeps_it(guest: Client) -> None:
    guest.post(f"{GUEST}keep/", {"phone": STRANGE})
    twice(guest, f"{GUEST}code/", a_code())
    assert GuestDraft.objects.exclude(number=None).count() == 1


def test_a_visitor_sends_it(guest: Client) -> None:
    town = Division.objects.filter(level="township").order_by("code")[0].code
    form = {"name": "韦生人", "id_number": cast.id_number(7), "phone": STRANGE, "township": town}
    written(guest)
    for _ in range(2):
        assert guest.post(f"{GUEST}who/", form)["Location"] == f"{GUEST}code/"
    twice(guest, f"{GUEST}code/", a_code())
    assert IdentityCheck.objects.count() == 1
    between = counts()
    assert guest.post(f"{GUEST}who/", form)["Location"] == f"{GUEST}sent/" and counts() == between


def test_whoever_signs_in_takes_it_along(guest: Client, officers: None) -> None:
    written(guest)
    person = Person.objects.filter(death_date=None, moved_out_date=None, birth_date__lt=date(2000, 1, 1)).first()
    assert person is not None
    guest.force_login(account_of(person=person).user)
    twice(guest, f"{GUEST}take/", {})
    assert not GuestDraft.objects.exists() and Draft.objects.filter(person=person).count() == 1
