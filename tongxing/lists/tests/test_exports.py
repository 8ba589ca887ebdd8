"""S25, S6, S24: who may take a list, who must agree, what the file tells, and when it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.accounts.models import Post, User
from tongxing.jobs.models import Job
from tongxing.jobs.queue import do_one
from tongxing.journal.models import Entry
from tongxing.lists import actions, queries, tasks
from tongxing.lists.actions import Wish
from tongxing.lists.models import Export, Taken
from tongxing.lists.refusal import Refused
from tongxing.lists.rows import key_of
from tongxing.policy.models import Run
from tongxing.registry.models import Person

Officer = Callable[..., Actor]
MakeWish = Callable[..., Wish]
NEXT = "459921100202"


def table(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def approved(asker: Actor, colleague: Actor, wish: Wish) -> Export:
    return tasks.decide(by=colleague, export=tasks.ask(by=asker, wish=wish), is_granted=True)


def test_a_short_masked_list_is_there_at_once_and_written_down(officer: Officer, wish: MakeWish) -> None:
    xiaoli = officer("小黎")
    export = tasks.ask(by=xiaoli, wish=wish(NEXT))
    assert (export.state, export.count) == ("ready", 30)
    content = actions.take(by=xiaoli, export=export)
    assert [row[0] for row in table(content)[3:]] != [] and len(table(content)) == 33
    verbs = ["lists.asked", "lists.made", "lists.taken"]
    assert list(Entry.objects.values_list("verb", flat=True)) == verbs
    assert Taken.objects.get().count == 30


@pytest.mark.parametrize(("prefix", "opened"), [("459921", ()), (NEXT, ("phone",))])
def test_a_long_list_or_a_full_number_waits_for_somebody_else(
    prefix: str, opened: tuple[str, ...], officer: Officer, wish: MakeWish
) -> None:
    xiaoli, colleague = officer("小黎"), officer("小陈")
    export = tasks.ask(by=xiaoli, wish=wish(prefix, opened=opened))
    assert export.state == "waiting" and export.sealed is None
    with pytest.raises(Refused, match="等批准"):
        actions.take(by=xiaoli, export=export)
    with pytest.raises(PermissionDenied, match="别人来批"):
        tasks.decide(by=xiaoli, export=export, is_granted=True)
    assert list(queries.to_approve(colleague, timezone.now())) == [export]
    assert tasks.decide(by=colleague, export=export, is_granted=True).state == "ready"
    assert actions.take(by=xiaoli, export=export)


def test_the_asker_in_a_second_post_is_still_the_asker(officer: Officer, wish: MakeWish) -> None:
    export = tasks.ask(by=officer("小黎"), wish=wish())
    with pytest.raises(PermissionDenied):
        tasks.decide(by=officer("小黎", "federation_city", cast.CITY), export=export, is_granted=True)


@pytest.mark.parametrize(
    ("role", "division"),
    [("federation_county", cast.OTHER_COUNTY), ("civil_affairs_county", cast.COUNTY), ("planner", cast.CITY)],
)
def test_a_stranger_neither_sees_nor_approves(role: str, division: str, officer: Officer, wish: MakeWish) -> None:
    export, stranger = tasks.ask(by=officer("小黎"), wish=wish()), officer("外人", role, division)
    assert queries.export_for(stranger, export.pk) is None
    with pytest.raises(PermissionDenied):
        tasks.decide(by=stranger, export=export, is_granted=True)
    with pytest.raises(PermissionDenied):
        actions.take(by=stranger, export=export)


def test_the_federation_above_answers_for_a_township(officer: Officer, wish: MakeWish) -> None:
    export = tasks.ask(by=officer("老莫", "township_officer", "459921100000"), wish=wish("459921100"))
    assert tasks.decide(by=officer("小黎"), export=export, is_granted=True).state == "ready"


def test_an_approver_does_not_get_the_file(officer: Officer, wish: MakeWish) -> None:
    export = approved(officer("小黎"), colleague := officer("小陈"), wish())
    with pytest.raises(PermissionDenied, match="只给要它的人"):
        actions.take(by=colleague, export=export)


def test_the_second_yes_comes_too_late_and_a_no_needs_a_word(officer: Officer, wish: MakeWish) -> None:
    colleague = officer("小陈")
    export = approved(officer("小黎"), colleague, wish())
    with pytest.raises(Refused, match="小陈"):
        tasks.decide(by=officer("小赵"), export=export, is_granted=False, words="太多")
    other = tasks.ask(by=officer("小黎"), wish=wish(purpose="再要一份核对"))
    with pytest.raises(Refused, match="写一句"):
        tasks.decide(by=colleague, export=other, is_granted=False)
    assert tasks.decide(by=colleague, export=other, is_granted=False, words="上周给过").state == "refused"


def test_asked_twice_while_it_waits_is_asked_once(officer: Officer, wish: MakeWish) -> None:
    xiaoli = officer("小黎")
    assert tasks.ask(by=xiaoli, wish=wish()) == tasks.ask(by=xiaoli, wish=wish())
    assert Export.objects.count() == 1


@pytest.mark.parametrize(("purpose", "prefix"), [("", NEXT), ("查", NEXT), ("按村上门核对", "459921100203")])
def test_without_a_purpose_or_people_there_is_no_file(
    purpose: str, prefix: str, officer: Officer, wish: MakeWish
) -> None:
    with pytest.raises(Refused):
        tasks.ask(by=officer("小黎"), wish=wish(prefix, purpose))
    assert not Export.objects.exists()


def test_nobody_asks_beyond_the_area_or_without_the_right(officer: Officer, wish: MakeWish) -> None:
    for name, role, place in (("小乙", "federation_county", cast.OTHER_COUNTY), ("小陆", "village_worker", NEXT)):
        with pytest.raises(PermissionDenied):
            tasks.ask(by=officer(name, role, place), wish=wish())
    with pytest.raises(PermissionDenied):
        town = officer("老莫", "township_officer", "459921100000")
        tasks.ask(by=town, wish=wish(NEXT, opened=("phone",)))


def test_a_list_taken_in_pieces_needs_a_yes_once_the_day_is_full(
    officer: Officer, wish: MakeWish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "AT_ONCE_A_DAY", 70)
    states = [tasks.ask(by=officer("小黎"), wish=wish(NEXT, f"第 {n} 次核对")).state for n in range(3)]
    assert states == ["ready", "ready", "waiting"]


def test_full_numbers_stand_in_the_file_and_under_each_persons_name(officer: Officer, wish: MakeWish) -> None:
    xiaoli = officer("小黎")
    export = approved(xiaoli, officer("小陈"), wish(NEXT, opened=("id_number",)))
    numbers = {str(row[-1]) for row in table(actions.take(by=xiaoli, export=export))[3:]}
    people = Person.objects.filter(village_code=NEXT)
    assert numbers == {person.opened("id_number") for person in people}
    subjects = set(Entry.objects.filter(verb="lists.unmasked").values_list("subject", flat=True))
    assert subjects == {f"person:{person.pk}" for person in people}
    assert not any(number in str(Entry.objects.values_list("detail")) for number in numbers)


def test_who_when_and_number_stand_on_the_sheet(officer: Officer, wish: MakeWish) -> None:
    export = tasks.ask(by=(xiaoli := officer("小黎")), wish=wish(NEXT, "=1+1 核对用"))
    rows = table(actions.take(by=xiaoli, export=export))
    assert all(part in str(rows[0][0]) for part in ("小黎", f"第 {export.pk} 号", f"{timezone.localdate():%Y-%m-%d}"))
    assert "=1+1" in str(rows[1][0])


def test_no_cell_computes(officer: Officer, wish: MakeWish) -> None:
    Person.objects.filter(village_code=NEXT).update(name="=HYPERLINK(1)")
    rows = table(actions.take(by=(xiaoli := officer("小黎")), export=tasks.ask(by=xiaoli, wish=wish(NEXT))))
    assert {row[0] for row in rows[3:]} == {"=HYPERLINK(1)"}


def test_a_copy_with_rows_cut_out_leads_back_to_the_file(officer: Officer, wish: MakeWish) -> None:
    xiaoli, colleague = officer("小黎"), officer("小陈")
    files = [approved(xiaoli, colleague, wish(purpose=f"第 {n} 次核对")) for n in range(4)]
    rows = table(actions.take(by=xiaoli, export=files[2]))[3:]
    copied = [key_of(str(row[0]), str(row[2])) for at, row in enumerate(rows) if at % 3]
    found = queries.file_of_rows(copied)
    assert found is not None and found[0] == files[2] and found[1].is_sure


def test_after_a_week_the_file_is_gone_and_who_took_it_stays(officer: Officer, wish: MakeWish) -> None:
    xiaoli = officer("小黎")
    export = tasks.ask(by=xiaoli, wish=wish(NEXT))
    actions.take(by=xiaoli, export=export)
    later = timezone.now() + timedelta(days=7)
    assert actions.expire(now=later - timedelta(minutes=1)) == 0
    assert actions.expire(now=later) == 1
    export.refresh_from_db()
    assert (export.state, export.sealed) == ("over", None) and export.digest
    with pytest.raises(Refused, match="七天"):
        actions.take(by=xiaoli, export=export)
    assert queries.day_totals(xiaoli, timezone.localdate())[0].rows == 30


def test_a_long_one_is_made_by_a_worker_with_all_its_rows(
    officer: Officer, wish: MakeWish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MANY", 100)
    monkeypatch.setattr("tongxing.lists.rows.AT_A_TIME", 50)
    xiaoli = officer("小黎")
    export = approved(xiaoli, officer("小陈"), wish())
    assert export.state == "making"
    assert do_one("test")
    assert (Job.objects.get().state, Job.objects.get().subject) == ("done", f"export:{export.pk}")
    assert len(table(actions.take(by=xiaoli, export=export))) == 133
    digest = Export.objects.get().digest
    assert actions.make(export=export).digest == digest


def test_whoever_has_left_the_post_gets_nothing(
    officer: Officer, wish: MakeWish, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = tasks.ask(by=officer("小黎"), wish=wish())
    Post.objects.filter(user=User.objects.get(username="小黎")).update(until_date=timezone.localdate())
    with pytest.raises(Refused, match="不在这个岗位"):
        tasks.decide(by=officer("小陈"), export=export, is_granted=True)
    assert Export.objects.get().state == "waiting"


def test_totals_are_per_person_and_day_and_of_the_own_department(officer: Officer, wish: MakeWish) -> None:
    xiaoli, colleague = officer("小黎"), officer("小陈")
    for _ in range(2):
        actions.take(by=xiaoli, export=approved(xiaoli, colleague, wish(purpose="按村核对")))
    actions.take(by=colleague, export=tasks.ask(by=colleague, wish=wish(NEXT)))
    found = [(total.by_label, total.files, total.rows) for total in queries.day_totals(colleague, timezone.localdate())]
    assert found == [(xiaoli.label, 2, 260), (colleague.label, 1, 30)]
    assert queries.day_totals(officer("民政", "civil_affairs_county"), timezone.localdate()) == []
