"""A15: every field of every resident's form says where its value comes from; what is held is shown and never asked.

A new form or field fails here until it has a line in SOURCES.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from django.conf import settings
from django.test import Client

from tests import cast
from tongxing.content.instance import pack
from tongxing.content.pack import Fact
from tongxing.portal import own_rights
from tongxing.portal.tests.test_mistakes import BAD, CARE, World, as_guest, world
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.residents.actions import account_of
from tongxing.ui.tests.mistakes import Page, Said

__all__ = ["world"]
pytestmark = pytest.mark.django_db

WORDS = "their own words or wish: nobody can hold it"
RULE = "a fact that nobody knows and that decides: by the rules, never one that is held"
NEW = "what takes the place of what is held, which stands beside it"
PROOF = "typed to prove who sits there"
SHOWN = "what is held stands in the field; the provider keeps it itself"
NOBODY = "of a visitor of whom nothing is held"
SOURCES: Mapping[str, Mapping[str, str]] = {
    "portal:enter": {"enter-phone": PROOF},
    "portal:code": {"code": PROOF},
    "portal:whose": {"enter-tail": PROOF},
    "portal:enter-passkey": {},
    "portal:follow": {"number": PROOF, "phone": PROOF},
    "portal:link": {},
    "portal:confirm": {"code": PROOF},
    "portal:key-add": {"name": WORDS},
    "portal:change-phone": {"value": NEW},
    "portal:change-account": {"value": NEW},
    "portal:change-home": {"words": WORDS, "kind": WORDS},
    "portal:move": dict.fromkeys(("village", "address", "day"), NEW) | {"along": WORDS},
    "portal:correct": {"words": WORDS},
    "portal:rights-tell": {"value": RULE},
    "portal:case-do": {"value": RULE, "words": WORDS, "file": WORDS, "photo": WORDS},
    "portal:apply-one": {
        "kind": WORDS, "home": WORDS, "slot": WORDS, "value": RULE, "photo": WORDS, "file": WORDS,
        "helper": WORDS, "helper-name": WORDS, "helper-agreed": WORDS, "voice-how": WORDS, "voice": WORDS,
    },
    "portal:same": {"words": WORDS, "voice-how": WORDS, "voice": WORDS},
    "portal:draft-back": {"phone": PROOF, "number": PROOF},
    "portal:draft-code": {"code": PROOF},
    "portal:guest": {"kind": WORDS, "home": WORDS, "value": NOBODY, "photo": NOBODY, "file": NOBODY},
    "portal:guest-keep": {"phone": PROOF},
    "portal:guest-who": dict.fromkeys(("name", "id_number", "phone", "township"), NOBODY),
    "portal:guest-code": {"code": PROOF},
    "portal:unit-correct": {"words": WORDS},
    "portal:unit-entry": {
        "offers": SHOWN, "access": SHOWN, "address": SHOWN, "phone": SHOWN, "places": SHOWN, "free": SHOWN,
    },
    "portal:find-question": {"who": NOBODY, "a": NOBODY},
}  # fmt: skip
ELSEWHERE = {"portal:rights-tell": "/my/rights/"}  # the page that has the form


def shown(world: World, door: str, path: str, said: Said) -> str:
    """The page with the form, as it is first seen; a step further where the form itself carries the state."""
    if door == "portal:find-question":
        return str(world.client.post(path, {**said, "go": "back"}).content.decode())
    if door in ("portal:same", "portal:apply-one") and {"words", "at"} & set(said):
        return str(world.client.post(path, said).content.decode())
    return str(world.client.get(ELSEWHERE.get(door, path.removesuffix("do/"))).content.decode())


def fields(html: str) -> set[str]:
    """Names of what can be seen and filled in."""
    page = Page(html)
    controls = (e for e in page.elements if e.tag in ("input", "select", "textarea") and e.inside("main"))
    return {e.attrs.get("name", "") for e in controls if e.attrs.get("type") not in ("hidden", "submit")}


def test_every_form_stands_in_the_table() -> None:
    assert {door for door, _, _ in BAD} == set(SOURCES)


@pytest.mark.parametrize(("door", "at", "said"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_every_field_says_where_its_value_comes_from(
    door: str, at: Callable[[World], str], said: Said, world: World
) -> None:
    found = fields(shown(world, door, at(world), said))
    assert found <= set(SOURCES[door]), found - set(SOURCES[door])


def a_value(fact: Fact) -> str:
    codes = {"bool": "true", "int": "2", "money": "80000", "date": "2026-01-01"}
    return codes.get(fact.type) or next(iter(pack(settings.PACK).codes[fact.codes]))


@pytest.fixture
def rich(home: Client, jia: Person) -> Client:
    """Somebody of whom everything is held that can be held."""
    account = "6222000000000000"
    jia.account_sealed = ring().seal(account, place=f"person.account.{jia.pk}")
    jia.save()
    for name, fact in pack(settings.PACK).facts.items():
        if fact.origin == "status" and fact.unit in ("person", "household"):
            cast.tell(jia, name, a_value(fact), home=fact.unit == "household")
    return home


def test_of_somebody_of_whom_all_is_held_no_fact_is_asked(rich: Client, jia: Person) -> None:
    held = own_rights.ground(jia, cast.today(), {})
    asked = {policy: own_rights.askable(held, policy) for policy in held.found.answers}
    assert {policy: facts for policy, facts in asked.items() if facts} == {}
    for path in ("/my/rights/", "/apply/nursing_allowance/", "/apply/temporary_relief/"):
        assert "value" not in fields(rich.get(path).content.decode()), path


def test_what_is_held_stands_where_it_might_be_asked(rich: Client, jia: Person) -> None:
    for field in ("phone", "account"):
        page = rich.get(f"/my/change/{field}/").content.decode()
        assert "现在" in page and (jia.opened(field) or "")[-4:] in page, field
    new = cast.new_person(55)
    rich.force_login(account_of(person=new).user)
    first = rich.get("/apply/first_certificate/").content.decode()
    assert fields(first) == set() and new.name in first and (new.opened("id_number") or "")[-4:] in first


def test_a_visitor_is_not_asked_again_what_was_said(world: World) -> None:
    path = as_guest(CARE)(world)
    assert "value" in fields(world.client.get(path).content.decode())
    at = re.search(r'name="at" value="([\w.]+)"', world.client.get(path).content.decode())
    assert at
    world.client.post(path, {"at": at[1], "value": "true"})
    assert "value" not in fields(world.client.get(path).content.decode())
