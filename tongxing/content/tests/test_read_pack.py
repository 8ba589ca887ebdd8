"""A sound pack comes out typed, exact and placed."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from tongxing.content.pack import Pack
from tongxing.content.read import read_pack
from tongxing.content.tests import packs
from tongxing.lib.place import Place

BEIHAI = Path(__file__).resolve().parents[3] / "content" / "beihai"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return read_pack(packs.write(tmp_path, packs.FULL))


def test_facts_and_policies_are_enough(tmp_path: Path) -> None:
    pack = read_pack(packs.write(tmp_path, packs.SMALL))
    assert list(pack.policies) == ["allowance"]
    assert (pack.roles, pack.feeds, pack.divisions, pack.calendar) == ({}, {}, (), None)


def test_money_is_read_exactly_as_fen(pack: Pack) -> None:
    assert [value.value for value in pack.params["line"].values] == [75050, 78000]
    amount = pack.policies["allowance"].params["amount"]
    assert amount.values[0].value == {"limb": 8000, "visual": 10005}
    assert pack.policies["allowance"].tests[0].expect.amount_fen == 8000


def test_a_fact_has_its_type_its_codes_and_its_age(pack: Pack) -> None:
    category, income = pack.facts["category"], pack.facts["income"]
    assert (category.type, category.unit, category.origin, category.code_values) == (
        "code",
        "person",
        "registry",
        ("none", "limb", "visual"),
    )
    assert (income.stale_days, income.sensitivity, income.label, pack.facts["dibao"].unit) == (
        400,
        "high",
        "收入",
        "household",
    )


def test_each_policy_adds_its_receipt(pack: Pack) -> None:
    receipt = pack.facts["receives_allowance"]
    assert (receipt.type, receipt.unit, receipt.origin, receipt.label) == ("bool", "person", "list", "在领补贴")


def test_a_named_receipt_adds_none(tmp_path: Path) -> None:
    files = packs.SMALL | {
        "policies/allowance.yaml": packs.POLICY.replace("period: month", "period: month\nreceipt: got"),
        "facts.yaml": packs.FACTS.replace("household:", "  got: {type: bool, label: 领了, from: list}\nhousehold:"),
    }
    assert "receives_allowance" not in read_pack(packs.write(tmp_path, files)).facts


def test_expressions_know_where_they_begin(pack: Pack) -> None:
    first, second = pack.policies["allowance"].versions
    assert first.who.text is not None and second.who.all is not None and second.who.all[1].any is not None
    old, rich = second.who.all[1].any
    assert old.text is not None and rich.text is not None
    for text, found in ((first.who.text, "dibao}"), (old.text, "age >= 60"), (rich.text, "income < param")):
        before = packs.POLICY.partition(found)[0]
        column = len(before) - before.rfind("\n")
        assert text.place == Place("city/policies/allowance.yaml", before.count("\n") + 1, column)
    assert pack.derived["age"].place == Place("city/facts.yaml", 8, 13)


def test_an_expression_in_a_block_begins_on_its_first_line(tmp_path: Path) -> None:
    text = packs.FACTS.replace(
        "age: {is: years_since(birth_date), label: 年龄}", "age:\n    is: >-\n      years_since(birth_date)"
    )
    pack = read_pack(packs.write(tmp_path, packs.SMALL | {"facts.yaml": text}))
    assert (pack.derived["age"], pack.derived["age"].place) == (
        "years_since(birth_date)",
        Place("city/facts.yaml", 10, 7),
    )


def test_the_words_of_a_case_stay_as_written(pack: Pack) -> None:
    old, unknown = pack.policies["allowance"].tests
    assert old.given == {"birth_date": "1950-01-01", "dibao": "true", "category": "limb"}
    assert (old.members, unknown.as_of) == (({"income": "100"},), date(2026, 1, 1))
    assert unknown.expect.eligible is None and sorted(unknown.expect.ask or ()) == ["dibao"]
    assert "income" not in unknown.given  # null is unknown


def test_roles_feeds_and_the_calendar_are_read(pack: Pack) -> None:
    role, feed = pack.roles["officer"], pack.feeds["dibao"]
    assert (role.level, role.rights, role.department) == ("county", ("see_person",), "civil_affairs")
    assert role.demo is not None and role.demo.division == "459921000000"
    assert feed.sets is not None
    assert (feed.sets.fact, feed.sets.value, feed.sets.from_field, feed.format) == (
        "dibao",
        "true",
        "from_date",
        ("xlsx", "csv"),
    )
    assert pack.calendar is not None and pack.calendar.workdays == {date(2026, 1, 4)}
    assert (pack.glossary["dibao"].term, pack.divisions[1].parent) == ("低保", "459900000000")


def test_a_pack_cannot_be_changed(pack: Pack) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        pack.digest = ""  # type: ignore[misc]


def test_the_digest_follows_every_byte(tmp_path: Path) -> None:
    one = read_pack(packs.write(tmp_path / "a", packs.FULL)).digest
    assert read_pack(packs.write(tmp_path / "b", packs.FULL)).digest == one
    changed = packs.FULL | {"glossary.yaml": packs.FULL["glossary.yaml"] + "# a word\n"}
    assert read_pack(packs.write(tmp_path / "c", changed)).digest != one


def test_the_digest_is_the_same_in_whatever_order_the_disk_lists_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = packs.write(tmp_path, packs.FULL)
    one, listed = read_pack(folder).digest, Path.rglob
    monkeypatch.setattr(Path, "rglob", lambda path, pattern: reversed(list(listed(path, pattern))))
    assert read_pack(folder).digest == one


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: ("\ufeff" + text.replace("\n", "\r\n")).encode(),
    ],
    ids=["bom", "crlf", "both"],
)
def test_a_bom_and_windows_line_ends_move_no_place(tmp_path: Path, change: object) -> None:
    assert callable(change)
    pack = read_pack(packs.write(tmp_path, {name: change(text) for name, text in packs.FULL.items()}))
    assert pack.derived["age"].place == Place("city/facts.yaml", 8, 13)
    assert pack.facts["birth_date"].name.place == Place("city/facts.yaml", 2, 3)


def test_the_city_of_this_repository_is_sound() -> None:
    pack = read_pack(BEIHAI)
    assert len(pack.policies) >= 40
    assert {"dibao", "deaths", "certificates"} <= set(pack.feeds)
    assert len([division for division in pack.divisions if division.level == "county"]) == 4
