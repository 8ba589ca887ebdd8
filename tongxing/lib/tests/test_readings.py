from __future__ import annotations

import pytest

from tongxing.lib import numerals, readings, wording


@pytest.mark.parametrize(
    "figure, said",
    [("0", "零"), ("10", "十"), ("105", "一百零五"), ("3,200", "三千二百"), ("80.5", "八十点五"), ("2026", "二零二六")],
)
def test_figures_are_said_as_people_say_them(figure: str, said: str) -> None:
    assert numerals.aloud(figure) == said


def test_a_code_is_said_digit_by_digit() -> None:
    assert numerals.aloud("12345") == "一二三四五"
    assert numerals.in_words(100_500) == "十万零五百"
    with pytest.raises(ValueError):
        numerals.in_words(10**8)


def test_a_stored_reading_comes_before_the_dictionary() -> None:
    assert readings.readings("区", {"区": "qū"}) == ["qū"]
    assert readings.readings("银行", {}) == ["yín", "háng"]
    assert readings.readings("覃区", {"覃": "qín"}) == ["qín", "qū"]


def test_a_sentence_for_a_voice_has_tones_pauses_and_no_figures() -> None:
    said = readings.spoken(wording.words("每月 80 元，编号 2026-7。"), {})
    assert said == "mei3 yue4 ba1 shi2 yuan2, bian1 hao4 er4 ling2 er4 liu4 qi1."


def test_words_lose_no_character_and_names_stay_whole() -> None:
    text = "您在示例镇的补贴，3,200.50 元。"
    assert "".join(wording.words(text, {"示例镇"})) == text
    assert "示例镇" in wording.words(text, {"示例镇"})


def test_braille_words_stand_apart_but_not_from_punctuation() -> None:
    assert wording.apart(["您", "的", "补贴", "，", "每月", " ", "80", " ", "元", "。"]) == "您 的 补贴，每月 80 元。"
