"""Citizens say a word without a name; a unit answers in public, and nobody is named in either."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.releases import actions
from tongxing.releases.models import Remark
from tongxing.releases.queries.remarks import answered, remark_for, remarks_for
from tongxing.releases.refusal import Refused

WORDS = "镇上的康复站一个月只来一次，太少了。"


@pytest.fixture
def planner(db: None) -> Actor:
    cast.sign_up()
    return cast.an_officer("planner", cast.CITY, 6)


def test_a_remark_has_a_day_by_which_it_is_answered(db: None) -> None:
    made = actions.say(about="i10", words=WORDS)
    assert made.due_date > made.said_date
    assert answered("i10") == []


def test_the_same_words_twice_are_one_remark(db: None) -> None:
    assert actions.say(about="i10", words=WORDS) == actions.say(about="i10", words=f" {WORDS} ")
    assert Remark.objects.count() == 1


@pytest.mark.parametrize(
    ("about", "words", "reason"),
    [
        ("i99", WORDS, "没有这一项"),
        ("i10", "  ", "还没有写"),
        ("i10", "多" * 501, "最多 500"),
        ("i10", f"我妈 {cast.id_number(5)} 没有领到", "请删掉"),
        ("i10", "打我电话 13800138000", "请删掉"),
    ],
)
def test_what_cannot_be_taken_says_how_to_mend_it(db: None, about: str, words: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        actions.say(about=about, words=words)
    assert Remark.objects.count() == 0


def test_an_answer_is_shown_to_everybody(planner: Actor) -> None:
    made = actions.say(about="i10", words=WORDS)
    given = actions.answer(by=planner, remark=made, words="12 月起一周一次。")
    assert [(each.words, each.answer) for each in answered("i10")] == [(WORDS, "12 月起一周一次。")]
    assert actions.answer(by=planner, remark=made, words="12 月起一周一次。") == given
    with pytest.raises(Refused, match="已经在"):
        actions.answer(by=planner, remark=made, words="改一下")


def test_what_names_somebody_is_kept(planner: Actor) -> None:
    made = actions.say(about="i10", words="村里老王家没人管。")
    actions.answer(by=planner, remark=made, words="已经上门看过。", why_kept="写到了具体的人")
    assert answered("i10") == []


def test_a_unit_answers_for_what_it_leads(planner: Actor) -> None:
    mine, other = actions.say(about="i10", words=WORDS), actions.say(about="i03", words=WORDS)
    federation = cast.an_officer("federation_city", cast.CITY, 6)
    assert list(remarks_for(federation)) == [mine]
    assert remark_for(federation, other.pk) is None
    with pytest.raises(PermissionDenied):
        actions.answer(by=federation, remark=other, words="不归我们。")
    with pytest.raises(PermissionDenied):
        actions.answer(by=cast.an_officer("township_officer", "459921100000", 2), remark=mine, words="好。")
    assert actions.answer(by=federation, remark=mine, words="好。").state == Remark.State.ANSWERED


def test_an_answer_holds_no_number_of_a_person(planner: Actor) -> None:
    made = actions.say(about="i10", words=WORDS)
    with pytest.raises(Refused, match="请删掉"):
        actions.answer(by=planner, remark=made, words="请打 13800138000")
