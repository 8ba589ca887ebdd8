"""A19: every term has a plain explanation that pages lead to; the accessibility statement claims what tests show."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.language.said import ROOT
from tongxing.content.accessibility import statement
from tongxing.content.criteria import HELD, LEVELS, PARTLY, criteria
from tongxing.content.instance import pack

pytestmark = pytest.mark.django_db


def test_every_term_of_the_glossary_is_explained(client: Client) -> None:
    page = client.get("/words/").content.decode()
    known = pack(settings.PACK).glossary.values()
    assert [term.term for term in known if term.plain not in page or f'id="{term.id}"' not in page] == []


@pytest.mark.parametrize("path", ["/", "/home/", "/help/", "/find/", "/notices/"])
def test_pages_lead_to_the_words_and_to_the_statement(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert 'href="/words/"' in page and 'href="/accessibility/"' in page


def test_behind_every_claim_stands_a_test_that_exists() -> None:
    missing = []
    known = [one.test for one in criteria(settings.PACK).criteria if one.test]
    for test in [*(claim.test for claim in statement(settings.PACK).claims), *known]:
        name, _, function = test.partition("::")
        path = ROOT / name
        if not path.is_file() or not re.search(rf"^def {function}\(", path.read_text(encoding="utf-8"), re.M):
            missing.append(test)
    assert missing == []


def test_every_criterion_is_looked_at_and_what_is_not_held_has_its_reason(client: Client) -> None:
    """All of WCAG 2.2 and the one that it dropped: 32, 24 and 31 by level."""
    found = criteria(settings.PACK).criteria
    assert [sum(one.level == level for one in found) for level in LEVELS] == [32, 24, 31]
    assert len({one.no for one in found}) == len(found)
    assert [one.no for one in found if one.state in (HELD, PARTLY) and not (one.test or one.why)] == []
    assert [one.no for one in found if one.state != HELD and not one.why] == []
    page = client.get("/accessibility/").content.decode()
    assert [one.no for one in found if one.name not in page or one.why not in page] == []


def test_the_statement_says_what_is_not_done(client: Client) -> None:
    page = client.get("/accessibility/").content.decode()
    assert "还没有请残疾人试用过" in page
    assert all(gap.says in page and gap.why in page for gap in statement(settings.PACK).gaps)
