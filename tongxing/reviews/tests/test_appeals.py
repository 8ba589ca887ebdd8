"""An appeal goes to somebody who did not decide; the letter says what failed and what one can do."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests import cast
from tongxing.casework import actions
from tongxing.casework.models import Case
from tongxing.casework.tests.conftest import People
from tongxing.registry.models import Certificate
from tongxing.reviews.actions import appeal as appeal_against


def refused(people: People) -> Case:
    cast.lists_came("military_grade")
    Certificate.objects.filter(person=people.person).update(state="cancelled")
    case = people.at_county()
    actions.decide(by=people.county, case=case, result="refused", reason="残疾人证注销了")
    return case


def test_an_appeal_is_decided_by_somebody_else(people: People) -> None:
    appeal = appeal_against(by=people.town, case=refused(people), words="证没有注销")
    with pytest.raises(PermissionDenied, match="别人来办"):
        actions.decide(by=people.county, case=appeal, result="granted", reason="核错了")
    Certificate.objects.filter(person=people.person).update(state="valid")
    assert actions.decide(by=people.colleague, case=appeal, result="granted").state == "in_force"


def test_appealing_twice_gives_the_same_appeal(people: People) -> None:
    case = refused(people)
    first = appeal_against(by=people.town, case=case, words="证没有注销")
    assert appeal_against(by=people.town, case=case, words="还是不同意").pk == first.pk
