"""Numbers are right in form and impossible in fact."""

from __future__ import annotations

import numpy as np

from tongxing.demo import numbers
from tongxing.lib.contact import looks_mistyped, parse_account, parse_phone
from tongxing.lib.credit import parse_credit_code
from tongxing.lib.identity import parse_resident_id


def test_resident_ids_are_valid_say_birth_and_sex_and_lie_under_a_code_never_assigned() -> None:
    births = np.array(["1948-02-13", "2020-02-29", "1948-02-13"], "M8[D]")
    for number, birth, sex in zip(
        numbers.resident_ids(births, np.array([False, True, True])), births, ("female", "male", "male"), strict=True
    ):
        said = parse_resident_id(str(number))
        assert (str(said.birth_date), said.sex, said.number[:4]) == (str(birth), sex, "4599")


def test_three_thousand_people_born_on_one_day_have_different_ids() -> None:
    same_day = np.full(3000, np.datetime64("1960-05-01"))
    ids = numbers.resident_ids(same_day, np.arange(3000) % 2 == 0)
    assert len(set(ids.tolist())) == 3000
    assert {str(number)[:6] for number in ids} == set(numbers.DIVISIONS)


def test_phones_and_accounts_pass_every_check_and_belong_to_nobody() -> None:
    phones, accounts = numbers.phones(5000).tolist(), numbers.accounts(5000).tolist()
    assert len(set(phones)) == len(set(accounts)) == 5000
    assert all(parse_phone(phone) == phone and phone.startswith("154") for phone in phones[:300])
    assert all(parse_account(account) == account and account.startswith("999900") for account in accounts[:300])
    assert not any(looks_mistyped(account) for account in accounts[:300])


def test_a_credit_code_has_eighteen_characters_and_its_right_check() -> None:
    codes = {numbers.credit_code(number) for number in range(1, 400)}
    assert len(codes) == 399
    assert all(parse_credit_code(code) == code for code in codes)
