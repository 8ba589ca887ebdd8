"""A19: every term has a plain explanation that pages lead to; the accessibility statement claims what tests show."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.language.said import ROOT
from tongxing.content.accessibility import statement
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
    for claim in statement(settings.PACK).claims:
        name, _, function = claim.test.partition("::")
        path = ROOT / name
        if not path.is_file() or not re.search(rf"^def {function}\(", path.read_text(encoding="utf-8"), re.M):
            missing.append(claim.test)
    assert missing == []


def test_the_statement_says_what_is_not_done(client: Client) -> None:
    page = client.get("/accessibility/").content.decode()
    assert "还没有请残疾人试用过" in page
    assert all(gap.says in page and gap.why in page for gap in statement(settings.PACK).gaps)
