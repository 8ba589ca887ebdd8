"""The section of the desk that is marked is the one a page belongs to."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from tests.cast import CITY, an_officer
from tongxing.desk.frame import context


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/desk/", ["今天"]),
        ("/desk/gaps/", ["应享未享"]),
        ("/desk/people/3/file/", ["人"]),
        ("/desk/duplicates/3/", ["人"]),
        ("/desk/urgent/", ["人"]),
        ("/desk/saved/", []),
    ],
)
def test_one_section_is_marked_or_none(path: str, marked: list[str]) -> None:
    request = RequestFactory().get(path)
    request.actor = an_officer("federation_city", CITY, 1)  # type: ignore[attr-defined]
    assert [section["name"] for section in context(request)["nav"] if section["current"]] == marked
