"""The resident, whoever acts for them, or an officer beside them says where they live from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.lib.dates import full_years, parse_date, spoken_date
from tongxing.moves.models import Move, Mover
from tongxing.moves.queries import first_day, last_day, may_come_along
from tongxing.organisation.queries import division
from tongxing.outbox import actions as outbox
from tongxing.registry.keys import ring
from tongxing.registry.models import Member, Person
from tongxing.registry.queries import check_person, household_of, people_by_number
from tongxing.residents import offices

LONGEST = 100  # characters of an address
ADULT = 18
PROTECTED = "您的地址受保护，搬家要当面办。请打 12345，找残联。"


@dataclass(frozen=True)
class Wish:
    """Where to: the code of a village and the address in it; from which day, as typed; who of the household comes."""

    village: str
    address: str
    day: str
    along: Sequence[int] = ()


@transaction.atomic
def ask(*, by: Actor | None, person: Person, wish: Wish) -> Move:
    """Into the queue of the township there. Said twice in the same words, it is the one that waits.

    Raises ValidationError with one error for each field, its name as the code, saying how to put it right.
    """
    actor = check_person(by, person, Right.OWN_AFFAIRS)
    people_by_number([person.pk]).select_for_update().get()  # of two at once the second finds the first
    day = _checked(person, wish)
    along = [row for row in may_come_along(person) if row.person_id in set(wish.along)]
    if standing := Move.objects.filter(person=person, state=Move.State.WAITING).first():
        return _same(standing, wish, day)
    now, home = timezone.now(), household_of(person)
    move = Move(
        person=person,
        from_code=person.village_code,
        to_code=wish.village,
        from_date=day,
        asked_at=now,
        asked_by_label=actor.label[:80],
        due_date=offices.due(max(timezone.localdate(now), day)),
    )
    move.address_sealed = ring().seal(_address(wish), place=move.place_of("address"))
    move.save()
    people = [person, *(row.person for row in along)]
    Mover.objects.bulk_create([Mover(move=move, person=each, left=home) for each in people])
    for each in people:
        record(by=actor, verb="moves.asked", subject=f"person:{each.pk}", move=move.pk)
    _tell_others(actor, move, along)
    return move


def _checked(person: Person, wish: Wish) -> date:
    """From which day."""
    if person.is_protected:
        raise ValidationError(PROTECTED, code="village")
    wrong, day = [], timezone.localdate()
    place = division(wish.village)
    if place is None or place.level != "village":
        wrong.append(ValidationError("请选搬到哪个村、社区。", code="village"))
    if not _address(wish):
        wrong.append(ValidationError("请写新住址，写到门牌或几组。", code="address"))
    try:
        day = _day(wish.day)
    except ValueError as why:
        wrong.append(ValidationError(str(why), code="day"))
    if wrong:
        raise ValidationError(wrong)
    return day


def _address(wish: Wish) -> str:
    return wish.address.strip()[:LONGEST]


def _day(words: str) -> date:
    """Raises ValueError with how to write it."""
    if not words.strip():
        raise ValueError("请写从哪天起，比如 2026-01-03。")
    day, today = parse_date(words), timezone.localdate()
    if not first_day(today) <= day <= last_day(today):
        raise ValueError(f"请写 {spoken_date(first_day(today))}到 {spoken_date(last_day(today))}之间的一天。")
    return day


def _same(standing: Move, wish: Wish, day: date) -> Move:
    if (standing.to_code, standing.address, standing.from_date) != (wish.village, _address(wish), day):
        raise ValidationError("您已经报过一次搬家，正在核实。要改，先在“我的资料”里撤回。", code="village")
    return standing


def _tell_others(by: Actor, move: Move, along: Sequence[Member]) -> None:
    """Grown-ups who are to come along hear of it, in case nobody asked them."""
    today = timezone.localdate()
    for row in along:
        born = row.person.birth_date
        if born is None or full_years(born, today) >= ADULT:
            words = "家里人报了搬家，说您一起搬。不是这样，马上打 12345。"
            outbox.post(by=by, news=outbox.News(row.person, "move", words, once=f"move {move.pk} {row.person_id}"))


@transaction.atomic
def withdraw(*, by: Actor | None, move: Move) -> Move:
    """As long as nobody has answered. Twice changes nothing; raises ValidationError once it was answered."""
    actor = check_person(by, move.person, Right.OWN_AFFAIRS)
    taken = {"state": Move.State.WITHDRAWN, "answered_at": timezone.now(), "answered_by_label": actor.label[:80]}
    if Move.objects.filter(pk=move.pk, state=Move.State.WAITING).update(**taken) == 1:
        record(by=actor, verb="moves.withdrawn", subject=f"person:{move.person_id}", move=move.pk)
    move.refresh_from_db()
    if move.state != Move.State.WITHDRAWN:
        raise ValidationError("已经办过了，撤不回。搬错了，请再报一次。")
    return move
