"""At which values of a number or a day the rules turn, and how the ranges between them are said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.rules.packs import policy, with_policies
from tongxing.content.find import Asked, Find, Group, Wording
from tongxing.content.pack import Pack
from tongxing.lib.place import Text
from tongxing.policy.guide import Guide
from tongxing.rules.compile import compile_program
from tongxing.rules.decisive import turns
from tongxing.rules.tree import EPOCH

TODAY = date(2026, 3, 31)


def turning(source: Pack, who: str) -> dict[str, tuple[int, ...]]:
    program = compile_program(with_policies(source, {"one": policy(source, "one", who)}), TODAY)
    return turns([program.policies["one"].eligible])


@pytest.mark.parametrize(
    ("who", "at"),
    [
        ("grade < 3", (3,)),
        ("grade <= 3", (4,)),
        ("grade > 3", (4,)),
        ("3 <= grade", (3,)),
        ("grade = 3", (3, 4)),
        ("grade BETWEEN 2 AND 3", (2, 4)),
        ("grade IN (1, 2) AND NOT tekun", (2, 3)),
    ],
)
def test_a_number_turns_where_a_range_begins(source: Pack, who: str, at: tuple[int, ...]) -> None:
    assert turning(source, who) == {"grade": at}


def test_a_day_turns_on_the_day_after_the_birthday(source: Pack) -> None:
    (at,) = turning(source, "years_since(birth_date) >= 60")["birth_date"]
    assert date.fromordinal(at + EPOCH) == date(1966, 3, 31) + timedelta(1)


def test_money_beside_a_number_is_not_mixed_up_with_it(source: Pack) -> None:
    assert set(turning(source, "pick(grade < 3, income, 0) < param.line")) == {"grade", "income"}


def guide(source: Pack, who: str, **find: object) -> Guide:
    made = with_policies(source, {"one": policy(source, "one", who)})
    return Guide(made, Find(groups=(Group("一", "card", (Text("one"),)),), **find), TODAY)  # type: ignore[arg-type]


def said(guide: Guide, fact: str) -> list[str]:
    return [choice.say for choice in guide.questions[fact].choices]


def test_a_sum_is_asked_as_the_side_of_a_line(source: Pack) -> None:
    assert said(guide(source, "income < param.line"), "income") == ["不到 780.55 元", "780.55 元以上"]
    whole = with_param(source, 78_000)
    assert said(guide(whole, "income < param.line"), "income") == ["不到 780 元", "780 元以上"]
    assert said(guide(whole, "income <= param.line"), "income") == ["780 元或更少", "超过 780 元"]


def with_param(source: Pack, fen: int) -> Pack:
    line = source.params["line"]
    value = replace(line.values[-1], value=fen)
    return replace(source, params={**source.params, "line": replace(line, by=None, values=(value,))})


def test_a_day_is_asked_as_how_long_ago(source: Pack) -> None:
    who = "months_since(birth_date) < 6 OR months_since(birth_date) >= 24"
    never = {"birth_date": Wording(never="从没有过")}
    assert said(guide(source, who, words=never), "birth_date") == [
        "从没有过",
        "不到 6 个月",
        "满 6 个月，不到 2 年",
        "满 2 年",
    ]
    ahead = guide(source, "months_since(birth_date) >= 0 - 3")
    assert said(ahead, "birth_date") == ["3 个月以后", "3 个月以内，或者已经过了"]


@pytest.mark.parametrize(("typed", "years"), [("45", 45), ("４５岁", 45), (" 7 ", 7), ("0", 0), ("120", 120)])
def test_an_age_is_read_however_it_is_written(source: Pack, typed: str, years: int) -> None:
    found = asked_age(source).choice(typed)
    assert found is not None
    assert found.sets == {"birth_date": date(2026 - years, 3, 31)}


@pytest.mark.parametrize("typed", ["", "-1", "121", "四十五", "4.5", "unsure", "9" * 5000])
def test_what_is_no_age_is_no_answer(source: Pack, typed: str) -> None:
    assert asked_age(source).choice(typed) is None


def asked_age(source: Pack):  # type: ignore[no-untyped-def]
    question = Asked(Text("age"), "几岁？", "年龄", years=Text("birth_date"))
    return guide(source, "years_since(birth_date) >= 60", questions={"age": question}).questions["age"]


def test_somebody_born_on_29_february_is_as_old_as_said(source: Pack) -> None:
    leap = replace(asked_age(source), as_of=date(2028, 2, 29))
    found = leap.choice("45")
    assert found is not None
    assert found.sets == {"birth_date": date(1983, 2, 28)}
