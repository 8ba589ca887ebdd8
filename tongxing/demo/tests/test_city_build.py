"""A small city in a real database: whole, searchable, and the same again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tongxing.accounts.models import Post
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.demo import city, personas
from tongxing.demo.persons import SECOND
from tongxing.demo.tests.conftest import TODAY, drawn
from tongxing.journal.models import Entry
from tongxing.lib.identity import parse_certificate_number, parse_resident_id
from tongxing.organisation.models import Division, Employer
from tongxing.registry.facts import fact_tables
from tongxing.registry.keys import ring
from tongxing.registry.models import Certificate, Person, Status


@pytest.fixture
def small(db: None, tmp_path: Path, settings: Any) -> None:
    settings.DATA, settings.KEYS, settings.DEMO = tmp_path, tmp_path / "keys.json", True
    ring.cache_clear()
    city.build(300, 7, TODAY)


@pytest.mark.usefixtures("small")
def test_a_city_of_three_hundred_stands_whole() -> None:
    assert Certificate.objects.exclude(state="cancelled").exclude(state="replaced").count() == 300
    assert Division.objects.count() == 472 and Employer.objects.count() == 401
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {verb.split(".")[0] for verb in verbs} == {"demo", "pay", "plan", "programme", "provision"}
    assert Entry.objects.filter(verb="demo.built").count() == 1
    connection.check_constraints()


@pytest.mark.usefixtures("small")
def test_every_role_of_the_pack_has_a_user_with_a_post(settings: Any) -> None:
    posts = {name for name, role in pack(settings.PACK).roles.items() if Right.OWN_AFFAIRS not in role.rights}
    assert set(Post.objects.values_list("role", flat=True)) == posts


@pytest.mark.usefixtures("small")
def test_sealed_numbers_open_at_their_place_and_are_found_by_index() -> None:
    chen = Person.objects.get(pk=personas.CHEN_GUILAN)
    number = str(chen.opened("id_number"))
    assert parse_resident_id(number).birth_date == chen.birth_date
    assert Person.objects.get(id_number_index=ring().blind_index("id_number", number)) == chen
    assert chen in Person.objects.filter(id_tail_index=ring().blind_index("id_tail", number[-4:]))
    (card,) = chen.certificates.filter(state="valid")
    assert parse_certificate_number(card.number).id_number == number
    assert Certificate.objects.get(number_index=ring().blind_index("certificate", card.number)) == card


@pytest.mark.usefixtures("small")
def test_the_registry_reads_back_the_same_holders() -> None:
    table = fact_tables(TODAY).persons
    assert sum(flag is True for flag in table.column("has_cert").to_pylist()) == 300


@pytest.mark.django_db
def test_same_seed_people_and_day_give_the_same_rows() -> None:
    one, other = drawn(300), drawn(300)
    assert one.register.names.tolist() == other.register.names.tolist()
    assert one.register.id_numbers.tolist() == other.register.id_numbers.tolist()
    assert one.reports == other.reports
    for first, second in zip(one.batches, other.batches, strict=True):
        assert first.fact == second.fact and (first.rows == second.rows).all()
        assert (first.values == second.values).all() and (first.received == second.received).all()
    assert drawn(300, seed=8).register.names.tolist() != one.register.names.tolist()


@pytest.mark.usefixtures("small")
def test_the_loaded_rows_are_the_drawn_ones() -> None:
    again = drawn(300)
    stored = Person.objects.filter(id__lt=SECOND).order_by("pk").values_list("pk", "name", "village_code")
    villages = again.world.villages.codes[again.world.village][again.world.people.home].tolist()
    assert list(stored) == sorted(
        zip(again.register.ids.tolist(), again.register.names.tolist(), villages, strict=True)
    )
    assert Status.objects.count() == sum(len(batch.rows) for batch in again.batches)
