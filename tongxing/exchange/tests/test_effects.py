"""Before a list is committed it is known whose entitlements it would change; looking changes nothing."""

from __future__ import annotations

import pytest
from django.conf import settings

from tongxing.content.instance import pack
from tongxing.exchange import queries
from tongxing.exchange.actions import commit
from tongxing.exchange.effects import households_reached
from tongxing.exchange.models import Batch, Effect
from tongxing.exchange.tests import cast
from tongxing.policy.program import program
from tongxing.registry.facts import fact_tables
from tongxing.registry.models import ListReceived
from tongxing.rules.planes import evaluate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(city: None) -> None:
    cast.list_came()


def answers() -> dict[tuple[str, int], int]:
    """Everybody's answers of today, by policy and unit."""
    tables, today = fact_tables(cast.today()), program(cast.today())
    names = [policy.id for policy in today.policies.values() if policy.unit != "employer"]
    result = evaluate(today, tables.persons, tables.households, reasons=False, asks=False, policies=names)
    found: dict[tuple[str, int], int] = {}
    for name in names:
        person = today.policies[name].unit == "person"
        table = tables.persons if person else tables.households
        ids = table.column("person_id" if person else "household_id").to_pylist()
        found |= {(name, unit): int(value) for unit, value in zip(ids, result.eligible(name), strict=True)}
    return found


def expected(before: dict[tuple[str, int], int], after: dict[tuple[str, int], int]) -> set[tuple[str, str, int]]:
    kinds = {1: "start", 0: "stop", -1: "check"}
    changed = {key: value for key, value in after.items() if value != before[key]}
    return {(name, kinds[value], unit) for (name, unit), value in changed.items() if value or before[name, unit] == 1}


def shown(batch: Batch) -> set[tuple[str, str, int]]:
    rows = Effect.objects.filter(batch=batch).values_list("policy", "kind", "person_id", "household_id")
    return {(policy, kind, person or household) for policy, kind, person, household in rows}


def test_the_effects_shown_are_those_that_the_commit_has() -> None:
    for number in range(4):
        person = cast.new_person(number)
        cast.certify(person)
        if number < 2:
            cast.on_dibao(person)
    before = answers()
    batch = cast.send_dibao([cast.dibao_row(1), cast.dibao_row(2)])
    commit(by=cast.officer("dibao"), batch=batch, skip_bad=False)
    assert shown(batch) == expected(before, answers())
    assert {kind for _, kind, _ in shown(batch)} >= {"start", "check"}


def test_a_death_ends_what_the_person_was_entitled_to() -> None:
    cast.certify(cast.new_person(1))
    before = answers()
    header = cast.header_of("deaths", "name", "id_number", "death_date")
    row = [cast.a_name(1), cast.id_number(1), cast.today().isoformat()]
    batch = cast.send("deaths", cast.csv_bytes(header, [row]))
    commit(by=cast.officer("deaths"), batch=batch, skip_bad=False)
    assert shown(batch) == expected(before, answers())
    assert "stop" in {kind for _, kind, _ in shown(batch)}


def test_a_first_list_of_an_area_reaches_everybody_in_it() -> None:
    ListReceived.objects.all().delete()
    for number in range(3):
        cast.certify(cast.new_person(number))
    before = answers()
    batch = cast.send_dibao([cast.dibao_row(1)])
    commit(by=cast.officer("dibao"), batch=batch, skip_bad=False)
    assert shown(batch) == expected(before, answers())


def test_the_preview_counts_by_policy_and_names_the_people() -> None:
    for number in range(2):
        cast.certify(cast.new_person(number))
    batch = cast.send_dibao([cast.dibao_row(1)])
    assert queries.effects(batch)
    for effect in queries.effects(batch):
        assert effect.name == pack(settings.PACK).policies[effect.policy].name
        for kind, count in (("start", effect.start), ("stop", effect.stop), ("check", effect.check)):
            assert queries.affected(batch, effect.policy, kind).total == count


def test_only_a_list_that_ends_a_silence_reaches_those_who_are_not_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[list[int]] = []
    monkeypatch.setattr(
        "tongxing.exchange.actions.preview.households_reached",
        lambda plan, scope: reached.append(households_reached(plan, scope)) or reached[-1],
    )
    homes = [cast.home_of(cast.new_person(number)).id for number in range(3)]
    cast.send_dibao([cast.dibao_row(1)])
    ListReceived.objects.all().delete()
    cast.list_came(cast.OTHER_COUNTY)
    cast.send_dibao([cast.dibao_row(1)])
    assert reached == [[homes[1]], homes]
