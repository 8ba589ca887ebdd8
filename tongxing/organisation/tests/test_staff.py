"""D19, S7: who may add, appoint, end, disable, reset and deputise; and who may not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.cast import CITY, COUNTY, OTHER_COUNTY, VILLAGE, today
from tongxing.accounts.access import Actor, actor_of, current_actor, current_posts
from tongxing.accounts.actions import factors, sessions
from tongxing.accounts.models import Post, User
from tongxing.accounts.queries import has_factor
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.journal.models import Entry
from tongxing.organisation.actions import staff
from tongxing.organisation.actions.staff import Place
from tongxing.organisation.staff import ADMINISTRATORS, givable, users_for

pytestmark = pytest.mark.django_db
WORKER, TOWNSHIP = Place("village_worker", VILLAGE), Place("township_officer", "459921100000")
COLLEAGUE = Place("federation_county", COUNTY)


def holder(username: str, place: Place) -> User:
    user = User.objects.create(username=username, name=username, password="!")
    Post.objects.create(user=user, role=place.role, division_code=place.division_code, from_date=today())
    return user


def as_actor(user: User) -> Actor:
    return actor_of(Post.objects.get(user=user))


@pytest.fixture
def xiaoli() -> Actor:
    """Manages users of her county."""
    return as_actor(holder("xiaoli", COLLEAGUE))


@pytest.fixture
def security() -> Actor:
    return as_actor(holder("security", Place("security_admin", CITY)))


def device(user: User) -> None:
    sessions.begin(user=user, how="totp", device=sessions.Device("一台电脑", "10.0.0.1"))


def open_devices(user: User) -> int:
    return user.signed_in.filter(ended_at=None).count()


def test_the_pack_has_the_three_administrators_and_none_sees_residents() -> None:
    roles = pack(settings.PACK).roles
    people = {Right.FIND_PEOPLE, Right.SEE_PERSON, Right.SEE_LISTS, Right.UNMASK, Right.EXPORT_LISTS}
    assert {name for name in ADMINISTRATORS if name in roles} == ADMINISTRATORS
    assert [name for name in ADMINISTRATORS if people & set(roles[name].rights)] == []
    managers = {name for name in ADMINISTRATORS if Right.MANAGE_LOCAL_USERS in roles[name].rights}
    assert managers == {"security_admin"}


def test_a_county_adds_a_village_worker_who_must_choose_a_password(xiaoli: Actor) -> None:
    admitted = staff.add(username="ahua", name="阿华", place=WORKER, by=xiaoli)
    assert admitted.user.must_change
    assert admitted.user.check_password(admitted.first_password)
    assert current_actor(admitted.user, today()).role == "village_worker"  # type: ignore[union-attr]
    entry = Entry.objects.get(verb="organisation.appointed")
    assert (entry.actor_id, entry.subject) == (xiaoli.user_id, f"user:{admitted.user.pk}")
    assert "阿华" not in str(entry.detail)


@pytest.mark.parametrize(
    "place",
    [
        Place("village_worker", "459922100201"),
        Place("federation_county", OTHER_COUNTY),
        Place("federation_city", CITY),
        Place("federation_city", COUNTY),
        Place("civil_affairs_county", COUNTY),
        Place("planner", COUNTY),
        Place("village_worker", COUNTY),
        Place("system_admin", COUNTY),
        Place("audit_admin", COUNTY),
        Place("no_such_role", COUNTY),
    ],
    ids=str,
)
def test_a_county_gives_no_post_elsewhere_above_of_others_or_of_an_administrator(xiaoli: Actor, place: Place) -> None:
    with pytest.raises(PermissionDenied):
        staff.add(username="ahua", name="阿华", place=place, by=xiaoli)
    assert not User.objects.filter(username="ahua").exists()


def test_nobody_gives_a_right_that_they_lack(xiaoli: Actor) -> None:
    assert givable(xiaoli)
    assert all(xiaoli.rights.issuperset(role.rights) for role in givable(xiaoli))


def test_a_stranger_and_a_visitor_manage_nobody(xiaoli: Actor) -> None:
    worker = as_actor(holder("worker", WORKER))
    for by in (worker, None):
        with pytest.raises(PermissionDenied):
            staff.add(username="ahua", name="阿华", place=WORKER, by=by)


def test_the_security_administrator_gives_posts_all_over_the_city_but_makes_no_administrator(security: Actor) -> None:
    staff.add(username="ahua", name="阿华", place=Place("civil_affairs_county", OTHER_COUNTY), by=security)
    for role in ADMINISTRATORS:
        with pytest.raises(PermissionDenied):
            staff.add(username=f"new-{role[:3]}", name="某", place=Place(role, CITY), by=security)


def test_nobody_manages_themselves(xiaoli: Actor) -> None:
    me = User.objects.get(pk=xiaoli.user_id)
    for act in (
        lambda: staff.appoint(user=me, place=TOWNSHIP, by=xiaoli),
        lambda: staff.disable(user=me, by=xiaoli),
        lambda: staff.reset(user=me, by=xiaoli),
        lambda: staff.end_post(post=me.posts.get(), by=xiaoli),
    ):
        with pytest.raises(PermissionDenied, match="自己的账号"):
            act()


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_an_administrator_is_managed_by_nobody_and_gets_no_second_post(security: Actor, role: str) -> None:
    admin = holder(f"other-{role}", Place(role, CITY))
    for act in (
        lambda: staff.appoint(user=admin, place=COLLEAGUE, by=security),
        lambda: staff.disable(user=admin, by=security),
        lambda: staff.reset(user=admin, by=security),
    ):
        with pytest.raises(PermissionDenied, match="三个管理员"):
            act()


def test_who_has_a_post_outside_is_not_the_countys_to_disable(xiaoli: Actor) -> None:
    both = holder("both", WORKER)
    Post.objects.create(user=both, role="village_worker", division_code="459922100201", from_date=today())
    with pytest.raises(PermissionDenied):
        staff.disable(user=both, by=xiaoli)


def test_the_same_post_is_not_given_twice(xiaoli: Actor) -> None:
    user = holder("worker", WORKER)
    with pytest.raises(ValidationError, match="已经在这个岗位"):
        staff.appoint(user=user, place=WORKER, by=xiaoli)
    staff.appoint(user=user, place=TOWNSHIP, by=xiaoli)
    assert len(current_posts(user, today())) == 2


@pytest.mark.parametrize(("username", "name"), [("Ahua", "华"), ("1a", "华"), ("xiaoli", "华"), ("ahua", " ")])
def test_a_bad_or_taken_name_is_refused_in_words(xiaoli: Actor, username: str, name: str) -> None:
    with pytest.raises(ValidationError):
        staff.add(username=username, name=name, place=WORKER, by=xiaoli)


def test_ending_a_post_ends_sessions_and_deputies(xiaoli: Actor) -> None:
    absent, deputy = holder("absent", COLLEAGUE), holder("deputy", TOWNSHIP)
    post = absent.posts.get()
    stand_in = staff.deputise(post=post, deputy=deputy, from_date=today(), until_date=next_week(), by=xiaoli)
    device(absent)
    device(deputy)
    staff.end_post(post=post, by=xiaoli)
    stand_in.refresh_from_db()
    assert stand_in.until_date == today()
    assert current_actor(absent, today()) is None
    assert (open_devices(absent), open_devices(deputy)) == (0, 0)


def test_disabling_ends_sessions_and_enabling_opens_none(xiaoli: Actor) -> None:
    user = holder("worker", WORKER)
    device(user)
    staff.disable(user=user, by=xiaoli)
    assert (user.is_active, open_devices(user)) == (False, 0)
    staff.enable(user=user, by=xiaoli)
    assert (user.is_active, open_devices(user)) == (True, 0)


def test_a_reset_takes_password_phone_and_sessions(xiaoli: Actor) -> None:
    user = holder("worker", WORKER)
    factors.new_codes(user=user)
    factors.TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    device(user)
    admitted = staff.reset(user=user, by=xiaoli)
    user.refresh_from_db()
    assert (has_factor(user), user.must_change, open_devices(user)) == (False, True, 0)
    assert user.check_password(admitted.first_password)


def next_week() -> date:
    return timezone.localdate() + timedelta(days=7)


def test_a_deputy_acts_with_both_names_in_the_post_of_the_absent(xiaoli: Actor) -> None:
    absent, deputy = holder("absent", COLLEAGUE), holder("deputy", TOWNSHIP)
    stand_in = staff.deputise(
        post=absent.posts.get(), deputy=deputy, from_date=today(), until_date=next_week(), by=xiaoli
    )
    own = current_actor(deputy, today())
    acting = current_actor(deputy, today(), stand_in.pk)
    assert own is not None and own.role == "township_officer"
    assert acting is not None
    assert (acting.role, acting.division_code, acting.user_id) == ("federation_county", COUNTY, deputy.pk)
    assert acting.label.startswith("deputy（代absent）")


def test_a_deputy_manages_no_users(xiaoli: Actor) -> None:
    absent, deputy = holder("absent", COLLEAGUE), holder("deputy", TOWNSHIP)
    staff.deputise(post=absent.posts.get(), deputy=deputy, from_date=today(), until_date=next_week(), by=xiaoli)
    acting = actor_of(deputy.posts.exclude(deputy_of=None).get())
    assert Right.DECIDE_CASE in acting.rights
    assert Right.MANAGE_LOCAL_USERS not in acting.rights


def test_a_deputy_stops_on_the_last_day_and_when_the_absent_loses_the_post(xiaoli: Actor) -> None:
    absent, deputy = holder("absent", COLLEAGUE), holder("deputy", TOWNSHIP)
    post = absent.posts.get()
    staff.deputise(post=post, deputy=deputy, from_date=today(), until_date=next_week(), by=xiaoli)
    assert len(current_posts(deputy, next_week() - timedelta(days=1))) == 2
    assert len(current_posts(deputy, next_week())) == 1
    Post.objects.filter(pk=post.pk).update(until_date=today())
    assert len(current_posts(deputy, today())) == 1


@pytest.mark.parametrize(("begin", "end"), [(-1, 5), (0, 0), (5, 4), (0, 185)])
def test_an_absence_has_a_sound_beginning_and_end(xiaoli: Actor, begin: int, end: int) -> None:
    absent, deputy = holder("absent", COLLEAGUE), holder("deputy", TOWNSHIP)
    days = (today() + timedelta(days=begin), today() + timedelta(days=end))
    with pytest.raises(ValidationError):
        staff.deputise(post=absent.posts.get(), deputy=deputy, from_date=days[0], until_date=days[1], by=xiaoli)


def test_no_deputy_from_outside_no_oneself_no_deputy_of_a_deputy(xiaoli: Actor) -> None:
    absent, deputy = holder("absent", COLLEAGUE), holder("deputy", TOWNSHIP)
    stranger = holder("stranger", Place("federation_county", OTHER_COUNTY))
    days = {"from_date": today(), "until_date": next_week(), "by": xiaoli}
    with pytest.raises(PermissionDenied):
        staff.deputise(post=absent.posts.get(), deputy=stranger, **days)
    with pytest.raises(ValidationError):
        staff.deputise(post=absent.posts.get(), deputy=absent, **days)
    stand_in = staff.deputise(post=absent.posts.get(), deputy=deputy, **days)
    with pytest.raises(ValidationError):
        staff.deputise(post=stand_in, deputy=holder("third", WORKER), **days)


def test_a_manager_sees_the_users_of_the_area_only(xiaoli: Actor, security: Actor) -> None:
    holder("worker", WORKER)
    holder("stranger", Place("village_worker", "459922100201"))
    User.objects.create(username="nowhere", name="nowhere", password="!")
    assert {user.username for user in users_for(xiaoli)} == {"xiaoli", "worker"}
    assert {user.username for user in users_for(security)} == {"xiaoli", "security", "worker", "stranger", "nowhere"}


def test_the_machine_appoints_each_administrator_once_and_replaces_on_purpose() -> None:
    place = Place("audit_admin", CITY)
    first = staff.install_administrator(username="audit1", name="岑", place=place)
    with pytest.raises(ValidationError, match="已经有人"):
        staff.install_administrator(username="audit2", name="岑", place=place)
    with pytest.raises(ValidationError, match="有人用了"):
        staff.install_administrator(username="audit1", name="岑", place=Place("system_admin", CITY))
    staff.install_administrator(username="audit2", name="韦", place=place, is_replacing=True)
    assert current_actor(first.user, today()) is None
    with pytest.raises(ValidationError, match="只设三个"):
        staff.install_administrator(username="boss", name="某", place=COLLEAGUE)
