from __future__ import annotations

from tongxing.lib.ruby import with_pinyin

READ = {"银行": ["yín", "háng"], "好": ["hǎo"]}


def words(text: str) -> list[tuple[str, list[str]]]:
    return [(text, READ[text])] if text in READ else [(letter, [letter]) for letter in text]


def test_readings_stand_above_and_are_not_read_twice() -> None:
    page = with_pinyin("<title>好</title><main><p>银行</p></main><p>好</p>", words)
    assert page == (
        '<title>好</title><main><p><ruby>银<rt aria-hidden="true">yín</rt>行<rt aria-hidden="true">háng</rt></ruby>'
        "</p></main><p>好</p>"
    )


def test_attributes_options_and_escaped_text_stay_as_they_are() -> None:
    main = '<main><input aria-label="好"><option>好</option><p>a &lt; b 1</p></main>'
    assert with_pinyin(main, words) == main
