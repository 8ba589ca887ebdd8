"""A profile that nobody knows stops the start, with the one that is known."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from tongxing.config import env


@pytest.mark.parametrize(("value", "answer"), [(None, ""), ("dengbao-3", "dengbao-3")])
def test_the_profile_is_the_default_or_what_is_set(
    monkeypatch: pytest.MonkeyPatch, value: str | None, answer: str
) -> None:
    if value is None:
        monkeypatch.delenv("TONGXING_PROFILE", raising=False)
    else:
        monkeypatch.setenv("TONGXING_PROFILE", value)
    assert env.one_of("TONGXING_PROFILE", ("", "dengbao-3")) == answer


def test_an_unknown_profile_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGXING_PROFILE", "dengbao-9")
    with pytest.raises(ImproperlyConfigured, match="dengbao-3"):
        env.one_of("TONGXING_PROFILE", ("", "dengbao-3"))
