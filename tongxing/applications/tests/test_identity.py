"""The township looks at the ID card of somebody not known: seen or not, held or not, by whom, and twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.applications import actions
from tongxing.applications.actions import Seen
from tongxing.applications.guests import Guest, Who
from tongxing.applications.models import GuestDraft, IdentityCheck
from tongxing.applications.queries import check_for, free_slots
from tongxing.casework.models import Case
from tongxing.casework.refusal import Refused
from tongxing.documents.models import Paper
from tongxing.lib.tests.test_scans import photo
from tongxing.outbox.models import Message
from tongxing.registry.models import Household, Person, Status

pytestmark = pytest.mark.django_db
PHONE, TOWNSHIP = "15499999901", "459921100000"
CARE = {"value.needs_care": ["true"]}


@pytest.fixture
def mo() -> Actor:
    """At the window of the township."""
    cast.build_divisions()
    cast.sign_up()
    return cast.an_officer("township_officer", TOWNSHIP, 2)


def sent(
    number: int, name: str, service: str = "nursing_allowance", said: dict[str, list[str]] = CARE
) -> IdentityCheck:
    """Written by a visitor whose card has this number of the cast."""
    guest = actions.write_as_guest(guest=actions.begin_as_guest(service=service), said=said)
    return actions.send_to_check(guest=guest, who=Who(name, cast.id_number(number), PHONE, TOWNSHIP))


def test_somebody_held_gets_their_case_and_their_word(mo: Actor) -> None:
    jia = cast.new_person(5)
    check = sent(5, jia.name)
    assert check_for(mo, check.pk) == check
    case = actions.identify(by=mo, check=check, seen=Seen(cast.id_number(5)))
    assert (case.person, case.service) == (jia, "nursing_allowance")
    assert Status.objects.get(person=jia, fact="needs_care").source == "本人网上说，证件看过"
    check.refresh_from_db()
    assert (check.outcome, check.case, check.who_sealed) == ("held", case, None)
    assert not GuestDraft.objects.exists() and check_for(mo, check.pk) is None
    text = Message.objects.get(kind="identity", person=jia)
    assert case.number in text.words and text.number == PHONE
    assert jia.phone_sealed is None, "their number is not changed by it"


def test_somebody_new_gets_a_file_and_a_household(mo: Actor) -> None:
    check = sent(6, "欧阳远")
    for village in ("", cast.FAR_VILLAGE, TOWNSHIP[:9]):
        with pytest.raises(ValidationError, match="请选住在哪个村"):
            actions.identify(by=mo, check=check, seen=Seen(cast.id_number(6), village))
    assert not Person.objects.exists()
    case = actions.identify(by=mo, check=check, seen=Seen(cast.id_number(6), cast.VILLAGE))
    person = Person.objects.get()
    assert (person.name, person.birth_date, person.opened("phone")) == ("欧阳远", cast.date(1980, 1, 1), PHONE)
    assert person.opened("id_number") == cast.id_number(6) and person.initials == "OYY"
    assert Household.objects.get().village_code == cast.VILLAGE
    assert case.village_code == cast.VILLAGE
    assert IdentityCheck.objects.get().outcome == "entered"


def test_another_number_opens_nothing(mo: Actor) -> None:
    check = sent(6, "欧阳远")
    for typed in (cast.id_number(7), "12", ""):
        with pytest.raises(Refused):
            actions.identify(by=mo, check=check, seen=Seen(typed, cast.VILLAGE))
    assert not Person.objects.exists() and not Case.objects.exists()


def test_only_the_window_of_that_township_looks_and_once(mo: Actor) -> None:
    check = sent(6, "欧阳远")
    seen = Seen(cast.id_number(6), cast.VILLAGE)
    for role, place in (
        ("township_officer", "459922100000"),
        ("village_worker", cast.VILLAGE),
        ("federation_county", cast.COUNTY),
    ):
        stranger = cast.an_officer(role, place, 3)
        assert check_for(stranger, check.pk) is None
        with pytest.raises(PermissionDenied):
            actions.identify(by=stranger, check=check, seen=seen)
    actions.identify(by=mo, check=check, seen=seen)
    with pytest.raises(PermissionDenied, match="已经对过了"):
        actions.identify(by=mo, check=check, seen=seen)
    with pytest.raises(PermissionDenied):
        actions.turn_away(by=mo, check=check, reason="不是本人")
    assert Case.objects.count() == 1


def test_it_goes_to_the_township_where_the_file_is_and_nobody_says_so(mo: Actor) -> None:
    far = cast.new_person(8, cast.FAR_VILLAGE)
    check = sent(8, far.name)
    assert check.township_code == "459922100000" and check_for(mo, check.pk) is None
    assert sent(8, "另一个名字").township_code == TOWNSHIP


def test_of_somebody_protected_only_the_named_see_it(mo: Actor) -> None:
    hidden = cast.new_person(9)
    Person.objects.filter(pk=hidden.pk).update(village_code=cast.COUNTY)
    check = sent(9, hidden.name)
    assert check.township_code == cast.COUNTY and check_for(mo, check.pk) is None
    with pytest.raises(PermissionDenied):
        actions.identify(by=mo, check=check, seen=Seen(cast.id_number(9)))
    named = replace(mo, named=frozenset({hidden.pk}))
    assert check_for(named, check.pk) == check
    assert check_for(replace(mo, named=frozenset({1})), check.pk) is None
    assert actions.identify(by=named, check=check, seen=Seen(cast.id_number(9))).person == hidden


def test_turned_away_they_read_why(mo: Actor) -> None:
    check = sent(6, "欧阳远")
    with pytest.raises(Refused, match="为什么对不上"):
        actions.turn_away(by=mo, check=check, reason=" ")
    actions.turn_away(by=mo, check=check, reason="证件是别人的")
    assert "证件是别人的" in Message.objects.filter(kind="identity").latest("id").words
    assert not GuestDraft.objects.exists() and IdentityCheck.objects.get().who_sealed is None


def test_papers_become_papers_of_the_case(mo: Actor) -> None:
    guest = actions.begin_as_guest(service="temporary_relief")
    actions.attach_as_guest(guest=guest, item="hardship", content=photo())
    with pytest.raises(Refused):
        actions.attach_as_guest(guest=guest, item="hardship", content=b"<svg/>")
    check = actions.send_to_check(guest=guest, who=Who("欧阳远", cast.id_number(6), PHONE, TOWNSHIP))
    assert actions.send_to_check(guest=Guest(guest.draft, guest.token), who=Who("别人", "", "", "")) == check
    case = actions.identify(by=mo, check=check, seen=Seen(cast.id_number(6), cast.VILLAGE))
    assert Paper.objects.get().item == "hardship" and Paper.objects.get().case == case


def test_a_first_certificate_has_its_hour_or_a_visit(mo: Actor) -> None:
    first = {"kind": ["limb"], "home": ["no"], "slot": [""]}
    check, seen = sent(6, "欧阳远", "first_certificate", first), cast.id_number(6)
    with pytest.raises(Refused, match="约好一个时间"):
        actions.identify(by=mo, check=check, seen=Seen(seen, cast.VILLAGE))
    hour = free_slots(None, cast.today())[0].key
    case = actions.identify(by=mo, check=check, seen=Seen(seen, cast.VILLAGE, hour))
    assert case.application.place == hour.split(".")[0]
    check = sent(7, "欧阳近", "first_certificate", first | {"home": ["yes"]})
    assert actions.identify(by=mo, check=check, seen=Seen(cast.id_number(7), cast.VILLAGE)).application.at_home
