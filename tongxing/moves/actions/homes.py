"""Households when somebody moves: the whole one goes, or some leave it for one of their own or for another's.

          head, spouse, child in A                    the spouse and the child go:
          A keeps the head                            B has the spouse as its head, and the child

What is told of a household stays with it: who leaves takes none of it along, and is asked anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tongxing.moves.models import Move, Mover
from tongxing.moves.queries import living
from tongxing.registry.models import Household, Member
from tongxing.registry.queries import members_of

Relation = Member.Relation
KEPT = {("spouse", "child"): Relation.CHILD}  # what a child of the head is to the head's spouse


def settle(movers: Sequence[Mover], move: Move, host: Household | None, relation: str) -> Household | None:
    """The household in which they live from now on; None for whom none was held, for a guess would be wrong.

    `host`: somebody else's, and what whoever asked is to its head.
    """
    left = movers[0].left
    rows = members_of(left) if left else []
    gone = {mover.person_id for mover in movers}
    staying = living([row for row in rows if row.person_id not in gone])
    if host is None and not staying:
        if left:
            Household.objects.filter(pk=left.pk).update(village_code=move.to_code)
        return left
    going = [row for row in rows if row.person_id in gone]
    new = host or Household.objects.create(village_code=move.to_code)
    as_now = {row.person_id: str(Relation.OTHER) for row in going} if host else _relations(going)
    if host:
        as_now[move.person_id] = relation
    for row in going:
        _end(row, move.from_date)
    for person_id, what in as_now.items():
        _begin(new, person_id, what, move.from_date)
    if staying:
        _stay(staying, move.from_date)
    return new


def _stay(rows: Sequence[Member], on: date) -> None:
    """Where the head has gone, somebody else is from now on."""
    for row, what in zip(rows, _relations(rows).values(), strict=True):
        if row.relation != what:
            _end(row, on)
            _begin(row.household, row.person_id, what, on)


def _relations(rows: Sequence[Member]) -> dict[int, str]:
    """{person: what they are to the head of these}: as it was where the head is among them."""
    head = _head(rows)
    if head.relation == Relation.HEAD:
        return {row.person_id: row.relation for row in rows}
    to_head = {row.person_id: str(KEPT.get((head.relation, row.relation), Relation.OTHER)) for row in rows}
    return to_head | {head.person_id: str(Relation.HEAD)}


def _head(rows: Sequence[Member]) -> Member:
    """The head, else the head's spouse, else the eldest; whose age is not known comes last."""
    order = {Relation.HEAD: 0, Relation.SPOUSE: 1}
    return min(rows, key=lambda row: (order.get(Relation(row.relation), 2), row.person.birth_date or date.max, row.pk))


def _end(row: Member, on: date) -> None:
    Member.objects.filter(pk=row.pk).update(until_date=max(row.from_date, on))


def _begin(home: Household, person_id: int, relation: str, on: date) -> None:
    Member.objects.create(household=home, person_id=person_id, relation=relation, from_date=on)
