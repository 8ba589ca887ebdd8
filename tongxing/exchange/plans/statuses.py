"""A list of who has a status: new ones start, those on a complete list no more stop, doubtful ones wait.

A status is never rewritten: a new first day closes the old row and opens another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from tongxing.content.layout import Layout
from tongxing.exchange.lines import KnownPerson, Line
from tongxing.exchange.matching import chunks
from tongxing.exchange.plans.plan import Gone, Plan
from tongxing.exchange.scope import Scope
from tongxing.lib.dates import spoken_date
from tongxing.lib.divisions import subtree_prefix
from tongxing.lib.text import normalise_name
from tongxing.registry.models import ListReceived, Member, Status

Active = dict[int, Status]  # by person or household


def status_plan(lines: Sequence[Line], layout: Layout, scope: Scope) -> Plan:
    active = _active(scope)
    plan = Plan(lines, layout, active_before=len(active))
    listed: dict[int, int] = {}
    for line in lines:
        if line.good:
            _plan_line(plan, line, scope, active, listed)
    if scope.feed.complete:
        plan.gone = _gone(plan, scope, {unit: found for unit, found in active.items() if unit not in listed})
        plan.lists = _list_received(scope)
    return plan


def _active(scope: Scope) -> Active:
    """The newest active status of each person or household of the area."""
    unit, day = scope.feed.unit, scope.as_of_date
    rows = Status.objects.filter(
        Q(until_date=None) | Q(until_date__gt=day),
        fact=scope.fact,
        answer=Status.Answer.KNOWN,
        from_date__lte=day,
        **{f"{unit}__village_code__startswith": subtree_prefix(scope.division_code)},
    )
    return {getattr(status, f"{unit}_id"): status for status in rows.order_by("received_date", "id")}


def _plan_line(plan: Plan, line: Line, scope: Scope, active: Active, listed: dict[int, int]) -> None:
    unit = _unit(line.person, scope)
    if unit is None:
        line.action, line.note = "none", _nobody(line)
        return
    if unit in listed:
        line.action, line.note = "keep", f"和第 {listed[unit]} 行是同一户，算一次。"
        return
    listed[unit] = line.number
    found, value, first_day = active.get(unit), scope.value, scope.from_date_of(line)
    if found is None:
        line.action = "start"
    elif found.value == value and first_day in (None, found.from_date):
        line.action = "keep"
        return
    else:
        line.action, line.note = "change", _what_changed(found, value, first_day)
        _close(plan, found, scope)
        first_day = first_day or scope.as_of_date
    plan.statuses.append(_status(scope, unit, value, first_day or scope.as_of_date))
    if line.person and line.person.death_date:
        line.note += f"库里记着这个人 {spoken_date(line.person.death_date)}去世，请核对。"


def _unit(person: KnownPerson | None, scope: Scope) -> int | None:
    if person is None:
        return None
    return person.household_id if scope.feed.unit == "household" else person.id


def _nobody(line: Line) -> str:
    return "库里没有这个人，跳过。" if line.person is None else "库里有这个人，但没有户，跳过。请先登记户。"


def _what_changed(found: Status, value: str, first_day: date | None) -> str:
    if found.value != value:
        return "值和上次不同。"
    return f"起始日期原来是 {spoken_date(found.from_date)}。" if first_day else ""


def _close(plan: Plan, found: Status, scope: Scope) -> None:
    plan.alter("status", found.pk, {"until_date": found.until_date}, {"until_date": scope.as_of_date})


def _status(scope: Scope, unit: int, value: str, first_day: date) -> Status:
    return Status(
        person_id=unit if scope.feed.unit == "person" else None,
        household_id=unit if scope.feed.unit == "household" else None,
        fact=scope.fact,
        value=value,
        from_date=first_day,
        source=scope.source,
        received_date=scope.received_date,
        batch=scope.batch_id,
    )


def _list_received(scope: Scope) -> list[ListReceived]:
    """One a day and area: the same list again adds nothing."""
    key = {"fact": scope.fact, "division_code": scope.division_code, "as_of_date": scope.as_of_date}
    if ListReceived.objects.filter(**key).exists():
        return []
    return [ListReceived(**key, received_date=scope.received_date, source=scope.source, batch=scope.batch_id)]


Residents = list[tuple[str, int, int]]  # name, person, household; the head first


def _gone(plan: Plan, scope: Scope, unlisted: Active) -> list[Gone]:
    """Everybody who has the status and is not on the list; those whom a bad line may mean are held."""
    bad = [line for line in plan.lines if not line.good]
    meant = {_unit(line.person, scope): line.number for line in bad if line.person}
    by_name = {line.values["name"]: line.number for line in bad if line.person is None and "name" in line.values}
    people = _people_of(unlisted, scope)
    gone = []
    for unit, found in unlisted.items():
        residents = people.get(unit, [])
        line = meant.get(unit) or next((by_name[name] for name, *_ in residents if name in by_name), None)
        gone.append(_gone_unit(unit, residents, line, scope))
        if line is None:
            _close(plan, found, scope)
    return gone


def _gone_unit(unit: int, residents: Residents, line: int | None, scope: Scope) -> Gone:
    _, person_id, household_id = residents[0] if residents else ("", None, None)
    if scope.feed.unit == "household":
        household_id = unit
    if line is None:
        return Gone("stop", person_id, household_id, "名单上没有了。")
    return Gone("held", person_id, household_id, f"可能就是有错的第 {line} 行，改好以前先不停。")


def _people_of(units: Iterable[int], scope: Scope) -> dict[int, Residents]:
    """The people of today of each unit."""
    found: dict[int, Residents] = {}
    for part in chunks(units):
        members = Member.objects.filter(**{f"{scope.feed.unit}_id__in": part}, until_date=None).select_related("person")
        for one in members:
            resident = (normalise_name(one.person.name), one.person_id, one.household_id)
            place = 0 if one.relation == Member.Relation.HEAD else 99
            found.setdefault(getattr(one, f"{scope.feed.unit}_id"), []).insert(place, resident)
    return found
