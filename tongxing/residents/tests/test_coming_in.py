"""S17, S19, S28: codes, links, for whom one acts, and what ends by the clock."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import cast
from tongxing.accounts.actions import sessions
from tongxing.accounts.actions.sessions import Device
from tongxing.accounts.models import SignedIn, User
from tongxing.outbox.models import Message
from tongxing.registry.keys import ring
from tongxing.registry.models import Guardian, Person
from tongxing.registry.queries import person_for
from tongxing.residents import actions
from tongxing.residents.access import assisting_actor, linked_actor, resident_actor
from tongxing.residents.models import Code, Consent
from tongxing.residents.queries import open_link, requests_for

pytestmark = pytest.mark.django_db
PHONE, NOBODYS = "15400000001", "15400000002"


@pytest.fixture
def qin() -> Person:
    person = cast.new_person(1)
    person.phone_sealed = ring().seal(PHONE, place=f"person.phone.{person.pk}")
    person.phone_index = ring().blind_index("phone", PHONE)
    person.save()
    return person


def code_sent() -> str:
    actions.send_codes(now=timezone.now())
    found = re.search(r"\d{6}", Message.objects.latest("id").words)
    assert found
    return found[0]


def test_a_code_opens_once_in_its_own_browser(qin: Person) -> None:
    actions.ask_for_code(phone="+86 154-0000-0001", browser="hers")
    code, now = code_sent(), timezone.now()
    assert actions.prove(browser="another", typed=code, now=now) == []
    assert actions.prove(browser="hers", typed="０００", now=now) == []
    assert actions.prove(browser="hers", typed=f" {code[:3]} {code[3:]}", now=now) == [qin]
    assert actions.prove(browser="hers", typed=code, now=now) == []


def test_a_code_is_good_for_ten_minutes_and_five_tries(qin: Person) -> None:
    actions.ask_for_code(phone=PHONE, browser="hers")
    code, now = code_sent(), timezone.now()
    assert actions.prove(browser="hers", typed=code, now=now + timedelta(minutes=10, seconds=1)) == []
    for _ in range(5):
        assert actions.prove(browser="hers", typed="000000" if code != "000000" else "1", now=now) == []
    assert actions.prove(browser="hers", typed=code, now=now) == []


def test_a_second_code_ends_the_first(qin: Person) -> None:
    actions.ask_for_code(phone=PHONE, browser="hers")
    first = code_sent()
    actions.ask_for_code(phone=PHONE, browser="hers")
    second = code_sent()
    if first != second:
        assert actions.prove(browser="hers", typed=first, now=timezone.now()) == []
    assert actions.prove(browser="hers", typed=second, now=timezone.now()) == [qin]


def test_for_nobodys_number_there_is_a_row_and_no_text(qin: Person) -> None:
    actions.ask_for_code(phone=NOBODYS, browser="theirs")
    assert Code.objects.count() == 1
    assert actions.send_codes(now=timezone.now()) == 0 and not Message.objects.exists()
    plain = ring().open(bytes(Code.objects.get().code_sealed), place=f"code.{Code.objects.get().browser}")
    assert actions.prove(browser="theirs", typed=plain, now=timezone.now()) == [], "even the right one opens nobody"


def test_what_is_no_number_is_said_with_how_to_write_it() -> None:
    with pytest.raises(ValidationError, match="11 位"):
        actions.ask_for_code(phone="138", browser="hers")


def test_a_link_is_for_one_answer_of_its_own(qin: Person) -> None:
    token, other = actions.give_links(subjects=[(qin, "case:1"), (qin, "case:2")])
    now = timezone.now()
    link = open_link(token, now)
    assert link is not None and link.subject == "case:1" and token not in link.token
    assert actions.use_link(by=linked_actor(qin, 0), link=link)
    assert not actions.use_link(by=linked_actor(qin, 0), link=link) and open_link(token, now) is None
    assert open_link(other, now) is not None and open_link(other, now + timedelta(days=31)) is None
    assert open_link("made-up", now) is None


def test_a_resident_sees_one_person(qin: Person) -> None:
    neighbour = cast.new_person(2)
    actor = resident_actor(actions.account_of(person=qin).user, qin, cast.today())
    assert person_for(actor, qin.pk) == qin and person_for(actor, neighbour.pk) is None
    assert actions.account_of(person=qin) == actions.account_of(person=qin)


def test_a_mother_acts_until_the_birthday(qin: Person) -> None:
    child, today = cast.new_person(2), cast.today()
    child.birth_date = today.replace(year=today.year - 18, day=1)
    child.save()
    born = child.birth_date
    Guardian.objects.create(ward=child, guardian=qin, kind="parent", proof="户口簿", from_date=born)
    user = actions.account_of(person=qin).user
    eve, birthday = born.replace(year=born.year + 18) - timedelta(days=1), born.replace(year=born.year + 18)
    assert resident_actor(user, qin, eve, child.pk).own == {child.pk}
    assert resident_actor(user, qin, birthday, child.pk).own == {qin.pk}
    assert resident_actor(user, qin, eve, cast.new_person(3).pk).own == {qin.pk}, "a stranger's child"


def test_an_adult_has_a_guardian_only_by_a_registration_as_an_adult(qin: Person) -> None:
    adult, user = cast.new_person(2), actions.account_of(person=qin).user
    row = Guardian.objects.create(
        ward=adult, guardian=qin, kind="relative", proof="监护协议", from_date=cast.today() - timedelta(days=9)
    )
    assert resident_actor(user, qin, cast.today(), adult.pk).role == "guardian"
    row.until_date = cast.today()
    row.save()
    assert resident_actor(user, qin, cast.today(), adult.pk).role == "resident"


def test_a_helper_sits_beside_the_person_for_half_an_hour(qin: Person) -> None:
    worker, now = cast.an_officer("village_worker", cast.VILLAGE, 1), timezone.now()
    sitting = actions.sit_down(by=worker, person=qin, channel=Consent.Channel.SPOKEN)
    helping = assisting_actor(worker, sitting, now)
    assert helping is not None and helping.own == {qin.pk} and "代办" in helping.label and helping.user_id == 1
    assert assisting_actor(worker, sitting, now + timedelta(minutes=31)) is None
    assert assisting_actor(cast.an_officer("village_worker", cast.VILLAGE, 2), sitting, now) is None
    assert Consent.objects.get(person=qin).helper_label == worker.label
    actions.end_assisting(by=helping, sitting=sitting)
    assert assisting_actor(worker, sitting, now) is None


@pytest.mark.parametrize(("role", "place"), [("federation_county", cast.COUNTY), ("village_worker", cast.FAR_VILLAGE)])
def test_who_decides_and_who_is_elsewhere_cannot_help(qin: Person, role: str, place: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.sit_down(by=cast.an_officer(role, place, 5), person=qin, channel=Consent.Channel.SPOKEN)
    assert not Consent.objects.exists()


def test_a_consent_is_taken_back_as_easily_as_given(qin: Person) -> None:
    actor = resident_actor(actions.account_of(person=qin).user, qin, cast.today())
    given = actions.agree_to(by=actor, person=qin, kind="helped", channel=Consent.Channel.PAGE)
    assert given == actions.agree_to(by=actor, person=qin, kind="helped", channel=Consent.Channel.PAGE)
    first = actions.withdraw(by=actor, consent=given).withdrawn_at
    assert first and actions.withdraw(by=actor, consent=given).withdrawn_at == first
    with pytest.raises(PermissionDenied):
        actions.withdraw(by=linked_actor(cast.new_person(2), 9), consent=given)


def test_a_wrong_fact_goes_to_the_department_that_keeps_it(qin: Person) -> None:
    actor = resident_actor(actions.account_of(person=qin).user, qin, cast.today())
    made = actions.ask_office(by=actor, person=qin, kind="correct", words="我家去年就不吃了", fact="dibao")
    assert made == actions.ask_office(by=actor, person=qin, kind="correct", words="再说一次", fact="dibao")
    zhou, su = (
        cast.an_officer("civil_affairs_county", cast.COUNTY, 3),
        cast.an_officer("medical_insurance_county", cast.COUNTY, 7),
    )
    assert list(requests_for(zhou)) == [made] and not requests_for(su).exists()
    with pytest.raises(PermissionDenied):
        actions.answer_request(by=su, request=made, words="不归我")
    with pytest.raises(ValidationError):
        actions.answer_request(by=zhou, request=made, words=" ")
    actions.answer_request(by=zhou, request=made, words="查了，已改。")
    with pytest.raises(PermissionDenied):
        actions.answer_request(by=zhou, request=made, words="再答一次")
    with pytest.raises(PermissionDenied):
        actions.ask_office(by=zhou, person=qin, kind="correct", words="我替她提", fact="dibao")


def test_residents_rest_longer_than_officers_but_not_for_ever(qin: Person) -> None:
    user: User = actions.account_of(person=qin).user
    now = timezone.now()
    resting = [("desk", 14, True), ("desk", 16, False), ("portal", 29, True), ("portal", 31, False)]
    for face, minutes, lives in resting:
        device = sessions.begin(user=user, how=SignedIn.How.SMS, device=Device("手机", ""), face=face)
        assert sessions.go_on(signed_in=device, now=now + timedelta(minutes=minutes)) is lives, (face, minutes)
    device = sessions.begin(user=user, how=SignedIn.How.SMS, device=Device("手机", ""), face="portal")
    device.seen_at = now + timedelta(hours=12)  # in use all day
    assert not sessions.go_on(signed_in=device, now=timezone.now() + timedelta(hours=12))
