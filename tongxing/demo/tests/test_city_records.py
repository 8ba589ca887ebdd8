"""What is written down: mostly the truth, some of it unknown, old, refused, or wrong on purpose."""

from __future__ import annotations

from datetime import date

import numpy as np
from django.conf import settings

from tongxing.content.instance import pack
from tongxing.demo import personas
from tongxing.demo.city import Drawn
from tongxing.demo.statuses import list_rows, status_rows
from tongxing.demo.tests.conftest import TODAY


def batches(city: Drawn, fact: str) -> list:  # type: ignore[type-arg]
    return [batch for batch in city.batches if batch.fact == fact]


def test_most_of_the_entitled_receive_and_some_are_missing_out(city: Drawn) -> None:
    rows = batches(city, "receives_living_allowance")
    now = np.concatenate([batch.rows[np.isnat(batch.end)] for batch in rows])
    poor = city.world.holder & city.world.home_flag("dibao") & city.world.here
    assert 0.75 < np.isin(np.flatnonzero(poor), now).mean() < 0.97


def test_a_few_receive_who_died_or_moved_or_whose_certificate_ran_out(city: Drawn) -> None:
    world = city.world
    gets = np.zeros(len(world.people), bool)
    for batch in batches(city, "receives_living_allowance"):
        gets[batch.rows[np.isnat(batch.end)]] = True
    assert (gets & ~np.isnat(world.moved)).any()
    assert (gets & (world.certificates.until < world.now)).any()


def test_entries_and_exits_are_spread_over_two_years(city: Drawn) -> None:
    (now, past) = batches(city, "dibao")
    months = np.unique(past.end.astype("M8[M]"))
    assert len(months) >= 18 and (past.end > past.begin).all()
    lately = now.begin > np.datetime64(TODAY) - np.timedelta64(730, "D")
    assert 0.2 < lately.mean() < 0.45


def test_nothing_was_received_before_the_system_or_after_today(city: Drawn) -> None:
    for batch in city.batches:
        assert (batch.received <= np.datetime64(TODAY)).all(), batch.fact
        assert (batch.begin <= np.datetime64(TODAY)).all(), batch.fact


def test_incomes_are_unknown_or_too_old_in_about_a_sixth_of_households(city: Drawn) -> None:
    world, fresh = city.world, np.zeros(len(city.world.people), bool)
    for batch in batches(city, "income"):
        young = np.datetime64(TODAY) - batch.received <= np.timedelta64(400, "D")
        fresh[batch.rows[young & ~batch.refused & np.isnat(batch.end)]] = True
    assert 0.12 < 1 - (~world.people.any_in_home(~fresh)).mean() < 0.24


def test_of_the_invented_people_everything_asked_is_known(city: Drawn) -> None:
    row = city.world.persona[str(personas.QIN_HAIYAN)]
    for batch in batches(city, "needs_care"):
        if row in batch.rows:
            assert not batch.refused[batch.rows == row].any()
            break
    else:
        raise AssertionError("never asked")


def test_chen_came_onto_the_dibao_list_four_months_ago(city: Drawn) -> None:
    home = int(city.world.people.home[city.world.persona[str(personas.CHEN_GUILAN)]])
    (begin,) = [batch.begin[batch.rows == home] for batch in batches(city, "dibao") if home in batch.rows]
    assert 110 < int((np.datetime64(TODAY) - begin[0]).astype(int)) < 140


def test_each_county_has_a_list_a_month_and_one_is_late() -> None:
    facts = [fact for fact in pack(settings.PACK).facts.values() if fact.name in ("dibao", "heavy_medical")]
    counties, late = ["450512000000", "450521000000"], {"fact": "heavy_medical", "county": "450512000000"}
    rows = list(list_rows(facts, counties, late, TODAY))
    newest: dict[tuple[str, str], str] = {}
    for fact, county, as_of, *_ in rows:
        newest[fact, county] = max(newest.get((fact, county), ""), as_of)
    assert newest["dibao", "450512000000"] == newest["heavy_medical", "450521000000"] == "2026-02-28"
    assert date.fromisoformat(newest["heavy_medical", "450512000000"]) < date(2025, 11, 30)


def test_a_status_row_names_a_person_or_a_household_never_both(city: Drawn) -> None:
    for row in status_rows(city.batches[:40], city.register):
        assert (row[0] is None) != (row[1] is None)
