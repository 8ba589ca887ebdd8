"""A release needs two people, is written once, and can be drawn again to the same bytes."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.plan.models import Count
from tongxing.releases import actions
from tongxing.releases.datasets import COUNTED, DICTIONARY, hash_of
from tongxing.releases.models import Publication
from tongxing.releases.queries.published import content_of, folder_of, manifest_of, newest_release, rows_of
from tongxing.releases.refusal import Refused
from tongxing.releases.tests.conftest import TOWNS, Counted

Counting = Callable[[date, Counted], Count]
AUTUMN, LATER, WINTER = date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 26)


def counts(*towns: tuple[int, int]) -> Counted:
    return dict(zip(TOWNS, towns, strict=True))


FULL = counts((400, 100), (300, 90), (350, 60), (280, 40))


def out(counting: Counting, people: tuple[Actor, Actor], day: date, found: Counted = FULL) -> Publication:
    made = actions.publish(by=people[0], count=counting(day, found), made_date=day)
    return actions.approve(by=people[1], publication=made)


def test_one_makes_and_another_approves(maker: Actor, second: Actor, counting: Counting) -> None:
    made = actions.publish(by=maker, count=counting(WINTER, FULL))
    assert newest_release() is None
    with pytest.raises(Refused, match="另一个人"):
        actions.approve(by=maker, publication=made)
    approved = actions.approve(by=second, publication=made)
    assert newest_release() == approved
    assert actions.approve(by=second, publication=made).decided_at == approved.decided_at


def test_whoever_may_not_publish_is_refused(maker: Actor, counting: Counting) -> None:
    stranger = cast.an_officer("township_officer", "459921100000", 2)
    count = counting(WINTER, FULL)
    with pytest.raises(PermissionDenied):
        actions.publish(by=stranger, count=count)
    with pytest.raises(PermissionDenied):
        actions.approve(by=stranger, publication=actions.publish(by=maker, count=count))


def test_making_it_twice_is_one_release_and_another_waits_its_turn(
    maker: Actor, second: Actor, counting: Counting
) -> None:
    count = counting(WINTER, FULL)
    made = actions.publish(by=maker, count=count)
    assert actions.publish(by=maker, count=count) == made
    with pytest.raises(Refused, match="等第二个人"):
        actions.publish(by=second, count=count)
    actions.hold_back(by=second, publication=made, words="目标还没有核对")
    assert actions.publish(by=second, count=count).number == "2026-11-26-2"


def test_changed_files_are_not_approved(maker: Actor, second: Actor, counting: Counting) -> None:
    made = actions.publish(by=maker, count=counting(WINTER, FULL))
    (folder_of(made.number) / "areas.csv").write_text("indicator")
    with pytest.raises(Refused, match="不一样"):
        actions.approve(by=second, publication=made)


def test_older_figures_do_not_follow_newer_ones(maker: Actor, second: Actor, counting: Counting) -> None:
    out(counting, (maker, second), WINTER)
    with pytest.raises(Refused, match="更早"):
        actions.publish(by=maker, count=counting(AUTUMN, FULL))


def test_csv_json_and_manifest_say_the_same(maker: Actor, second: Actor, counting: Counting) -> None:
    number = out(counting, (maker, second), WINTER).number
    listed = {entry["file"]: entry for entry in manifest_of(number)["files"]}
    for dataset, columns in DICTIONARY.items():
        content = content_of(number, f"{dataset}.csv") or b""
        assert listed[f"{dataset}.csv"]["sha256"] == hash_of(content)
        table = list(csv.DictReader(StringIO(content.decode(), newline="")))
        rows = rows_of(number, dataset)
        assert list(columns) == list(table[0]) if table else rows == []
        said = [{name: "" if row[name] is None else str(row[name]) for name in columns} for row in rows]
        assert table == said, dataset
        assert listed[f"{dataset}.json"]["rows"] == len(rows)
    assert content_of(number, "../../keys.json") is None


def test_every_cell_fits_its_dictionary(maker: Actor, second: Actor, counting: Counting) -> None:
    number = out(counting, (maker, second), WINTER).number
    forms = {"text": (str,), "date": (str,), "integer": (int,), "number": (int, float)}
    for dataset, columns in DICTIONARY.items():
        for row in rows_of(number, dataset):
            for name, (kind, _) in columns.items():
                assert row[name] is None or isinstance(row[name], forms[kind]), (dataset, name, row[name])


def test_three_past_releases_are_drawn_again_to_the_same_bytes(maker: Actor, second: Actor, counting: Counting) -> None:
    small = counts((400, 100), (300, 6), (350, 60), (280, 40))
    months = ((AUTUMN, FULL), (LATER, small), (WINTER, counts((410, 90), (311, 8), (350, 60), (300, 30))))
    past = [out(counting, (maker, second), day, found) for day, found in months]
    for publication in past:
        again = actions.drawn_again(publication)
        assert set(again) == {f"{dataset}.{form}" for dataset in COUNTED for form in ("csv", "json")}
        for name, content in again.items():
            assert content == content_of(publication.number, name), name


def test_small_cells_and_what_would_tell_them_are_hidden(maker: Actor, second: Actor, counting: Counting) -> None:
    number = out(counting, (maker, second), WINTER, counts((400, 100), (300, 6), (350, 60), (280, 40))).number
    rows = {row["code"]: row for row in rows_of(number, "areas") if row["indicator"] == "i04"}
    hidden = {row["name"] for row in rows.values() if row["hidden"]}
    assert hidden == {"东风镇", "南风镇"}
    assert all(row["rest"] is None and row["rate"] is None for row in rows.values() if row["hidden"])
    assert rows[cast.COUNTY]["rest"] == 106
    figure = next(row for row in rows_of(number, "indicators") if row["indicator"] == "i04")
    assert (figure["numerator"], figure["denominator"], figure["value"]) == (1330, 1536, 86.6)


def test_a_figure_of_too_few_is_no_figure(maker: Actor, second: Actor, counting: Counting) -> None:
    number = out(counting, (maker, second), WINTER, counts((400, 1), (300, 2), (350, 0), (280, 3))).number
    figure = next(row for row in rows_of(number, "indicators") if row["indicator"] == "i04")
    assert (figure["state"], figure["value"], figure["numerator"]) == ("hidden", None, None)
    assert json.loads((content_of(number, "indicators.json") or b"").decode())["number"] == number
