"""S17, S20: guessing gets slower and slower, the owner of an account is never locked out, all mistakes look alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tongxing.accounts.actions import throttle
from tongxing.public.tests.cast import officer, type_password, with_phone

pytestmark = pytest.mark.django_db


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr(throttle, "timezone", stopped)
    return stopped


def wrong(times: int, name: str = "ali", address: str = "10.0.0.9") -> list[int]:
    return [throttle.try_once(account=name, address=address) for _ in range(times)]


def test_three_mistakes_are_free_then_the_wait_doubles(clock: Clock) -> None:
    assert wrong(5) == [0, 0, 0, 2, 2]
    for delay in (2, 4, 8, 16, 32, 64, 128, 256, 300, 300):
        assert wrong(1) == [delay]
        clock.time += timedelta(seconds=delay)
        assert wrong(1) == [0]


def test_a_flood_during_the_wait_does_not_lengthen_it(clock: Clock) -> None:
    wrong(3)
    assert set(wrong(200)) == {2}
    clock.time += timedelta(seconds=2)
    assert wrong(1) == [0]


def test_whoever_floods_an_account_does_not_keep_its_owner_out() -> None:
    for number in range(60):
        wrong(4, address=f"10.0.{number}.1")
    assert throttle.try_once(account="ali", address="192.0.2.7") == 0


def test_many_addresses_that_were_wrong_about_one_account_wait() -> None:
    for number in range(12):
        wrong(1, address=f"10.0.{number}.1")
    assert throttle.try_once(account="ali", address="10.0.0.1") > 0


def test_one_address_that_tries_many_names_waits() -> None:
    tried = [throttle.try_once(account=f"name-{number}", address="10.0.0.9") for number in range(60)]
    assert tried[:50] == [0] * 50
    assert all(tried[50:])


def test_another_case_or_blanks_do_not_make_another_name() -> None:
    wrong(2, "ali")
    assert wrong(2, " ALI ") == [0, 2]


def test_an_hour_later_all_is_forgotten(clock: Clock) -> None:
    wrong(9)
    clock.time += timedelta(minutes=60)
    assert wrong(4) == [0, 0, 0, 2]


def test_the_right_password_forgets_the_mistakes(client: Client) -> None:
    with_phone(officer())
    for _ in range(2):
        for _ in range(2):
            assert type_password(client, "ali", "不是这个密码吧").status_code == 422
        assert type_password(client).status_code == 302


def test_too_fast_says_how_long_to_wait_and_that_nothing_is_locked(client: Client) -> None:
    officer()
    answers = [type_password(client, "ali", "不是这个密码吧") for _ in range(4)]
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "2"
    assert "请等 2 秒再试。账号没有被锁。" in answers[-1].content.decode()


def test_unknown_names_are_slowed_like_known_ones() -> None:
    officer()
    known = [type_password(Client(), "ali", "不是这个密码吧").status_code for _ in range(5)]
    unknown = [type_password(Client(), "nobody", "不是这个密码吧").status_code for _ in range(5)]
    assert known == unknown


def test_an_unknown_name_costs_as_much_hashing_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    officer()
    done: list[str] = []
    real = Argon2PasswordHasher.encode

    def counted(self: object, password: str, salt: str) -> str:
        done.append(password)
        return real(self, password, salt)

    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", counted)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda s, p, e: done.append(p) or verify(s, p, e))
    type_password(Client(), "nobody", "不是这个密码吧")
    for_unknown, done[:] = len(done), []
    type_password(Client(), "ali", "不是这个密码吧")
    assert for_unknown == len(done) == 1
