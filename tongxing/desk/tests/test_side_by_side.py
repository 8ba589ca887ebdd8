"""Two files beside each other: what one does not know is no difference, and no mask makes two numbers one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import build_divisions, new_person
from tongxing.desk.duplicates import _side_by_side
from tongxing.duplicates.tests.cast import CLERK, filed_twice
from tongxing.registry.keys import ring
from tongxing.registry.models import Person


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    build_divisions()


def line(label: str, one: Person, other: Person) -> dict[str, Any]:
    return next(line for line in _side_by_side(CLERK, one, other) if line["label"] == label)


def give_phone(person: Person, phone: str) -> None:
    person.phone_sealed = ring().seal(phone, place=f"person.phone.{person.pk}")
    person.save()


def test_what_one_file_or_both_do_not_know_is_neither_same_nor_different() -> None:
    one, other = filed_twice()
    for label, people in (("电话", (one, other)), ("收款账户", (one, new_person(9)))):
        found = line(label, *people)
        assert (found["is_known"], found["differs"]) == (False, False), label


def test_two_phones_with_one_mask_differ() -> None:
    one, other = filed_twice()
    give_phone(one, "13911110001")
    found = line("电话", one, other)
    assert found["one"] == found["other"], "the masks are the same"
    assert found["is_known"] and found["differs"]


@pytest.mark.parametrize("label", ["姓名", "住在"])
def test_the_same_is_the_same(label: str) -> None:
    assert not line(label, *filed_twice())["differs"]
