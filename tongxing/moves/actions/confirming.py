"""The township of arrival says yes, and place, household, cases and requests follow; or says in words why not.

Payments need nothing: an award is the person's, its account stays, and the next run reads the new place from the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_free, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.lib.dates import spoken_date
from tongxing.moves.actions.following import ask_again, bring_cases
from tongxing.moves.actions.homes import settle
from tongxing.moves.models import Move, Mover
from tongxing.moves.queries import movers_of, waiting_for
from tongxing.organisation.queries import names, path_name
from tongxing.outbox import actions as outbox
from tongxing.registry.keys import ring
from tongxing.registry.models import Household, Member, Person
from tongxing.registry.queries import household_of, people_by_number, person_for
from tongxing.residents.models import Request

LONGEST = 200
GONE = "{name}的资料在这以后变过，不能照这一份办。请写一句，让本人重新报。"


@dataclass(frozen=True)
class Host:
    """Somebody of the village in whose household they live from now on, and what whoever asked is to its head."""

    person_id: int
    relation: str


@transaction.atomic
def confirm(*, by: Actor | None, move: Move, host: Host | None = None) -> Move:
    """They live here from now on. Of two who press at once, one does.

    Raises PermissionDenied elsewhere and when it was answered; ValidationError with how to go on.
    """
    actor, move = _open(by, move)
    today = timezone.localdate()
    if move.from_date > today:
        raise ValidationError(f"{spoken_date(move.from_date)}才搬，到那天再确认。", code="go")
    movers = _unchanged(move)
    home = _home_of(actor, move, host) if host else None
    joined = settle(movers, move, home, host.relation if host else Member.Relation.OTHER)
    for mover in movers:
        _bring(actor, move, mover, joined)
    _close(actor, move, Move.State.DONE)
    _tell(actor, move, movers)
    return move


def _open(by: Actor | None, move: Move) -> tuple[Actor, Move]:
    """Held until the end."""
    check_may(by, Right.OPEN_CASE)
    assert by is not None
    check_free(by)
    found = waiting_for(by).select_for_update(of=("self",)).filter(pk=move.pk).first()
    if found is None:
        raise PermissionDenied("这一份不在您这里，或者已经答复过了。")
    return by, found


def _unchanged(move: Move) -> list[Mover]:
    """Everybody is where they were when it was said, so that two moves of one person cannot cross."""
    movers = movers_of(move)
    numbers = [mover.person_id for mover in movers]
    people = {person.pk: person for person in people_by_number(numbers).select_for_update().order_by("pk")}
    for mover in movers:
        mover.person = person = people[mover.person_id]
        left = (person.village_code, _household_id(person)) != (move.from_code, mover.left_id)
        if left or person.merged_into_id or person.death_date or person.moved_out_date:
            raise ValidationError(GONE.format(name=person.name), code="go")
    return movers


def _household_id(person: Person) -> int | None:
    home = household_of(person)
    return home.pk if home else None


def _home_of(actor: Actor, move: Move, host: Host) -> Household:
    found = person_for(actor, host.person_id)
    home = household_of(found) if found and found.village_code == move.to_code else None
    if home is None:
        raise ValidationError("这个村没有这个人员编号，或者他没有登记户。请核对。", code="host")
    if host.relation not in Member.Relation.values or host.relation == Member.Relation.HEAD:
        raise ValidationError("请选和那家户主是什么关系。", code="relation")
    return home


def _bring(actor: Actor, move: Move, mover: Mover, joined: Household | None) -> None:
    person = mover.person
    person.village_code = move.to_code
    person.address_sealed = ring().seal(_whole_address(move), place=f"person.address.{person.pk}")
    person.save(update_fields=["village_code", "address_sealed"])
    mover.joined = joined
    mover.save(update_fields=["joined"])
    Request.objects.filter(person=person).update(village_code=move.to_code)
    bring_cases(actor, mover)
    ask_again(actor, mover)
    record(by=actor, verb="moves.confirmed", subject=f"person:{person.pk}", move=move.pk)


def _whole_address(move: Move) -> str:
    """With the names of the place before it, unless they were typed."""
    known = names()
    village, place = path_name(move.to_code, {move.to_code: known[move.to_code]}), path_name(move.to_code, known)
    return move.address if village in move.address else f"{place}{move.address}"


def _close(actor: Actor, move: Move, state: str) -> None:
    move.state, move.answered_at, move.answered_by_label = state, timezone.now(), actor.label[:80]
    move.save()


def _tell(actor: Actor, move: Move, movers: Sequence[Mover]) -> None:
    """Who looks after them now, and where; nothing of benefits, for a text may be read by others."""
    town = path_name(f"{move.to_code[:9]}000", names())
    words = f"搬家记好了。以后您的事归{town}管，在办的一起转过去。不对，打 12345。"
    for mover in movers:
        news = outbox.News(mover.person, "move", words, once=f"moved {move.pk} {mover.person_id}")
        outbox.post(by=actor, news=news)


@transaction.atomic
def decline(*, by: Actor | None, move: Move, words: str) -> Move:
    """They do not live here, or something is missing: the person reads the words and may say it again."""
    actor, move = _open(by, move)
    said = words.strip()[:LONGEST]
    if not said:
        raise ValidationError("请写一句为什么，本人会看到。", code="words")
    move.answer_sealed = ring().seal(said, place=move.place_of("answer"))
    _close(actor, move, Move.State.DECLINED)
    record(by=actor, verb="moves.declined", subject=f"person:{move.person_id}", move=move.pk)
    told = "您报的搬家还没有办。为什么，请在“我的资料”里看。"
    outbox.post(by=actor, news=outbox.News(move.person, "move", told, once=f"not moved {move.pk}"))
    return move
