"""Done needs evidence and a second person (P6); a state is told by reports and days, never typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from tests.cast import CITY, an_officer, today
from tongxing.accounts.access import Actor
from tongxing.journal.models import Entry
from tongxing.journal.queries import first_break
from tongxing.programme import actions, queries
from tongxing.programme.catalogue import known
from tongxing.programme.models import Confirmation, Evidence, PlanTask, Report
from tongxing.programme.permission import may_look
from tongxing.programme.refusal import Overtaken, Refused
from tongxing.programme.states import task_state
from tongxing.programme.tests.conftest import photo

DAY = date(2025, 3, 3)


def claimed(task: PlanTask, by: Actor) -> Confirmation:
    actions.add_evidence(by=by, of=task, name="现场照片", content=photo())
    return actions.claim_done(by=by, task=task, words="办完了", done_date=DAY)


def test_opening_the_register_twice_changes_nothing(register: None) -> None:
    before, entries = list(PlanTask.objects.values()), Entry.objects.count()
    assert not actions.open_register(by=None)
    assert list(PlanTask.objects.values()) == before
    assert Entry.objects.count() == entries


def test_every_clause_has_a_task_and_a_repeated_one_has_the_others(register: None) -> None:
    programme, found = known(), queries.tasks_by_clause()
    assert found.keys() == programme.clauses.keys()
    assert len({task.pk for task in found.values()}) == PlanTask.objects.count() == 415
    assert found["b8.3.2"] == found["b2.8"]
    assert all(task.unit == programme.clauses[task.clause].units[0] for task in found.values())


def test_a_clause_that_goes_to_another_unit_takes_its_task_along(task: PlanTask) -> None:
    PlanTask.objects.filter(pk=task.pk).update(unit="民政")
    assert actions.open_register(by=None).moved == 1
    task.refresh_from_db()
    assert task.unit == "残联"


def test_only_its_unit_reports_and_only_on_its_area(task: PlanTask, stranger: Actor, liang: Actor) -> None:
    civil = an_officer("civil_affairs_city", CITY, 8)
    village = an_officer("village_worker", CITY, 1)
    for wrong in (stranger, civil, village, None):
        with pytest.raises(PermissionDenied):
            actions.report(by=wrong, task=task, comment="办了", as_of=DAY)
    assert actions.report(by=liang, task=task, comment="  办了  ", as_of=DAY).comment == "办了"


def test_units_without_a_department_are_reported_by_who_has_none(register: None, liang: Actor, pei: Actor) -> None:
    theirs = PlanTask.objects.filter(unit="县区政府")[0]
    with pytest.raises(PermissionDenied, match="县区政府"):
        actions.report(by=liang, task=theirs, comment="办了", as_of=DAY)
    assert actions.report(by=pei, task=theirs, comment="四个县区都在写", as_of=DAY).by_label.startswith("老裴")


def test_a_report_sent_twice_is_one_and_none_is_ever_changed(task: PlanTask, liang: Actor) -> None:
    first = actions.report(by=liang, task=task, comment="开了会", as_of=DAY)
    assert actions.report(by=liang, task=task, comment="开了会", as_of=DAY) == first
    with pytest.raises(Refused, match="2025-03-03"):
        actions.report(by=liang, task=task, comment="更早的", as_of=DAY - timedelta(1))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Report.objects.filter(pk=first.pk).update(comment="改了")


@pytest.mark.parametrize(("comment", "day"), [("  ", DAY), ("长" * 301, DAY), ("明天的", today() + timedelta(days=1))])
def test_a_report_says_something_about_a_day_that_was(task: PlanTask, liang: Actor, comment: str, day: date) -> None:
    with pytest.raises(Refused):
        actions.report(by=liang, task=task, comment=comment, as_of=day)
    assert not task.reports.exists()


def test_the_state_follows_reports_and_days(task: PlanTask, liang: Actor, pei: Actor) -> None:
    seen = [task_state(task, DAY)]
    actions.report(by=liang, task=task, comment="开了会", as_of=DAY)
    seen.append(task_state(task, DAY))
    actions.report(by=liang, task=task, comment="没有钱", blocker="钱没到", as_of=DAY + timedelta(1))
    seen += [task_state(task, DAY), task_state(task, DAY + timedelta(1)), task_state(task, date(2026, 1, 1))]
    claimed(task, liang)
    seen.append(task_state(task, date(2026, 1, 1)))
    actions.confirm_done(by=pei, task=task)
    seen += [task_state(task, date(2026, 1, 1)), task_state(task, DAY - timedelta(1))]
    assert seen == ["not_started", "going", "going", "blocked", "late", "going", "done", "not_started"]


def test_done_without_evidence_is_refused(task: PlanTask, liang: Actor) -> None:
    with pytest.raises(Refused, match="还没有凭据"):
        actions.claim_done(by=liang, task=task, words="办完了", done_date=DAY)


def test_whoever_claims_it_done_is_never_the_second_person(task: PlanTask, liang: Actor, pei: Actor) -> None:
    """Not even a colleague who handed in nothing and may confirm."""
    both = replace(liang, user_id=9, rights=liang.rights | pei.rights)
    actions.add_evidence(by=liang, of=task, name="照片", content=photo())
    actions.claim_done(by=both, task=task, words="办完了", done_date=DAY)
    with pytest.raises(PermissionDenied, match="完成是您报的"):
        actions.confirm_done(by=both, task=task)
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.update(state="confirmed", second_user_id=both.user_id)
    assert task_state(task, DAY) == "going"


def test_nor_is_who_handed_in_the_evidence(task: PlanTask, liang: Actor, pei: Actor) -> None:
    handed = replace(pei, department="federation")
    actions.add_evidence(by=handed, of=task, name="照片", content=photo())
    actions.claim_done(by=liang, task=task, words="办完了", done_date=DAY)
    with pytest.raises(PermissionDenied, match="交过凭据"):
        actions.confirm_done(by=handed, task=task)


def test_a_second_person_of_another_area_confirms_nothing(task: PlanTask, liang: Actor, stranger: Actor) -> None:
    claimed(task, liang)
    county = replace(stranger, rights=an_officer("committee_county", stranger.division_code, 5).rights)
    for wrong in (county, stranger, None):
        with pytest.raises(PermissionDenied):
            actions.confirm_done(by=wrong, task=task)


def test_confirmed_twice_it_is_one_and_the_hash_stands_in_the_chain(task: PlanTask, liang: Actor, pei: Actor) -> None:
    claim = claimed(task, liang)
    assert actions.claim_done(by=liang, task=task, words="办完了", done_date=DAY) == claim
    first = actions.confirm_done(by=pei, task=task)
    assert actions.confirm_done(by=pei, task=task) == first
    prints = list(task.evidence.values_list("fingerprint", flat=True))
    entry = Entry.objects.get(verb="programme.confirmed")
    assert entry.detail["evidence"] == prints
    assert Entry.objects.get(verb="programme.evidence").detail["sha256"] == prints[0]
    assert first_break() is None
    with pytest.raises(Refused, match="不能再改"):
        actions.report(by=liang, task=task, comment="还有", as_of=DAY)


def test_a_no_says_why_and_the_task_is_in_hand_again(task: PlanTask, liang: Actor, pei: Actor) -> None:
    claimed(task, liang)
    with pytest.raises(Refused, match="为什么"):
        actions.reject_done(by=pei, task=task, words=" ")
    actions.reject_done(by=pei, task=task, words="照片看不清")
    assert task_state(task, DAY) == "not_started"
    assert actions.claim_done(by=liang, task=task, words="补了照片", done_date=DAY).state == "waiting"
    assert task_state(task, DAY) == "going"


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"%PDF-1.4 /JavaScript %%EOF", b"\xff\xd8\xff half a photo"])
def test_bad_files_are_refused_in_words(task: PlanTask, liang: Actor, content: bytes) -> None:
    with pytest.raises(Refused, match="请"):
        actions.add_evidence(by=liang, of=task, name="照片", content=content)
    assert not Evidence.objects.exists()


def test_evidence_is_kept_once_sealed_and_shown_only_in_its_area(
    task: PlanTask, liang: Actor, pei: Actor, stranger: Actor
) -> None:
    piece = actions.add_evidence(by=liang, of=task, name="照片", content=photo())
    assert actions.add_evidence(by=liang, of=task, name="又一张", content=photo()) == piece
    assert bytes(Evidence.objects.get().sealed)[:2] != b"\xff\xd8"
    assert actions.look_at_evidence(by=pei, evidence=piece).startswith(b"\xff\xd8")
    assert Entry.objects.filter(verb="programme.looked").count() == 1
    assert not may_look(stranger, task)
    for wrong in (stranger, an_officer("village_worker", CITY, 1), None):
        with pytest.raises(PermissionDenied):
            actions.look_at_evidence(by=wrong, evidence=piece)


def test_a_later_day_is_given_by_the_committee_with_a_reason(task: PlanTask, liang: Actor, pei: Actor) -> None:
    later = task.due_date + timedelta(days=90)
    with pytest.raises(PermissionDenied):
        actions.postpone(by=liang, task=task, due_date=later, words="来不及")
    with pytest.raises(Refused, match="要比原来的晚"):
        actions.postpone(by=pei, task=task, due_date=task.due_date - timedelta(1), words="早一点")
    for _ in range(2):
        moved = actions.postpone(by=pei, task=task, due_date=later, words="等上级办法")
    assert (moved.due_date, moved.first_due_date) == (later, task.first_due_date)
    assert Entry.objects.filter(verb="programme.postponed").count() == 1


def test_who_comes_second_with_another_day_is_told_and_may_give_it_on_what_stands_now(
    task: PlanTask, pei: Actor
) -> None:
    seen, theirs, mine = task.due_date, task.due_date + timedelta(days=30), task.due_date + timedelta(days=90)
    actions.postpone(by=pei, task=task, due_date=theirs, words="等上级办法", seen=seen)
    actions.postpone(by=pei, task=task, due_date=theirs, words="等上级办法", seen=seen)
    with pytest.raises(Overtaken, match="请选留哪个"):
        actions.postpone(by=pei, task=task, due_date=mine, words="并到下个规划", seen=seen)
    task.refresh_from_db()
    assert task.due_date == theirs
    assert actions.postpone(by=pei, task=task, due_date=mine, words="并到下个规划", seen=theirs).due_date == mine
