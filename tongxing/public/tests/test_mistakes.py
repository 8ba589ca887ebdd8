"""A28 on the face for visitors and on the sign-in of officers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from tongxing.accounts.models import SignedIn
from tongxing.casework import actions as casework
from tongxing.casework.tests.conftest import TOWNSHIP
from tongxing.public.tests.cast import officer, signed_in, type_password, with_phone
from tongxing.ui.tests.mistakes import Said, faults

pytestmark = pytest.mark.django_db
At = Callable[[], tuple[Client, str]]


def visitor() -> tuple[Client, str]:
    return Client(), "/sign-in/"


def half(step: str, *, must_change: bool = False, has_phone: bool = False) -> At:
    """Somebody who knew the password."""

    def begin() -> tuple[Client, str]:
        user, client = officer(must_change=must_change), Client()
        if has_phone:
            with_phone(user)
        type_password(client)
        return client, f"/sign-in/{step}/"

    return begin


def inside(path: str, minutes: int = 0) -> At:
    """An officer who proved so long ago who sits there."""

    def come_in() -> tuple[Client, str]:
        client, _ = signed_in(officer())
        SignedIn.objects.update(fresh_at=SignedIn.objects.get().fresh_at - timedelta(minutes=minutes))
        return client, path

    return come_in


def notice() -> tuple[Client, str]:
    cast.build_divisions()
    cast.sign_up()
    person = cast.new_person(1)
    worker, town = cast.an_officer("village_worker", cast.VILLAGE, 1), cast.an_officer("township_officer", TOWNSHIP, 2)
    case = casework.open_case(by=town, person=person, service="dibao_single_person")
    casework.accept(by=worker, case=case)
    case.refresh_from_db()
    casework.accept(by=town, case=case)
    return Client(), f"/notices/{case.number}/"


BAD: list[tuple[str, At, Said]] = [
    ("public:sign-in", visitor, {"username": "ali", "password": "", "next": "/desk/gaps/"}),
    ("public:sign-in", visitor, {"username": "ali", "password": "不是这个"}),
    ("public:first-password", half("password", must_change=True), {"new": "一句很长很长的话在这里", "again": "另一句"}),
    ("public:set-up", half("set-up"), {"code": "000000"}),
    ("public:second-factor", half("code", has_phone=True), {"code": "000000"}),
    ("public:confirm", inside("/confirm/", minutes=6), {"code": "000000"}),
    ("public:new-phone", inside("/me/phone/"), {"code": "000000"}),
    ("public:add-passkey", inside("/me/passkeys/"), {"name": "办公室电脑", "credential": "{}"}),
    ("public:notice", notice, {"words": "不对", "reach": "阿兰家隔壁"}),
]
UNKEPT = ("password", "new", "again", "code", "credential")
READ = {"public:start", "public:me", "public:notices", "public:words", "public:accessibility"}
PRESSED = {  # one button, or a choice that is always made
    "public:sign-out", "public:enter-demo", "public:new-codes", "public:remove-passkey", "public:end-device",
    "public:end-others", "public:choose-post",
}  # fmt: skip
TRIED = {name for name, _, _ in BAD} | {"public:plan-say"}  # which wants a release: tests/releases/test_public_pages.py


@pytest.mark.parametrize(("door", "at", "said"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_wrong_comes_back_with_what_to_do(door: str, at: At, said: Said) -> None:
    client, path = at()
    assert faults(client.post(path, said), said, unkept=UNKEPT) == [], door
