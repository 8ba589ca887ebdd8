"""Two files become one: nothing that points at a person is lost, the ledger stays, and it can be taken apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey
from django.utils import timezone

from tests.cast import COUNTY, certify, home_of, tell
from tongxing.accounts.models import User
from tongxing.duplicates import actions
from tongxing.duplicates.inventory import MOVES, STAYS
from tongxing.duplicates.models import Merge, Pair
from tongxing.duplicates.refusal import Refused
from tongxing.duplicates.tests.cast import CLERK, SECOND, TOWN, WHY, filed_twice, found
from tongxing.journal.actions import record
from tongxing.payments.models import Award, Payment, Rate
from tongxing.policy.models import Declined
from tongxing.registry import queries
from tongxing.registry.keys import ring
from tongxing.registry.models import Certificate, Guardian, Member, Person, Status
from tongxing.residents.models import Request
from tongxing.residents.queries import place_of, words_of

MONTH = date(2026, 10, 1)


def merged(pair: Pair, kept: Person) -> Merge:
    actions.ask(by=CLERK, pair=pair, kept=kept, words=WHY)
    return actions.confirm(by=SECOND, pair=pair)


def award_of(person: Person, policy: str = "living_allowance", unit: int = 0, **more: Any) -> Award:
    made = {"origin": "taken_over", "from_month": date(2026, 1, 1), "made_at": timezone.now(), "by_label": "系统"}
    award = Award.objects.create(person=person, unit_id=unit or person.pk, policy=policy, **made | more)
    at = timezone.now()
    Rate.objects.create(award=award, from_month=award.from_month, monthly_fen=8000, reason="", by_label="", at=at)
    return award


def paid(award: Award, month: date = MONTH, kind: str = "regular") -> Payment:
    said = {"policy": award.policy, "month": month, "kind": kind, "amount_fen": 8000}
    return Payment.objects.create(award=award, person=award.person, settled_at=timezone.now(), **said)


def asked_of(person: Person) -> Request:
    made = Request(person=person, kind="correct", village_code=person.village_code, asked_at=timezone.now())
    made.words_sealed = ring().seal("生日不对", place=place_of(made, "words"))
    made.save()
    return made


def test_every_field_that_points_at_a_person_is_moved_or_stays_for_a_reason() -> None:
    pointing = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.is_relation and relation.auto_created and isinstance(relation.field, ForeignKey)
    }
    moved = {points.name for points in MOVES}
    assert pointing == moved | set(STAYS)
    assert not moved & set(STAYS)


def test_everything_is_found_under_the_kept_file_and_the_other_leads_to_it() -> None:
    first, second = filed_twice()
    certificate, award = certify(second), award_of(second)
    number = certificate.number
    payment, request, answer = paid(award), asked_of(second), tell(second, "lives_alone", "true")
    guardian = Guardian.objects.create(ward=second, kind="parent", proof="户口本", from_date=date(2020, 1, 1))
    merged(found(first, second), first)
    for row in (certificate, award, request, answer, guardian, payment):
        row.refresh_from_db()
    assert certificate.person == award.person == request.person == answer.person == guardian.ward == first
    assert (certificate.number, words_of(request), award.unit_id) == (number, "生日不对", first.pk)
    assert payment.person == second  # the ledger stays as it is
    first.refresh_from_db()
    assert first.opened("phone") == "13900000001"
    assert queries.person_for(CLERK, second.pk) is None
    assert queries.file_that_counts(CLERK, second.pk) == first
    assert queries.find_people(CLERK, first.name).people == [first]
    assert queries.subjects_of(first) == [f"person:{first.pk}", f"person:{second.pk}"]


def test_one_asks_and_another_confirms_and_twice_is_once() -> None:
    pair = found(*filed_twice())
    actions.ask(by=SECOND, pair=pair, kept=pair.one, words=WHY)
    with pytest.raises(PermissionDenied, match="另一个人"):
        actions.confirm(by=SECOND, pair=pair)
    with pytest.raises(PermissionDenied):
        actions.confirm(by=TOWN, pair=pair)
    done = actions.confirm(by=CLERK, pair=pair)
    assert actions.confirm(by=CLERK, pair=pair).moved == done.moved
    assert Member.objects.filter(person__in=(pair.one, pair.other), until_date=None).count() == 1


def test_two_running_awards_for_one_benefit_stand_in_the_way_until_one_is_stopped() -> None:
    first, second = filed_twice()
    award_of(first)
    twice = award_of(second)
    pair = found(first, second)
    with pytest.raises(Refused, match="请先停一份"):
        actions.ask(by=CLERK, pair=pair, kept=first, words=WHY)
    twice.until_month = date(2026, 2, 1)
    twice.save()
    merged(pair, first)
    twice.refresh_from_db()
    assert twice.person == first


def test_what_came_in_between_is_looked_at_again_before_the_second_yes() -> None:
    first, second = filed_twice()
    pair = found(first, second)
    actions.ask(by=CLERK, pair=pair, kept=first, words=WHY)
    certify(first)
    certify(second)
    with pytest.raises(Refused, match="请先注销一张"):
        actions.confirm(by=SECOND, pair=pair)
    assert Person.objects.filter(merged_into=None).count() == 2


@pytest.mark.parametrize("kind", ["guardian", "death", "number", "protected", "household"])
def test_a_merge_that_would_guess_is_refused_with_what_to_do(kind: str) -> None:
    first, second = filed_twice()
    pair = found(first, second)
    if kind == "guardian":
        Guardian.objects.create(ward=first, guardian=second, kind="parent", proof="户口本", from_date=MONTH)
    elif kind == "death":
        Person.objects.filter(pk=second.pk).update(death_date=MONTH)
    elif kind == "number":
        Person.objects.filter(pk=first.pk).update(id_number_sealed=None, id_number_index=None)
    elif kind == "protected":
        Person.objects.filter(pk=second.pk).update(village_code=COUNTY)
    else:
        award_of(second, unit=home_of(second).pk)
    words = {"guardian": "监护关系", "death": "去世情况", "number": "请留另一份", "household": "按另一户办"}
    words |= {"protected": "解除保护"}
    with pytest.raises(Refused, match=words[kind]):
        actions.ask(by=CLERK, pair=Pair.objects.get(pk=pair.pk), kept=Person.objects.get(pk=first.pk), words=WHY)


def test_a_merge_is_taken_apart_as_a_whole() -> None:
    first, second = filed_twice()
    certificate, award, request = certify(second), award_of(second), asked_of(second)
    number = certificate.number
    before = state_of(first, second)
    pair = found(first, second)
    merged(pair, first)
    assert state_of(first, second) != before
    actions.undo(by=CLERK, pair=pair)
    assert state_of(first, second) == before
    certificate.refresh_from_db()
    request.refresh_from_db()
    assert (certificate.number, words_of(request)) == (number, "生日不对")
    assert Award.objects.get(pk=award.pk).unit_id == second.pk
    merged(pair, first)  # and it may be asked for again


def state_of(*people: Person) -> list[object]:
    """Whose is what: every row that a merge may move, and what the files say in the clear."""
    found: list[object] = []
    for person in people:
        person.refresh_from_db()
        found.append((person.merged_into_id, person.opened("phone"), person.phone_index and bytes(person.phone_index)))
        found.append(sorted(person.memberships.values_list("pk", "until_date")))
        found += [sorted(rows.filter(person=person).values_list("pk", flat=True)) for rows in OF_ONE]
    return found


OF_ONE = [model._default_manager.all() for model in (Certificate, Award, Status, Request)]


def test_nothing_is_taken_apart_that_somebody_changed_since() -> None:
    first, second = filed_twice()
    pair = found(first, second)
    merged(pair, first)
    record(by=CLERK, verb="registry.looked", subject=f"person:{first.pk}")
    record(by=CLERK, verb="residents.account_changed", subject=f"person:{first.pk}")
    with pytest.raises(Refused, match="又改过"):
        actions.undo(by=CLERK, pair=pair)
    assert Person.objects.get(pk=second.pk).merged_into == first


def test_after_ninety_days_it_stays_merged() -> None:
    first, second = filed_twice()
    pair = found(first, second)
    done = merged(pair, first)
    Merge.objects.filter(pk=done.pk).update(decided_at=timezone.now() - timedelta(days=91))
    with pytest.raises(Refused, match="90 天"):
        actions.undo(by=CLERK, pair=pair)


def test_where_the_kept_file_has_said_no_already_the_other_no_stays_behind() -> None:
    first, second = filed_twice()
    clerk = User.objects.create(username="clerk", name="周姐")
    for person in (first, second):
        said = {"policy": "living_allowance", "words": "不要", "told_date": MONTH, "recorded_by": clerk}
        Declined.objects.create(person=person, **said)
    merged(found(first, second), first)
    assert sorted(Declined.objects.values_list("person", flat=True)) == [first.pk, second.pk]


def test_a_file_merged_before_leads_on_to_the_last_one() -> None:
    first, second = filed_twice()
    merged(found(first, second), second)
    third = filed_twice(900)[0]
    Person.objects.filter(pk=third.pk).update(name=second.name)
    actions.find_pairs()
    merged(Pair.objects.get(one=second, other=third), third)
    assert Person.objects.get(pk=first.pk).merged_into == third
    assert queries.file_that_counts(CLERK, first.pk) == third
