"""Random sentences of the language, for hypothesis: well typed, over the facts of the small invented pack."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from tests.rules.packs import policy
from tongxing.content.pack import Pack, Policy

Texts = st.SearchStrategy[str]
INTS = [
    "grade",
    "shifts",
    "rooms",
    "age",
    "hh_size",
    "param.free_percent",
    "0",
    "1",
    "2",
    "7",
    "years_since(birth_date)",
    "months_since(moved_in)",
]
MONEY = ["income", "rent", "counted", "hh_income", "param.line", "param.home_line", "param.small"]
DAYS = [
    "birth_date",
    "cert_until",
    "served_device",
    "moved_in",
    "param.last_day",
    "DATE '2000-02-29'",
    "DATE '2025-12-31'",
]
TRUTHS = [
    "has_cert", "tekun", "working", "dibao", "edge", "severe", "poor", "cert_valid", "param.open_to_edge", "TRUE",
    "FALSE", "category IN ('visual', 'mental')", "hukou <> 'urban'", "category = param.best_category",
    "tenure = 'rented'", "receives(veteran)", "entitled(nursing)", "entitled(home_support)", "served(device, 6)",
]  # fmt: skip


@cache
def ints(deep: int) -> Texts:
    plain = st.sampled_from(INTS)
    if not deep:
        return plain
    part, truth = ints(deep - 1), truths(deep - 1)
    return plain | st.one_of(
        st.builds("({} {} {})".format, part, st.sampled_from("+-"), part),
        st.builds(
            "{} * {}".format, st.sampled_from(["grade", "-shifts", "2"]), st.sampled_from(["shifts", "rooms", "3"])
        ),
        st.builds("pick({}, {}, {})".format, truth, part, part),
        st.builds("{}({}, {})".format, st.sampled_from(["higher_of", "lower_of"]), part, part),
        st.builds("per_head({}, {})".format, part, st.sampled_from(["rooms", "shifts", "hh_size", "3"])),
        st.builds(
            "share({}, {}, {})".format,
            part,
            st.sampled_from(["1", "7", "param.free_percent"]),
            st.sampled_from(["2", "100"]),
        ),
        st.builds("sum_members({})".format, part),
        st.builds("count_members({})".format, truth),
    )


@cache
def money(deep: int) -> Texts:
    plain = st.sampled_from(MONEY)
    if not deep:
        return plain
    part = money(deep - 1)
    return plain | st.one_of(
        st.builds("({} {} {})".format, part, st.sampled_from("+-"), part),
        st.builds("{} * {}".format, plain, st.sampled_from(["grade", "shifts", "2"])),
        st.builds("pick({}, {}, {})".format, truths(deep - 1), part, part | st.just("0")),
        st.builds("{}({}, {}, 0)".format, st.sampled_from(["higher_of", "lower_of"]), part, part),
        st.builds("per_head({}, {})".format, part, st.sampled_from(["rooms", "shifts", "hh_size"])),
        st.builds("share({}, param.free_percent, 100)".format, part),
        st.builds("sum_members({})".format, plain),
    )


@cache
def days(deep: int) -> Texts:
    plain = st.sampled_from(DAYS)
    if not deep:
        return plain
    return plain | st.one_of(
        st.builds("pick({}, {}, {})".format, truths(deep - 1), plain, plain),
        st.builds("lower_of({}, {})".format, plain, plain),
    )


@cache
def truths(deep: int) -> Texts:
    plain = st.sampled_from(TRUTHS)
    if not deep:
        return plain
    part, sign = truths(deep - 1), st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
    pairs = [st.builds("{} {} {}".format, side(deep - 1), sign, side(deep - 1)) for side in (ints, money, days)]
    return plain | st.one_of(
        *pairs,
        st.builds("({} AND {})".format, part, part),
        st.builds("({} OR {})".format, part, part),
        st.builds("NOT ({})".format, part),
        st.builds("({}) = ({})".format, part, part),
        st.builds("{} BETWEEN {} AND {}".format, ints(deep - 1), ints(0), ints(0)),
        st.builds("{} NOT IN ({}, {})".format, ints(0), ints(0), ints(0)),
        st.builds("pick({}, {}, {})".format, part, part, part),
        st.builds("known({})".format, ints(deep - 1) | money(0) | part),
        st.builds("any_member({})".format, part),
        st.builds(
            "{} >= {}".format,
            st.sampled_from(["years_since(birth_date)", "months_since(cert_until)"]),
            st.integers(-5, 500),
        ),
    )


def policies(source: Pack) -> st.SearchStrategy[Policy]:
    """One policy with a random condition and a random amount."""
    return st.builds(lambda who, amount: policy(source, "sentence", who, amount=amount), truths(3), money(2))
