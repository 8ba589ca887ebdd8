"""Where to go: what everybody finds; and the provider's own page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import cast
from tongxing.accounts.models import Post, User
from tongxing.organisation.models import Spokesperson
from tongxing.provision.models import Provider

pytestmark = pytest.mark.django_db
OURS = "91350100M000100Y43"
ENTRY = {"address": "东街 1 号", "phone": "0300-2023456", "offers": ["child_rehab"], "access": ["ramp"], "free": "0"}


@pytest.fixture(autouse=True)
def listed(db: None, settings: Any) -> Provider:
    settings.DEMO = True
    cast.build_divisions()
    Provider.objects.create(name="乙托养", credit_code="2", division_code=cast.FAR_VILLAGE, offers=["day_care"], free=3)
    Provider.objects.create(name="丙暂停", credit_code="3", division_code=cast.VILLAGE, state="paused")
    return Provider.objects.create(name="甲康复", credit_code=OURS, division_code=cast.VILLAGE, offers=["child_rehab"])


@pytest.fixture
def speaker(client: Client) -> Client:
    user = User.objects.create(username="a-provider", name="小甲", password="!")
    Post.objects.create(user=user, role="provider", division_code=cast.CITY, from_date=cast.today())
    Spokesperson.objects.create(user=user, credit_code=OURS, from_date=cast.today())
    client.force_login(user)
    return client


def names(client: Client, query: str = "") -> list[str]:
    return [each["provider"].name for each in client.get(f"/places/{query}").context["found"]]


def test_a_visitor_finds_who_is_listed_by_kind(client: Client) -> None:
    assert names(client) == ["甲康复", "乙托养"]
    assert names(client, "?offer=day_care") == ["乙托养"]
    assert names(client, "?offer=assessment") == []
    assert names(client, "?offer=nothing&county=x") == ["甲康复", "乙托养"]
    assert "有没有空位，请打电话问" in client.get("/places/?offer=child_rehab").content.decode(), "unknown is not zero"


def test_what_a_provider_keeps_everybody_sees(speaker: Client, listed: Provider) -> None:
    assert speaker.post("/unit/entry/", ENTRY)["Location"] == "/unit/"
    html = Client().get("/places/?offer=child_rehab").content.decode()
    assert "现在满了" in html and "门口有坡道" in html and 'href="tel:0300-2023456"' in html
    assert speaker.get("/unit/").status_code == 200
    Provider.objects.get(name="乙托养", free=3)


def test_there_is_no_door_to_another_ones_entry(speaker: Client, listed: Provider) -> None:
    assert "乙托养" not in speaker.get("/unit/").content.decode()
    Spokesperson.objects.update(until_date=cast.today())
    assert "还没有列出来" in speaker.post("/unit/entry/", ENTRY).content.decode()
    listed.refresh_from_db()
    assert listed.address == ""
