# ruff: noqa: RUF001 (full width and look-alikes are its subject)
import pytest

from tongxing.lib.divisions import is_under, level_of, subtree_prefix
from tongxing.lib.mistakes import BadNumber

TREE = [
    ("459900000000", "4599", "city"),
    ("459902000000", "459902", "county"),
    ("459902001000", "459902001", "township"),
    ("459902001003", "459902001003", "village"),
]


@pytest.mark.parametrize(("code", "prefix", "level"), TREE)
def test_a_code_tells_its_level_and_what_lies_under_it(code: str, prefix: str, level: str) -> None:
    assert (subtree_prefix(code), level_of(code)) == (prefix, level)
    assert level_of("450000000000") == "province"


def test_each_lies_under_those_above_and_under_none_below() -> None:
    codes = [code for code, _, _ in TREE]
    for i, code in enumerate(codes):
        assert [is_under(code, root) for root in codes] == [True] * (i + 1) + [False] * (len(codes) - i - 1)


def test_a_neighbour_whose_code_ends_in_zeros_is_not_under() -> None:
    assert not is_under("459910000000", "459900100000")
    assert level_of("459910000000") == "county"


@pytest.mark.parametrize(
    "code", ["", "0", "4599", "459902001", "45990200100X", "000000000000", "4599020010000", "４５９９０２００１０００"]
)
def test_what_is_no_code_opens_nothing(code: str) -> None:
    with pytest.raises(BadNumber, match="12 位"):
        subtree_prefix(code)
