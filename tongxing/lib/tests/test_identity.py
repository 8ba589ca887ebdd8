# ruff: noqa: RUF001 (full width and look-alikes are its subject)
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxing.lib.identity import (
    CATEGORIES,
    BadNumber,
    certificate_number,
    check_digit,
    mask,
    parse_certificate_number,
    parse_resident_id,
)

DIVISIONS = st.integers(459900, 459999).map(str)
BIRTHS = st.dates(date(1900, 1, 1), date(2026, 1, 1))


def number_of(division: str, birth: date, sequence: int) -> str:
    digits = f"{division}{birth:%Y%m%d}{sequence:03}"
    return digits + check_digit(digits)


IDS = st.builds(number_of, DIVISIONS, BIRTHS, st.integers(1, 999))
ID = number_of("459902", date(1990, 1, 1), 2)


@given(DIVISIONS, BIRTHS, st.integers(1, 999))
def test_a_number_tells_division_birth_and_sex(division: str, birth: date, sequence: int) -> None:
    person = parse_resident_id(number_of(division, birth, sequence))
    assert (person.division, person.birth_date, int(person.sequence)) == (division, birth, sequence)
    assert person.sex == ("male" if sequence % 2 else "female")


def test_the_check_digit_is_that_of_the_standard() -> None:
    # The two examples of GB 11643, computed by its table of weights; nobody was ever given them.
    assert (check_digit("11010519491231002"), check_digit("44052418800101001")) == ("X", "4")


@given(IDS.filter(lambda number: number[6:8] == "19"))
def test_the_old_form_of_15_digits_becomes_the_new_one(number: str) -> None:
    assert parse_resident_id(number[:6] + number[8:17]).number == number


@given(IDS)
def test_full_width_blanks_and_small_x_give_one_number(number: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in number.lower())
    assert parse_resident_id(f" {wide[:6]}　{wide[6:]}\u200b").number == number


@given(IDS, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(number: str, at: int, more: int) -> None:
    old = int(number[at]) if number[at] != "X" else 10
    wrong = number[:at] + str((old + more) % (10 if old < 10 else 11) % 10) + number[at + 1 :]
    if wrong == number:
        return
    with pytest.raises(BadNumber):
        parse_resident_id(wrong)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "空的"),
        (ID[:17], "17 位"),
        (ID + "0", "19 位"),
        (ID[:5] + "O" + ID[6:], "第 6 位是“O”.*数字 0"),
        ("99" + ID[2:], "第 1、2 位"),
        (ID[:10] + "13" + ID[12:], "月份.*13"),
        (ID[:10] + "0230" + ID[14:], "没有这一天"),
        (ID[:6] + "1790" + ID[10:], "年份"),
        (ID[:17] + "5", f"应当是 {ID[17]}，写的是 5"),
        (ID[:17] + "Y", f"只能是数字或 X。按前 17 位算，应当是 {ID[17]}"),
        ("459902199001010000", "末尾是 000.*文本"),
        ("4.59902E+17", "科学计数.*文本"),
    ],
)
def test_a_wrong_number_is_told_where_and_how_to_put_it_right(typed: str, words: str) -> None:
    with pytest.raises(BadNumber, match=words) as wrong:
        parse_resident_id(typed)
    assert "请" in str(wrong.value)
    assert not typed or typed not in str(wrong.value)


def test_two_neighbours_exchanged_are_pointed_at() -> None:
    right = number_of("459902", date(1990, 1, 1), 123)
    with pytest.raises(BadNumber, match="第 16、17 位写颠倒"):
        parse_resident_id(right[:15] + right[16] + right[15] + right[17])


@given(st.text(alphabet="0123456789xX１Ｂ -.E+年\u200b", max_size=24))
def test_any_text_is_a_number_or_a_clear_refusal(text: str) -> None:
    for parse in (parse_resident_id, parse_certificate_number):
        try:
            parse(text)
        except BadNumber as wrong:
            assert "请" in str(wrong)


@given(IDS, st.sampled_from(CATEGORIES), st.integers(1, 4), st.integers(0, 9))
def test_a_certificate_number_is_read_as_it_was_made(id_number: str, category: str, grade: int, reissue: int) -> None:
    number = certificate_number(id_number, category, grade, reissue)
    found = parse_certificate_number(" " + number.lower())
    assert (found.id_number, found.category, found.grade, found.reissue) == (id_number, category, grade, reissue)
    assert found.number == number


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (ID + "8" + "1", "第 19 位是类别"),
        (ID + "1" + "5", "第 20 位是等级"),
        (ID + "11B0", "B1 到 B9"),
        (ID + "1", "20 位"),
        (ID[:17] + "511", "前 18 位不对.*应当是"),
    ],
)
def test_a_wrong_certificate_number_is_told_where(typed: str, words: str) -> None:
    with pytest.raises(BadNumber, match=words):
        parse_certificate_number(typed)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("459902199001010026", "459902********0026"),
        ("459902199001010026" + "43B1", "459902********002643B1"),
        ("459902900101002", "459902******002"),
        ("A1234567", "******67"),
        ("12", "**"),
        ("", ""),
    ],
)
def test_a_masked_number_hides_the_birth_date(number: str, shown: str) -> None:
    assert mask(number) == shown
