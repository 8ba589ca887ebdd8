"""The page of an employer: its own figures, what they mean, and nothing of anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tongxing.accounts.models import Post, User
from tongxing.lib.credit import check_character
from tongxing.organisation.models import Correction, Employer, Spokesperson

pytestmark = pytest.mark.django_db
OURS, THEIRS = (body + check_character(body) for body in ("91459900000007919", "91459900000015838"))
FACTS = {
    "staff": 128,
    "disabled_staff": 3,
    "double_counted": 1,
    "contracts_ok": True,
    "wages_ok": True,
    "insured_ok": True,
    "new_hires": 0,
    "supported_places": 0,
    "average_wage": 5_460_000,
    "receives_employer_si_subsidy": True,
}


@pytest.fixture(autouse=True)
def two_employers(db: None) -> None:
    cast.build_divisions()
    Employer.objects.create(name="乙超市", credit_code=THEIRS, division_code=cast.VILLAGE, facts={"staff": 77})


def hotel(**facts: Any) -> Employer:
    return Employer.objects.create(name="甲酒店", credit_code=OURS, division_code=cast.VILLAGE, facts=FACTS | facts)


def signed_in(role: str, code: str = "") -> Client:
    user = User.objects.create(username=f"a-{role}", name="小甲", password="!")
    Post.objects.create(user=user, role=role, division_code=cast.CITY, from_date=cast.today())
    if code:
        Spokesperson.objects.create(user=user, credit_code=code, from_date=cast.today())
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def door(settings: Any) -> None:
    settings.DEMO = True  # a session without a device came through the door


def page(client: Client) -> str:
    return client.get("/unit/").content.decode()


def test_ones_own_figures_and_nobody_elses(door: None) -> None:
    hotel()
    html = page(signed_in("employer", OURS))
    assert "<h1>甲酒店</h1>" in html and "128" in html
    assert "乙超市" not in html and "77" not in html


def test_each_policy_stands_where_the_rule_puts_it(door: None) -> None:
    hotel()
    context = signed_in("employer", OURS).get("/unit/").context
    stands = {state: [card["policy"].id for card in context[state]] for state in ("have", "likely", "ask", "no")}
    assert stands == {
        "have": ["employer_si_subsidy"],
        "likely": ["over_quota_reward"],
        "ask": ["public_post_subsidy"],
        "no": ["levy_relief", "post_subsidy", "supported_work_subsidy"],
    }
    reward, asked = context["likely"][0], context["ask"][0]
    assert (reward["amount"], reward["illustrative"]) == ("每年 10,400 元", True)
    assert [fact.name for fact, _ in asked["missing"]] == ["public_posts"]


@pytest.mark.parametrize(
    "facts, words",
    [
        ({}, "比规定多 2.08 人"),
        ({"staff": 400}, "还差 2 人"),
        ({"staff": 200, "double_counted": 0}, "正好够"),
        ({"staff": None}, "差：上年职工人数"),
    ],
)
def test_the_quota_in_one_line(door: None, facts: dict[str, Any], words: str) -> None:
    hotel(**facts)
    assert words in page(signed_in("employer", OURS))


def test_what_is_received_although_the_rule_says_no_is_said(door: None) -> None:
    hotel(insured_ok=False)
    assert "条件变了：社保都交了" in page(signed_in("employer", OURS))


def test_whoever_speaks_for_nobody_yet_is_told_what_to_do(door: None) -> None:
    hotel()
    html = page(signed_in("employer"))
    assert "还没有对上单位" in html and "甲酒店" not in html


def test_no_officer_opens_it_and_no_employer_the_desk(door: None) -> None:
    assert signed_in("federation_county").get("/unit/").status_code == 403
    client = signed_in("employer", OURS)
    assert client.get("/desk/policies/").status_code == 403
    assert client.get(reverse("desk:home"))["Location"] == "/unit/"


def test_a_wrong_figure_goes_on_and_its_answer_comes_back(door: None) -> None:
    hotel()
    client = signed_in("employer", OURS)
    assert "现在记着：<b>128</b>" in client.get("/unit/correct/staff/").content.decode()
    assert client.post("/unit/correct/staff/", {"words": "是 130"})["Location"] == "/unit/"
    assert "我们说：“是 130”" in page(client) and "在核实" in page(client)
    officer = signed_in("federation_city")
    assert "/desk/requests/units/" in officer.get("/desk/requests/").content.decode()
    assert "甲酒店：上年职工人数不对" in officer.get("/desk/requests/units/").content.decode()
    path = f"/desk/requests/units/{Correction.objects.get().pk}/answer/"
    refused = officer.post(path, {"words": ""})
    assert refused.status_code == 422 and "请写一句答复" in refused.content.decode()
    assert officer.post(path, {"words": "税务说是 130，改了"}).status_code == 302
    assert officer.post(path, {"words": "再答"}).status_code == 404
    assert "答复：税务说是 130，改了" in page(client)


@pytest.mark.parametrize("fact", ["dibao", "nothing", "receives_levy_relief"])
def test_only_a_figure_of_ones_own_page_can_be_wrong(door: None, fact: str) -> None:
    hotel()
    assert signed_in("employer", OURS).get(f"/unit/correct/{fact}/").status_code == 404


def test_whoever_speaks_for_nobody_has_no_figure(door: None) -> None:
    hotel()
    assert signed_in("employer").post("/unit/correct/staff/", {"words": "是 1"}).status_code == 404
