"""S16, S17, S19: two factors, the same words for every mistake, a new session at the end."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client

from tongxing.accounts.actions import factors
from tongxing.accounts.models import SignedIn
from tongxing.journal.models import Entry
from tongxing.public.tests.cast import PASSWORD, code_now, officer, signed_in, type_password, with_phone

pytestmark = pytest.mark.django_db


def page(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_the_password_alone_opens_no_desk_page(client: Client) -> None:
    with_phone(officer())
    assert type_password(client)["Location"] == "/sign-in/code/"
    assert client.get("/desk/home/")["Location"] == "/sign-in/?next=/desk/home/"


def test_password_and_phone_lead_to_the_page_that_was_asked_for(client: Client) -> None:
    secret = with_phone(officer())
    type_password(client, next="/desk/policies/")
    response = client.post("/sign-in/code/", {"code": code_now(secret)})
    assert response["Location"] == "/desk/policies/"
    assert client.get("/desk/policies/").status_code == 200
    assert Entry.objects.get(verb="accounts.signed_in").detail == {"how": "totp"}


def test_sign_in_never_leads_to_another_site(client: Client) -> None:
    secret = with_phone(officer())
    type_password(client, next="https://elsewhere.example/desk/")
    assert client.post("/sign-in/code/", {"code": code_now(secret)})["Location"] == "/desk/home/"


def test_the_session_has_a_new_id_after_each_step(client: Client) -> None:
    secret = with_phone(officer())
    planted = client.session
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    type_password(client)
    half = client.session.session_key
    assert half != planted.session_key
    client.post("/sign-in/code/", {"code": code_now(secret)})
    assert client.session.session_key != half
    assert "half" not in client.session


def test_a_code_is_good_once() -> None:
    user = officer()
    _, secret = signed_in(user)
    thief = Client()
    type_password(thief)
    response = thief.post("/sign-in/code/", {"code": code_now(secret)})
    assert response.status_code == 422
    assert "验证码不对，或者过时了" in page(response)


def test_the_code_that_bound_the_phone_is_used_up(client: Client) -> None:
    user, secret = officer(), generate_totp_secret()
    factors.set_up(user=user, secret=secret, code=code_now(secret))
    type_password(client)
    assert client.post("/sign-in/code/", {"code": code_now(secret)}).status_code == 422


def test_a_recovery_code_is_good_once(client: Client) -> None:
    user = officer()
    with_phone(user)
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (302, 422):
        browser = Client()
        type_password(browser)
        assert browser.post("/sign-in/code/", {"code": f"{code[:4]} {code[4:]}"}).status_code == expected


def test_an_officer_without_a_second_factor_binds_a_phone_first(client: Client) -> None:
    user = officer()
    assert type_password(client)["Location"] == "/sign-in/set-up/"
    text = page(client.get("/sign-in/set-up/"))
    assert "<svg" in text
    secret = re.search(r'translate="no">([A-Z2-7 ]+)<', text)[1].replace(" ", "")  # type: ignore[index]
    assert client.post("/sign-in/set-up/", {"code": "000"}).status_code == 422
    shown = page(client.post("/sign-in/set-up/", {"code": code_now(secret)}))
    assert len(re.findall(r'translate="no">\d{4} \d{4}<', shown)) == 10
    assert SignedIn.objects.get(user=user).how == "totp"
    assert client.get("/desk/policies/").status_code == 200


def test_who_has_a_phone_cannot_bind_another_with_the_password_alone(client: Client) -> None:
    with_phone(officer())
    type_password(client)
    assert "请从用户名和密码重新开始" in page(client.get("/sign-in/set-up/"))


def test_the_secret_of_the_phone_is_sealed_in_the_database() -> None:
    user = officer()
    secret = with_phone(user)
    assert secret not in str(Authenticator.objects.get(user=user, type="totp").data)


def test_a_first_password_must_be_changed_and_short_ones_are_refused(client: Client) -> None:
    user = officer(must_change=True)
    assert type_password(client)["Location"] == "/sign-in/password/"
    assert "请从用户名和密码重新开始" in page(client.get("/sign-in/set-up/"))
    for new in ("short", PASSWORD, "passwordpassword"[:11]):
        assert client.post("/sign-in/password/", {"new": new, "again": new}).status_code == 422
    assert client.post("/sign-in/password/", {"new": "十二个字以上的一句话才行", "again": "别的"}).status_code == 422
    good = "老榕树下卖糖水的阿婆姓" + "何" * 60
    assert client.post("/sign-in/password/", {"new": good, "again": good})["Location"] == "/sign-in/set-up/"
    user.refresh_from_db()
    assert user.check_password(good)


def test_unknown_wrong_and_disabled_get_the_same_words() -> None:
    officer()
    gone = officer("gone")
    gone.is_active = False
    gone.save()
    said = set()
    for name, password in (("nobody", PASSWORD), ("ali", "不是这个密码吧"), ("gone", PASSWORD)):
        response = type_password(Client(), name, password)
        assert response.status_code == 422
        said.add(re.sub(rf'value="({name}|\w{{64}})"', "", page(response)))
    assert len(said) == 1


def test_what_was_typed_as_name_stays_and_the_password_does_not(client: Client) -> None:
    text = page(type_password(client, "laomo", "不是这个密码吧"))
    assert 'value="laomo"' in text
    assert "不是这个密码吧" not in text


def test_a_half_sign_in_ends_after_ten_minutes(client: Client) -> None:
    secret = with_phone(officer())
    type_password(client)
    session = client.session
    session["half"] = session["half"] | {"at": session["half"]["at"] - 601}
    session.save()
    assert client.post("/sign-in/code/", {"code": code_now(secret)}).status_code == 422
    assert client.get("/desk/policies/").status_code == 302


def test_a_real_city_has_no_one_click_door(client: Client) -> None:
    officer("demo-officer")
    assert client.post("/demo/demo-officer/enter/").status_code == 404


def test_the_one_click_door_of_a_demo_asks_nothing_more(client: Client, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    officer("demo-officer")
    client.post("/demo/demo-officer/enter/")
    assert client.get("/desk/policies/").status_code == 200
