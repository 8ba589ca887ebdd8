"""The order of the rows tells whose file it is, also where rows were cut out."""

from __future__ import annotations

import random
from itertools import pairwise

from tongxing.lists.fingerprint import BLOCK, order, whose

KEYS = [f"人{n}|村{n // 9}" for n in range(120)]
SECRETS = {number: number.to_bytes(16, "big") for number in range(1, 60)}


def file_of(number: int, keys: list[str] = KEYS) -> list[str]:
    return [keys[place] for place in order(keys, SECRETS[number])]


def test_no_row_is_lost_and_none_leaves_its_block() -> None:
    places = order(KEYS, SECRETS[17])
    assert sorted(places) == list(range(120))
    assert [place // BLOCK for place in places] == [at // BLOCK for at in range(120)]


def test_two_files_of_one_list_have_two_orders() -> None:
    assert len({tuple(file_of(number)) for number in SECRETS}) == len(SECRETS)


def test_a_copy_with_a_third_of_the_rows_cut_out_still_tells_its_file() -> None:
    for number in SECRETS:
        left = [key for key in file_of(number) if random.Random(f"{number}{key}").random() > 1 / 3]
        match = whose(left, SECRETS)
        assert match is not None and (match.number, match.is_sure) == (number, True)


def test_a_page_photographed_from_the_middle_tells_its_file() -> None:
    match = whose(file_of(23)[35:80], SECRETS)
    assert match is not None and (match.number, match.is_sure) == (23, True)


def test_a_list_sorted_anew_accuses_nobody() -> None:
    match = whose(sorted(KEYS), SECRETS)
    assert match is not None and not match.is_sure


def test_a_few_rows_accuse_nobody() -> None:
    match = whose(file_of(5)[:6], SECRETS)
    assert match is not None and not match.is_sure
    assert whose(KEYS[:1], SECRETS) is None and whose(KEYS, {}) is None


def test_rows_of_one_key_keep_their_order_and_are_not_compared() -> None:
    same = ["张三|东村"] * 20
    assert order(same, SECRETS[1]) == list(range(20))
    assert whose(same, SECRETS) is None
    assert all(a != b for a, b in pairwise(KEYS))
