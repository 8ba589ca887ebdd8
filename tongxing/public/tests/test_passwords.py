"""S18: no password of the city's own words; and the level-3 profile, switched on and off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as conf
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tongxing.accounts.local_words import local_words
from tongxing.accounts.models import User
from tongxing.public.tests.cast import PASSWORD, officer, type_password

THREE = "tongxing.accounts.local_words.ThreeKinds"
ALI = User(username="ali1980", name="阿黎")


@pytest.mark.parametrize("ending", ["20261234", "_888888", "!!123456"])
def test_the_names_of_the_city_with_digits_are_refused_in_letters_and_in_characters(ending: str) -> None:
    for word in local_words(conf.PACK)[::40]:
        with pytest.raises(ValidationError):
            validate_password(f"{word}{ending}".ljust(12, "8"), ALI)


def test_the_own_name_and_the_offices_word_are_no_password() -> None:
    for password in ("ali1980ali1980", "Canlian@2026888", "阿黎1234567890123"):
        with pytest.raises(ValidationError, match="猜得到"):
            validate_password(password, ALI)


@pytest.mark.parametrize("password", [PASSWORD + "一二三", "correct horse battery", "老榕树下卖糖水的阿婆姓何"])
def test_a_sentence_is_a_good_password_and_needs_no_signs(password: str) -> None:
    validate_password(password, ALI)


def test_under_the_profile_three_kinds_are_asked_for(settings: object) -> None:
    settings.AUTH_PASSWORD_VALIDATORS = [*conf.AUTH_PASSWORD_VALIDATORS, {"NAME": THREE}]  # type: ignore[attr-defined]
    with pytest.raises(ValidationError, match="三种字符"):
        validate_password("correct horse battery", ALI)
    validate_password("Correct horse battery", ALI)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "age", "step"), [(None, 400, "set-up"), (90, 89, "set-up"), (90, 90, "password")])
def test_only_under_the_profile_a_password_grows_old(
    settings: object, client: Client, days: int | None, age: int, step: str
) -> None:
    settings.PASSWORD_DAYS = days  # type: ignore[attr-defined]
    user = officer()
    User.objects.filter(pk=user.pk).update(password_at=timezone.now() - timedelta(days=age))
    assert type_password(client)["Location"] == f"/sign-in/{step}/"  # type: ignore[index]
    if step == "password":
        good = "Old banyan 2 herons"
        assert client.post("/sign-in/password/", {"new": good, "again": good})["Location"] == "/sign-in/set-up/"
