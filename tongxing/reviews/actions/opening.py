"""Looking again: an appeal by the person (J5), and a review when the facts have changed."""

from __future__ import annotations

from django.db import transaction

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.casework import catalogue, clocks
from tongxing.casework.actions.opening import take_numbers
from tongxing.casework.actions.rows import write_down
from tongxing.casework.models import Case, Counter, Decision
from tongxing.casework.permission import check_case
from tongxing.casework.refusal import Refused
from tongxing.content.services import Service, Step
from tongxing.payments.models import Award
from tongxing.registry.models import Person
from tongxing.residents.actions import news
from tongxing.reviews.queries import is_asked

ACCOUNT = "account"  # the cause of a case that only needs an account to which money can go


@transaction.atomic
def appeal(*, by: Actor | None, case: Case, words: str) -> Case:
    """The person does not agree with a decision: somebody else looks again, at the step that decides.

    Asked twice, the appeal that is open comes back. Raises Refused without a decision, or without words.
    """
    actor = check_case(by, case, Right.WORK_CASE, Right.OWN_AFFAIRS)
    numbers = take_numbers(1)
    waiting = Case.objects.filter(service=case.service, unit_id=case.unit_id, state__in=Case.WAITING).first()
    if waiting is not None:
        if waiting.origin == Case.Origin.APPEAL:
            give_back(numbers)
            return waiting
        raise Refused(f"同一项已经在办（{waiting.number}），不同意的话请写在那一件里。")
    decided = Decision.objects.filter(case=case, state=Decision.State.IN_FORCE).first()
    if decided is None:
        raise Refused("这一件还没有决定。")
    if not words.strip():
        raise Refused("请写下本人哪里不同意，写原话就行。")
    service = catalogue.service_of(case)
    found = Case(number=numbers[0], origin=Case.Origin.APPEAL, about=case, **_same(case, service, actor))
    return _begin(found, service.step(service.decide), actor, words.strip()[:200])


def _same(case: Case, service: Service, by: Actor) -> dict[str, object]:
    said = about(case.person, case.unit_id, service, by, service.step(service.decide))
    return said | {"village_code": case.village_code}


def about(person: Person, unit_id: int, service: Service, by: Actor | None, step: Step) -> dict[str, object]:
    """What a case says of itself that begins at this step."""
    return {
        "person": person,
        "unit_id": unit_id,
        "service": str(service.id),
        "policy": str(service.policy),
        "village_code": person.village_code,
        "state": Case.State.OPEN,
        "role": str(step.role),
        "division_code": catalogue.place_of(step, person.village_code),
        "opened_at": clocks.now(),
        "opened_by_id": by.user_id if by else 0,
        "opened_by_label": by.label[:80] if by else "系统",
    }


def _begin(case: Case, step: Step, by: Actor | None, words: str) -> Case:
    case.save()
    task = catalogue.new_task(case, step, clocks.today())
    task.note = words
    task.save()
    write_down(case, by, "opened", service=case.service, origin=case.origin, cause=case.cause)
    return case


def give_back(numbers: list[str]) -> None:
    """A number taken and not used goes back, in the same transaction, so that there are no gaps."""
    Counter.objects.filter(year=clocks.today().year).update(last=int(numbers[0].partition("-")[2]) - 1)


@transaction.atomic
def review(*, by: Actor | None, award: Award, cause: str, words: str) -> Case | None:
    """A review of an award, opened by the night (`by` None) or an officer. None if one is open already."""
    if by is not None:
        check_may(by, Right.WORK_CASE)
    service = catalogue.by_policy().get(award.policy)
    if service is None:
        return None
    numbers = take_numbers(1)
    if Case.objects.filter(service=service.id, unit_id=award.unit_id, state__in=Case.WAITING).exists():
        give_back(numbers)
        return None
    step = service.steps[0] if cause == ACCOUNT else service.step(service.decide)
    said = about(award.person, award.unit_id, service, by, step)
    found = Case(number=numbers[0], origin=Case.Origin.REVIEW, cause=cause, **said)
    case = _begin(found, step, by, words)
    if is_asked(case):
        news.checks(by=by, about=(award.person, case.number), due_at=clocks.told_at())
    return case
