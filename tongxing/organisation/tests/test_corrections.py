"""A figure is wrong: the employer says so once, the department of its area answers once, and nobody else meets it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import CITY, COUNTY, OTHER_COUNTY, VILLAGE, today
from tongxing.accounts.access import Actor, actor_of
from tongxing.accounts.models import Post, User
from tongxing.content.instance import pack
from tongxing.journal.models import Entry
from tongxing.lib.credit import check_character
from tongxing.organisation.actions.corrections import answer_correction, ask_correction
from tongxing.organisation.models import Correction, Employer, Spokesperson
from tongxing.organisation.queries import answer_of, corrections_for, words_of

pytestmark = pytest.mark.django_db
OURS, THEIRS = (body + check_character(body) for body in ("91459900000007919", "91459900000015838"))
NOTHING_TO_DO = [("labour_county", OTHER_COUNTY), ("federation_county", COUNTY), ("village_worker", VILLAGE)]


def actor(role: str, division: str, code: str = "") -> Actor:
    user = User.objects.create(username=f"{role}-{division}-{code}"[:60], name=role, password="!")
    post = Post.objects.create(user=user, role=role, division_code=division, from_date=today())
    if code:
        Spokesperson.objects.create(user=user, credit_code=code, from_date=today())
    return actor_of(post)


@pytest.fixture
def hotel() -> Employer:
    return Employer.objects.create(name="甲酒店", credit_code=OURS, division_code=VILLAGE, facts={"new_hires": 1})


@pytest.fixture
def speaker() -> Actor:
    return actor("employer", CITY, OURS)


@pytest.fixture
def asked(hotel: Employer, speaker: Actor) -> Correction:
    return ask_correction(employer=hotel, fact="new_hires", words="是 2 人", by=speaker)


def test_it_waits_for_the_department_of_the_area_and_nobody_else(asked: Correction) -> None:
    assert words_of(asked) == "是 2 人" and bytes(asked.words_sealed) != b"2"
    assert asked.due_date is None or asked.due_date > today()
    for role, division in [("labour_county", COUNTY), ("labour_city", CITY)]:
        assert list(corrections_for(actor(role, division))) == [asked]
    for role, division in NOTHING_TO_DO:
        assert not corrections_for(actor(role, division)).exists(), role


def test_a_department_that_does_not_work_here_is_told_by_the_federation(hotel: Employer, speaker: Actor) -> None:
    owners = {str(department.name) for department in pack(settings.PACK).departments.values()}
    assert pack(settings.PACK).facts["staff"].owner not in owners
    assert ask_correction(employer=hotel, fact="staff", words="是 99", by=speaker).department == "federation"


def test_saying_it_twice_is_saying_it_once(asked: Correction, hotel: Employer, speaker: Actor) -> None:
    assert ask_correction(employer=hotel, fact="new_hires", words="真的是 2 人", by=speaker) == asked
    assert words_of(Correction.objects.get()) == "是 2 人"
    assert Entry.objects.filter(verb="organisation.corrected").count() == 1


@pytest.mark.parametrize(("fact", "words", "why"), [("new_hires", " ", "写一句"), ("dibao", "是", "没有这一项")])
def test_what_cannot_be_is_said(hotel: Employer, speaker: Actor, fact: str, words: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        ask_correction(employer=hotel, fact=fact, words=words, by=speaker)


def test_nobody_says_it_for_another(hotel: Employer) -> None:
    for by in (None, actor("employer", CITY, THEIRS), actor("employer", CITY), actor("labour_city", CITY)):
        with pytest.raises(PermissionDenied):
            ask_correction(employer=hotel, fact="new_hires", words="是 2 人", by=by)


def test_it_is_answered_once(asked: Correction, hotel: Employer, speaker: Actor) -> None:
    officer = actor("labour_county", COUNTY)
    with pytest.raises(ValidationError, match="写一句答复"):
        answer_correction(correction=asked, words=" ", by=officer)
    answered = answer_correction(correction=asked, words="查了，改成 2", by=officer)
    assert answer_of(answered) == "查了，改成 2"
    with pytest.raises(PermissionDenied):
        answer_correction(correction=asked, words="再答", by=officer)
    assert answer_of(Correction.objects.get()) == "查了，改成 2"
    again = ask_correction(employer=hotel, fact="new_hires", words="又错了", by=speaker)
    assert again != answered, "a new mistake is a new matter"


def test_no_other_office_answers(asked: Correction) -> None:
    for by in (None, *(actor(role, division) for role, division in NOTHING_TO_DO)):
        with pytest.raises(PermissionDenied):
            answer_correction(correction=asked, words="好", by=by)
    assert Correction.objects.get().answered_at is None
