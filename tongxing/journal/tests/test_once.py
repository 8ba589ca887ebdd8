"""R6, R7: a doubled click or a retry acts once; the same key with other content is refused."""

from __future__ import annotations

import pytest

from tongxing.journal.actions import OtherContent, once
from tongxing.journal.models import Once

pytestmark = pytest.mark.django_db


def test_the_same_key_does_its_work_once_and_answers_the_same() -> None:
    done: list[int] = []

    def work() -> str:
        done.append(1)
        return f"status:{len(done)}"

    answers = [once(key="k1", content={"fact": "income", "value": "80"}, work=work) for _ in range(3)]
    assert answers == ["status:1"] * 3
    assert len(done) == 1


def test_the_same_key_with_other_content_is_refused() -> None:
    once(key="k1", content={"value": "80"}, work=lambda: "a")
    with pytest.raises(OtherContent):
        once(key="k1", content={"value": "90"}, work=lambda: "b")


def test_a_key_whose_work_failed_can_be_used_again() -> None:
    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        once(key="k1", content={}, work=fail)
    assert not Once.objects.exists()
    assert once(key="k1", content={}, work=lambda: "done") == "done"
