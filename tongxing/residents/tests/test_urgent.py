"""S8: one file, an hour, a reason; the person is told, somebody else looks again, and late shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from tests import cast
from tongxing.accounts.access import Actor, actor_of
from tongxing.accounts.models import Post, User
from tongxing.journal.models import Entry
from tongxing.outbox.models import Message
from tongxing.registry.models import Person
from tongxing.residents import actions, urgent
from tongxing.residents.models import UrgentLook

pytestmark = pytest.mark.django_db
REASON = "在我这里走失，要联系家里人"


@pytest.fixture
def far() -> Iterator[Person]:
    """Somebody of the other county."""
    cast.build_divisions()
    yield cast.new_person(1, cast.FAR_VILLAGE)


def officer(name: str, role: str = "federation_county", division: str = cast.COUNTY) -> Actor:
    user, _ = User.objects.get_or_create(username=name, defaults={"name": name})
    return actor_of(Post.objects.create(user=user, role=role, division_code=division, from_date=cast.today()))


def opened(by: Actor, person: Person, reason: str = REASON) -> UrgentLook:
    return actions.open_file(by=by, number=person.opened("id_number") or "", name=person.name, reason=reason)


def ago(look: UrgentLook, **time: int) -> UrgentLook:
    UrgentLook.objects.filter(pk=look.pk).update(until_at=look.until_at - timedelta(**time))
    look.refresh_from_db()
    return look


def test_one_file_for_an_hour_and_the_person_hears_of_it(far: Person) -> None:
    xiaoli = officer("小黎")
    look = opened(xiaoli, far)
    assert look.until_at - look.opened_at == timedelta(minutes=60)
    assert actions.look_again(by=xiaoli, look=look) == far
    verbs = list(Entry.objects.filter(subject=f"person:{far.pk}").values_list("verb", flat=True))
    assert verbs == ["urgent.opened", "urgent.looked"]
    message = Message.objects.get()
    assert (message.person, message.kind) == (far, "urgent_look") and "小黎" not in message.words
    with pytest.raises(PermissionDenied, match="一小时"):
        actions.look_again(by=xiaoli, look=ago(look, minutes=60))


def test_nobody_else_sees_the_file_not_even_who_reviews(far: Person) -> None:
    look = opened(officer("小黎"), far)
    for other in (officer("小陈"), officer("梁主任", "federation_city", cast.CITY)):
        with pytest.raises(PermissionDenied):
            actions.look_again(by=other, look=look)


def test_opened_again_within_the_hour_it_is_one_look_and_one_message(far: Person) -> None:
    xiaoli = officer("小黎")
    assert opened(xiaoli, far) == opened(xiaoli, far)
    assert (UrgentLook.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "wrong", [{"name": "别的名字"}, {"number": "459902199001010026"}, {"number": "45"}, {"reason": "急"}]
)
def test_number_name_and_reason_must_all_be_there(far: Person, wrong: dict[str, str]) -> None:
    said = {"number": far.opened("id_number") or "", "name": far.name, "reason": REASON} | wrong
    with pytest.raises(ValidationError):
        actions.open_file(by=officer("小黎"), **said)
    assert not UrgentLook.objects.exists() and not Message.objects.exists()


def test_whoever_is_in_scope_is_found_in_the_usual_way(far: Person) -> None:
    with pytest.raises(ValidationError, match="找人"):
        opened(officer("乙县", division=cast.OTHER_COUNTY), far)


def test_roles_that_see_nobody_open_nothing(far: Person) -> None:
    for role in ("planner", "audit_admin", "system_admin"):
        with pytest.raises(PermissionDenied):
            opened(officer(role, role, cast.CITY), far)


def test_five_a_day(far: Person) -> None:
    xiaoli = officer("小黎")
    for number in range(2, 7):
        opened(xiaoli, cast.new_person(number, cast.FAR_VILLAGE))
    with pytest.raises(ValidationError, match="一天最多"):
        opened(xiaoli, far)


def test_somebody_else_of_the_department_reviews_once(far: Person) -> None:
    xiaoli, city = officer("小黎"), officer("梁主任", "federation_city", cast.CITY)
    look = opened(xiaoli, far)
    strangers = [officer("民政", "civil_affairs_county"), officer("乙县", division=cast.OTHER_COUNTY), xiaoli]
    for other in [*strangers, officer("小黎", "federation_city", cast.CITY)]:
        with pytest.raises(PermissionDenied):
            actions.review(by=other, look=look, is_right=True, words="")
    with pytest.raises(ValidationError, match="写一句"):
        actions.review(by=city, look=look, is_right=False, words=" ")
    assert actions.review(by=city, look=look, is_right=False, words="可以先打电话").is_right is False
    with pytest.raises(ValidationError, match="梁主任"):
        actions.review(by=city, look=look, is_right=True, words="")


def test_two_working_days_and_then_it_is_late(far: Person) -> None:
    look, city = opened(officer("小黎"), far), officer("梁主任", "federation_city", cast.CITY)
    assert look.due_date >= cast.today() + timedelta(days=2)
    assert (urgent.late(city, look.due_date), urgent.late(city, look.due_date + timedelta(days=1))) == (0, 1)
    actions.review(by=city, look=look, is_right=True, words="")
    assert urgent.late(city, look.due_date + timedelta(days=1)) == 0


def test_the_pages_show_the_file_to_the_opener_and_red_to_the_reviewer(far: Person) -> None:
    opener, reviewer = Client(), Client()
    for client, actor in ((opener, officer("小黎")), (reviewer, officer("小陈"))):
        client.force_login(User.objects.get(pk=actor.user_id))
    form = {"number": far.opened("id_number"), "name": far.name, "reason": REASON}
    address = opener.post("/desk/urgent/open/", form)["Location"]
    assert far.name in opener.get(address).content.decode()
    assert far.name not in reviewer.get(address).content.decode()
    UrgentLook.objects.update(due_date=cast.today() - timedelta(days=1), until_at=timezone.now())
    assert far.name not in opener.get(address).content.decode()
    assert "1 次过期了" in reviewer.get("/desk/").content.decode()
    assert reviewer.post(f"{address}review/", {"what": "right"}).status_code == 302
    assert "急用查看：" not in reviewer.get("/desk/").content.decode()
