"""Providers: listed by an officer of the area, kept by themselves and by nobody else, found by everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import CITY, COUNTY, OTHER_COUNTY, today
from tongxing.accounts.access import Actor, actor_of
from tongxing.accounts.models import Post, User
from tongxing.journal.models import Entry as Line
from tongxing.lib.credit import check_character
from tongxing.organisation.models import Spokesperson
from tongxing.provision.actions import Entry, Listing, enlist, keep_entry, pause, resume
from tongxing.provision.models import Provider
from tongxing.provision.queries import listed, own_providers

pytestmark = pytest.mark.django_db
OURS, THEIRS = (body + check_character(body) for body in ("91459900000007919", "91459900000015838"))
FULL = Entry("东街 1 号", "15499990001", ["day_care", "child_rehab"], ["ramp"], "30", "4")


def actor(role: str, division: str, code: str = "") -> Actor:
    user = User.objects.create(username=f"{role}-{division}-{code}"[:60], name=role, password="!")
    post = Post.objects.create(user=user, role=role, division_code=division, from_date=today())
    if code:
        Spokesperson.objects.create(user=user, credit_code=code, from_date=today())
    return actor_of(post)


@pytest.fixture
def xiaoli() -> Actor:
    return actor("federation_county", COUNTY)


@pytest.fixture
def ours(xiaoli: Actor) -> Provider:
    return enlist(listing=Listing("甲康复", OURS, COUNTY), by=xiaoli)


def lines() -> list[str]:
    return list(Line.objects.filter(verb__startswith="provision.").order_by("number").values_list("verb", flat=True))


def test_a_provider_is_listed_once_by_an_officer_of_the_area(xiaoli: Actor, ours: Provider) -> None:
    assert enlist(listing=Listing("甲康复", OURS.lower(), COUNTY), by=xiaoli) == ours
    assert (ours.state, ours.places, ours.free, ours.free_date) == ("listed", None, None, None), "nothing is guessed"
    assert lines() == ["provision.listed"]


def test_no_stranger_lists_and_nobody_outside_the_area(xiaoli: Actor, ours: Provider) -> None:
    strangers = [None, actor("provider", CITY, OURS), actor("civil_affairs_city", CITY)]
    for by in strangers:
        with pytest.raises(PermissionDenied):
            enlist(listing=Listing("乙托养", THEIRS, COUNTY), by=by)
    with pytest.raises(PermissionDenied):
        enlist(listing=Listing("乙托养", THEIRS, OTHER_COUNTY), by=xiaoli)
    with pytest.raises(PermissionDenied):
        enlist(listing=Listing("甲康复", OURS, OTHER_COUNTY), by=actor("federation_county", OTHER_COUNTY))
    assert [each.name for each in Provider.objects.all()] == ["甲康复"]


@pytest.mark.parametrize("name, code, words", [("", OURS, "名字"), ("甲", "123", "18 位")])
def test_what_cannot_be_is_said(xiaoli: Actor, name: str, code: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        enlist(listing=Listing(name, code, COUNTY), by=xiaoli)


def test_it_keeps_its_own_entry_with_the_day_and_doing_it_twice_changes_nothing(ours: Provider) -> None:
    by = actor("provider", CITY, OURS)
    for _ in range(2):
        kept = keep_entry(provider=ours, entry=FULL, by=by)
    assert (kept.offers, kept.access, kept.places, kept.free) == (["child_rehab", "day_care"], ["ramp"], 30, 4)
    assert kept.free_date == today()
    assert lines() == ["provision.listed", "provision.kept"]
    Provider.objects.update(free_date=today() - timedelta(days=9))
    assert keep_entry(provider=ours, entry=FULL, by=by).free_date == today(), "said again, it is of today"
    kept = keep_entry(provider=ours, entry=replace(FULL, free="", places=""), by=by)
    assert (kept.places, kept.free, kept.free_date) == (None, None, None)


def test_nobody_keeps_the_entry_of_another(ours: Provider) -> None:
    others = [
        None,
        actor("provider", CITY, THEIRS),
        actor("provider", CITY),
        actor("federation_county", OTHER_COUNTY),
        actor("planner", CITY),
    ]
    for by in others:
        with pytest.raises(PermissionDenied):
            keep_entry(provider=ours, entry=FULL, by=by)
        assert not own_providers(by).exists()
    assert lines() == ["provision.listed"]


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"address": "  "}, "address"),
        ({"address": "东" * 121}, "address"),
        ({"phone": "打这个"}, "phone"),
        ({"offers": []}, "offers"),
        ({"offers": ["magic"]}, "offers"),
        ({"places": "很多"}, "places"),
        ({"places": "-1"}, "places"),
        ({"free": "5001"}, "free"),
        ({"free": "31"}, "free"),
    ],
)
def test_each_mistake_is_said_at_its_field_and_nothing_is_kept(
    ours: Provider, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        keep_entry(provider=ours, entry=replace(FULL, **wrong), by=actor("provider", CITY, OURS))
    assert list(refused.value.message_dict) == [field]
    assert "请" in refused.value.messages[0]
    assert Provider.objects.get().address == ""


def test_everybody_finds_what_is_listed_by_kind_and_place(xiaoli: Actor, ours: Provider) -> None:
    keep_entry(provider=ours, entry=FULL, by=xiaoli)
    enlist(listing=Listing("丙", THEIRS, OTHER_COUNTY), by=actor("federation_city", CITY))
    assert [each.name for each in listed()] == ["甲康复", "丙"]
    assert [each.name for each in listed(offer="child_rehab")] == ["甲康复"]
    assert [each.name for each in listed(division_code=OTHER_COUNTY)] == ["丙"]
    assert listed(offer="assessment") == []


def test_who_is_paused_is_found_by_nobody_and_loses_nothing(xiaoli: Actor, ours: Provider) -> None:
    keep_entry(provider=ours, entry=FULL, by=xiaoli)
    for _ in range(2):
        pause(provider=ours, by=xiaoli)
    assert listed() == []
    with pytest.raises(PermissionDenied):
        resume(provider=ours, by=actor("provider", CITY, OURS))
    assert resume(provider=ours, by=xiaoli).free == 4
    assert lines()[-2:] == ["provision.paused", "provision.resumed"]
