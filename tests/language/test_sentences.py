"""A17, A18: what residents read is short, in common characters, without office words and double negatives."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from statistics import median

from tests.language import said

LONGEST, MEDIAN, NINE_OF_TEN, EASY = 40, 18, 28, 15
COMMON, JARGON = 0.995, 2
TWO_NOES = re.compile(r"没有不|不得不|不能不|不会不|无不|莫不|并非不|未必不|不是不|非.{1,6}不可")


def is_common(letter: str) -> bool:
    """One of the 3,755 characters of GB 2312 level 1."""
    try:
        code = letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def test_the_splitter_ends_a_sentence_where_a_reader_breathes() -> None:
    found = [one.words for one in said.sentences("x", "您好。收到 3 份，在办！\n还差：照片")]
    assert found == ["您好", "收到 3 份，在办", "还差", "照片"]
    assert said.Sentence("x", "收到 3 份，在办").length == 6


def test_sentences_of_pages_and_of_content_are_short() -> None:
    found = said.everything()
    assert [str(one) for one in found if one.length > LONGEST] == []
    for part in (said.of_content(), said.of_plan(), said.of_templates()):
        lengths = sorted(one.length for one in part)
        assert lengths, "nothing was read"
        assert median(lengths) <= MEDIAN
        assert lengths[int(0.9 * len(lengths))] <= NINE_OF_TEN


def test_easy_read_has_at_most_fifteen_characters_a_line() -> None:
    found = list(said.of_easy())
    assert len(found) > 200
    assert [str(one) for one in found if one.length > EASY] == []


def test_characters_are_those_that_everybody_learns() -> None:
    letters = [letter for one in [*said.everything(), *said.of_easy()] for letter in re.findall("[一-鿿]", one.words)]
    rare = Counter(letter for letter in letters if not is_common(letter))
    assert 1 - rare.total() / len(letters) >= COMMON, rare
    assert is_common("啊") and not is_common("鑫") and not is_common("溁")


def test_nothing_is_said_with_two_noes() -> None:
    assert [str(one) for one in said.everything() if TWO_NOES.search(one.words)] == []


def test_a_page_has_at_most_two_office_words_without_an_explanation() -> None:
    jargon = set(map(str, said.load("jargon.yaml")))
    found: dict[str, set[str]] = defaultdict(set)
    for one in said.everything():
        if not one.where.startswith("glossary.yaml"):
            found[one.where] |= {word for word in jargon if word in one.words}
    assert {where: words for where, words in found.items() if len(words) > JARGON} == {}
