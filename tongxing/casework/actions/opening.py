"""A case from an application, and the numbers that cases get."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.casework import catalogue, clocks
from tongxing.casework.actions.rows import write_down
from tongxing.casework.models import Case, Counter
from tongxing.casework.permission import check_case
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.content.services import Service
from tongxing.registry.models import Person
from tongxing.registry.queries import household_of
from tongxing.residents.actions import news


def take_numbers(count: int) -> list[str]:
    """The next numbers of this year. The row of the year is held until the transaction ends, so none is lost."""
    year = clocks.today().year
    Counter.objects.get_or_create(year=year)
    counter = Counter.objects.select_for_update().get(year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return [f"{year}-{number:05d}" for number in range(first, first + count)]


@transaction.atomic
def open_case(*, by: Actor | None, person: Person, service: str) -> Case:
    """A case from an application, the person's own or taken down for them, in the queue of its first step.

    Asked twice, the case that is open already comes back. Raises PermissionDenied; Refused for an unknown service, a
    person who died or moved away, or one without a household.
    """
    check_may(by, Right.OPEN_CASE, Right.OWN_AFFAIRS)
    assert by is not None
    known = catalogue.known().get(service)
    if known is None:
        raise Refused(f"没有服务 {service}。")
    case = _new(by, person, known)
    check_case(by, case, Right.OPEN_CASE, Right.OWN_AFFAIRS)
    numbers = take_numbers(1)  # holds all openers, so that the look below is true until the end
    if found := Case.objects.filter(service=service, unit_id=case.unit_id, state__in=Case.WAITING).first():
        Counter.objects.filter(year=clocks.today().year).update(last=int(numbers[0].partition("-")[2]) - 1)
        return found
    case.number = numbers[0]
    case.save()
    task = catalogue.new_task(case, known.steps[0], clocks.today())
    task.save()
    write_down(case, by, "opened", service=service, origin=case.origin)
    news.received(by=by, about=(person, case.number), due_at=clocks.told_at(), until=task.due_date)
    return case


def _new(by: Actor, person: Person, service: Service) -> Case:
    if (person.death_date and not service.after_death) or person.moved_out_date:
        raise Refused("库里记着这个人已去世或迁出，不能开件。记错了请先更正。")
    household = household_of(person)
    if household is None:
        raise Refused("这个人还没有登记在哪一户，先补上户再开件。")
    policy = pack(settings.PACK).policies.get(service.policy)
    shared = policy is not None and policy.unit == "household"
    first = service.steps[0]
    return Case(
        person=person,
        unit_id=household.pk if shared else person.pk,
        service=str(service.id),
        policy=str(service.policy),
        village_code=person.village_code,
        state=Case.State.OPEN,
        origin=Case.Origin.APPLICATION,
        role=str(first.role),
        division_code=catalogue.place_of(first, person.village_code),
        opened_at=clocks.now(),
        opened_by_id=by.user_id,
        opened_by_label=by.label[:80],
    )
