"""Numbers that are right in form and impossible in fact, whole columns at a time.

- resident IDs under division codes 4599xx, which were never assigned (each below is one such code)
- phones under 154, a prefix that no operator was given
- accounts under 999900: in ISO/IEC 7812, 9 + country 999 stands for no country, so for no bank; Luhn's check holds
- credit codes of employers under the unassigned division 459900
"""

from __future__ import annotations

import numpy as np

from tongxing.demo.streams import Days, Flags, Ints, Words
from tongxing.lib.credit import check_character
from tongxing.lib.identity import CHECKS, WEIGHTS

DIVISIONS = ("459901", "459902", "459903", "459905", "459906", "459911", "459912", "459921")
PHONE_PREFIX = "154"
ACCOUNT_PREFIX = "999900"


def resident_ids(births: Days, male: Flags) -> Words:
    """One a person, all different: among those born the same day the code turns first, then the sequence."""
    rank = _rank_within(births.astype("i8") * 2 + male)
    days = births.astype("i8")
    division = np.array(DIVISIONS)[(rank + days) % len(DIVISIONS)]
    sequence = (rank // len(DIVISIONS) * 37 + days * 7) % 499 * 2 + np.where(male, 1, 2)
    digits = np.char.add(division, np.char.replace(births.astype("U10"), "-", ""))
    digits = np.char.add(digits, np.char.zfill(sequence.astype("U3"), 3))
    return np.char.add(digits, _check_digits(digits))


def _rank_within(groups: Ints) -> Ints:
    """0, 1, 2 … within each group, in order of appearance."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    rank = np.empty(len(groups), "i8")
    rank[order] = np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))
    return rank


def _check_digits(digits: Words) -> Words:
    """GB 11643 over an array of 17-digit texts."""
    table = digits.astype("U17").view("U1").reshape(len(digits), 17).astype("i8")
    return np.asarray(np.array(list(CHECKS))[table @ np.array(WEIGHTS) % 11])


def phones(size: int) -> Words:
    """Different ones; neighbours look unlike each other."""
    return np.char.add(PHONE_PREFIX, np.char.zfill((np.arange(size) * 7_654_321 % 99_999_989).astype("U8"), 8))


def accounts(size: int) -> Words:
    """19 digits with a right Luhn digit."""
    body = np.char.zfill((np.arange(size) * 7_654_321_987 % 999_999_999_989).astype("U12"), 12)
    digits = np.char.add(ACCOUNT_PREFIX, body)
    table = digits.astype("U18").view("U1").reshape(size, 18).astype("i8") if size else np.zeros((0, 18), "i8")
    doubled = table[:, ::-1].copy()
    doubled[:, ::2] *= 2
    total = (doubled - 9 * (doubled > 9)).sum(axis=1)
    return np.char.add(digits, ((10 - total % 10) % 10).astype("U1"))


def credit_code(number: int) -> str:
    """18 characters with the right check character of GB 32100."""
    body = f"91459900{number * 7919 % 10**9:09d}"
    return body + check_character(body)
