# ruff: noqa: RUF001 (full width and look-alikes are its subject)
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxing.lib.text import no_formula, normalise, normalise_name, normalise_number, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("　张三 ", "张三"),
        ("某某市 \t 某镇\n１号", "某某市 某镇 1号"),
        ("Ａｂｃ（一）：１２３％", "Abc(一):123%"),
        ("先写，后看；好！", "先写，后看；好！"),
        ("\ufeff张\u200b三\u202e", "张三"),
        ("\uf914\u2f2d⻢", "樂山马"),
        ("𠮷田", "𠮷田"),
        ("辻\U000e0100", "辻"),
        ("１２．５", "12.5"),
        ("\x00\x1b[31m", "[31m"),
        ("e\u0301", "é"),
    ],
)
def test_a_field_comes_to_one_form(typed: str, kept: str) -> None:
    assert normalise(typed) == kept


@given(st.text())
def test_the_one_form_stays_and_has_no_outer_blanks(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once == once.strip()
    assert normalise_name(normalise_name(text)) == normalise_name(text)
    assert normalise_number(normalise_number(text)) == normalise_number(text)
    once.encode()


@pytest.mark.parametrize("dot", "•‧．·・∙⋅")
def test_one_middle_dot_in_names(dot: str) -> None:
    assert normalise_name(f"阿依古丽 {dot} 买买提") == "阿依古丽·买买提"


def test_names_lose_blanks_between_characters_but_not_between_words() -> None:
    assert normalise_name("张　 三") == "张三"
    assert normalise_name("阿依古丽.买买提") == "阿依古丽·买买提"
    assert normalise_name("John  Smith") == "John Smith"
    assert normalise_name("J. Smith") == "J. Smith"


@pytest.mark.parametrize(
    "typed",
    [
        "45990219900101002x",
        "'45990219900101002X",
        "４５９９０２ 19900101－００２Ｘ",
        "459902-19900101-002Х",
        "45990219900101002×",
    ],
)
def test_a_number_is_the_same_in_every_disguise(typed: str) -> None:
    assert normalise_number(typed) == "45990219900101002X"


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_no_csv_cell_starts_a_formula(text: str) -> None:
    safe = no_formula(text)
    assert not safe.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe in (text, "'" + text)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "\u00a0=1"])
def test_dangerous_starts_get_a_quote(text: str) -> None:
    written = io.StringIO()
    csv.writer(written).writerow([no_formula(text)])
    assert next(csv.reader(io.StringIO(written.getvalue(), newline="")))[0] == "'" + text


def test_ordinary_text_gets_no_quote() -> None:
    assert no_formula("低保-二档") == "低保-二档"


@given(st.text())
def test_a_log_line_is_one_printable_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert "\x1b" not in line
    line.encode()


@pytest.mark.parametrize(
    "number",
    [
        *("45990219900101002X", "459902900101002", "459902199001010010B2", "13800138000", "138 0013 8000"),
        *(
            "45990219900101002X43B1",
            "6222021234567890123",
            "459902 19900101 002X",
            "0300-2023456",
            "４５９９０２１９９００１０１００２Ｘ",
        ),
    ],
)
def test_a_log_line_holds_no_number_of_a_person(number: str) -> None:
    assert one_line(f"查 {number}，没有") == "查 [号码]，没有"


def test_a_log_line_keeps_serials_codes_and_moments() -> None:
    line = "person 4023456789012 at 459902000000, 2026-01-03T08:00:00+08:00"
    assert one_line(line) == line
    assert one_line("x" * 600).endswith("…") and len(one_line("x" * 600)) == 500
