"""The yearly check with the person's own word: one yes to all that is held, or one line that has changed (J11).

If the rule then knows again that the same money is owed, the review is over and nobody visits. Else the word stands
on the task, and the office goes on from there. Nothing is stopped or lowered by it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.casework import clocks
from tongxing.casework.actions.rows import end, finish, locked, open_task, write_down
from tongxing.casework.hearing import may_follow
from tongxing.casework.models import Case, Decision, Event, Task
from tongxing.casework.permission import check_case
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.payments.models import Award
from tongxing.payments.queries import rate_of
from tongxing.policy.queries.explanations import explain, sources
from tongxing.registry.actions import Told, answer
from tongxing.registry.models import Status
from tongxing.registry.queries import household_of, statuses_of
from tongxing.residents.actions import Word, ask_office, hear
from tongxing.residents.models import Request
from tongxing.reviews.queries import CHANGED, SAME, is_asked


@transaction.atomic
def still_so(*, by: Actor | None, case: Case, source: str, word: Word | None = None) -> Case:
    """Everything that is held is still so: what had grown old is written down anew, with `source` for who says it.

    `word`: what a ward says themselves; without it a guardian's yes alone ends nothing (S29). Said twice, nothing more
    happens. Raises PermissionDenied; Refused for a case that is no such review; ValidationError for half of a word.
    """
    actor = check_case(by, case, Right.OWN_AFFAIRS)
    case = locked(case)
    if Event.objects.filter(case=case, verb=SAME).exists():
        return case
    task = _task(case)
    if word is not None:
        hear(by=actor, person=case.person, case_number=case.number, how=word[0], words=word[1])
    for status in _old(case):
        told = Told(status.fact, status.value, source, clocks.today())
        answer(person=case.person, household=household_of(case.person), told=told, by=actor)
    write_down(case, actor, SAME)
    if may_follow(actor, case) and _is_clear(case):
        Task.objects.filter(pk=task.pk, done_at=None).update(claimed_by_id=None, claimed_by_label="", claimed_at=None)
        finish(task, actor, Task.Outcome.ACCEPTED)
        end(case, Case.State.CLOSED)
    else:
        _note(task, "本人说：都还是这样。")
    return case


@transaction.atomic
def has_changed(*, by: Actor | None, case: Case, fact: str, words: str) -> Case:
    """One line is different: the office that keeps it is asked, and the doubt stands on the task.

    Raises PermissionDenied; Refused for a case that is no such review; ValidationError without words.
    """
    actor = check_case(by, case, Right.OWN_AFFAIRS)
    known = pack(settings.PACK).facts.get(fact)
    if known is None:
        raise Refused("没有这一项。请从上面的单子里选。")
    case = locked(case)
    task = _task(case)
    ask_office(by=actor, person=case.person, kind=Request.Kind.CORRECT, words=words, fact=fact)
    if not Event.objects.filter(case=case, verb=CHANGED, detail__fact=fact).exists():
        write_down(case, actor, CHANGED, fact=fact)
        _note(task, f"本人说变了：{known.label}。")
    return case


def _task(case: Case) -> Task:
    if not is_asked(case):
        raise Refused("这一件现在不用您核对。请看下面写到哪一步了。")
    return open_task(case)


def _note(task: Task, words: str) -> None:
    Task.objects.filter(pk=task.pk).update(note=f"{words}{task.note}"[:200])


def _old(case: Case) -> list[Status]:
    """What was told once about the facts that the rule cannot use any more."""
    told = sources(case.person, statuses_of(case.person, household_of(case.person)))
    found = explain(case.person, clocks.today(), [case.policy]).answers.get(case.policy)
    facts, known = (
        pack(settings.PACK).facts,
        [told[name] for name in sorted(found.ask if found else ()) if name in told],
    )
    return [one for one in known if facts[one.fact].origin == "status" and one.answer == Status.Answer.KNOWN]


def _is_clear(case: Case) -> bool:
    """The rule says yes to the same money, and nobody has decided anything in the meantime."""
    award = Award.objects.filter(policy=case.policy, unit_id=case.unit_id, until_month=None).first()
    found = explain(case.person, clocks.today(), [case.policy]).answers.get(case.policy)
    if award is None or found is None or Decision.objects.filter(case=case).exists():
        return False
    if Event.objects.filter(case=case, verb=CHANGED).exists():
        return False
    return found.eligible is True and found.amount_fen == rate_of(award, clocks.today().replace(day=1))
