import pytest

from tongxing.lib.pinyin import SURNAMES, initials, reading


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        *(("覃小兰", "QXL"), ("单田芳", "STF"), ("区家麟", "OJL"), ("曾晓", "ZX"), ("仇和", "QH"), ("解缙", "XJ")),
        *(("任重", "RZ"), ("盖叫天", "GJT"), ("查良", "ZL"), ("朴树", "PS"), ("尉迟恭", "YCG"), ("单于丹", "CYD")),
        *(("吕丽", "LL"), ("李John", "LJOHN"), ("阿依古丽·买买提", "AYGLMMT"), ("张　三", "ZS"), ("Ōu Yang", "ŌUYANG")),
        *(("王曾", "WC"), ("陈单", "CD"), ("覃", "Q"), ("", ""), ("黄3", "H3"), ("张,三-", "ZS")),
    ],
)
def test_initials_read_a_surname_as_a_surname(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("覃小兰", "qín xiǎo lán"),
        ("尉迟恭", "yù chí gōng"),
        ("尉迟", "wèi chí"),
        ("李John Smith", "lǐ John Smith"),
        ("阿依古丽·买买提", "ā yī gǔ lì · mǎi mǎi tí"),
    ],
)
def test_a_reading_keeps_what_is_not_chinese(name: str, said: str) -> None:
    assert reading(name) == said


def test_a_character_nobody_can_read_gives_no_initial() -> None:
    assert initials("李\ue000") == "L"


def test_every_line_of_the_table_gives_each_character_a_reading() -> None:
    assert all(len(surname) == len(said.split("-")) for surname, said in SURNAMES.items())
