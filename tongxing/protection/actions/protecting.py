"""Protecting where somebody lives, saying who may know it, and lifting it; each written down without the place (S28).

Everything that says where the person lives is changed in one transaction: the files of the household, their cases and
tasks, what they asked for, and lists that wait to be taken. What is kept sealed comes back when it is lifted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.models import Post
from tongxing.accounts.rights import Right
from tongxing.casework import catalogue
from tongxing.casework.models import Case, Task
from tongxing.journal.actions import record
from tongxing.lists.models import Export
from tongxing.moves.models import Move
from tongxing.protection.queries import NEAR, place_of, protection_of, who_could_be_named
from tongxing.registry.keys import ring
from tongxing.registry.models import Household, KeptPlace, Named, Person, Protection
from tongxing.registry.models.person import COUNTY_ALONE
from tongxing.registry.models.protection import seal_of
from tongxing.registry.queries import check_person, household_of, members_of
from tongxing.residents.models import Request

LONGEST = 300


@transaction.atomic
def protect(
    *, by: Actor | None, person: Person, reason: str, posts: Sequence[int], until_date: date | None = None
) -> Protection:
    """From now on the file names the county alone. `posts`: of those who may know the place, until a day or for good.

    Raises ValidationError without a reason, and unless somebody of the village or township is named: the steps near
    home would wait for nobody. Asked twice, the one that stands comes back.
    """
    actor = check_person(by, person, Right.PROTECT_PLACE)
    if standing := protection_of(person):
        return standing
    said = _reason(reason)
    chosen = _chosen(actor, person, posts)
    if not any(post.role in NEAR for post in chosen):
        raise ValidationError("请至少点一位乡镇或村里的人，不然办件没人接。", code="posts")
    made = Protection(person=person, set_at=timezone.now(), set_by_label=actor.label)
    made.reason_sealed = ring().seal(said, place=place_of(made, "reason"))
    made.save()
    _forget_files(person.village_code)
    home = household_of(person)
    people = [member.person for member in members_of(home)] if home else [person]
    for each in people:
        _keep(made, each)
    if home:
        Household.objects.filter(pk=home.pk).update(village_code=people[0].village_code)
    person.refresh_from_db()
    record(by=actor, verb="protection.set", subject=f"person:{person.pk}", people=len(people))
    for post in chosen:
        name_post(actor, made, post, until_date)
    return made


def _reason(words: str) -> str:
    if not words.strip():
        raise ValidationError("请写一句为什么。", code="reason")
    return words.strip()[:LONGEST]


def _chosen(actor: Actor, person: Person, posts: Sequence[int]) -> list[Post]:
    """Only of those who are offered."""
    return list(who_could_be_named(actor, person, timezone.localdate()).filter(pk__in=posts))


def _keep(protection: Protection, person: Person) -> None:
    KeptPlace.objects.create(
        protection=protection,
        person=person,
        village_sealed=ring().seal(person.village_code, place=seal_of(person.pk)),
        address_sealed=person.address_sealed,
    )
    person.address_sealed = None
    _hide_moves(person)
    move_file(person, f"{person.village_code[:6]}{COUNTY_ALONE}")


def _hide_moves(person: Person) -> None:
    """What says where they came to names the county alone, and what waits for a township is nobody's there."""
    for move in Move.objects.filter(movers__person=person):
        move.from_code, move.to_code = (f"{code[:6]}{COUNTY_ALONE}" for code in (move.from_code, move.to_code))
        if move.state == Move.State.WAITING:
            move.state, move.answered_at = Move.State.WITHDRAWN, timezone.now()
        move.save()


def move_file(person: Person, code: str) -> None:
    """The file, the cases with their tasks, and what waits for an office, all in one place."""
    person.village_code = code
    person.save(update_fields=["village_code", "address_sealed"])
    Request.objects.filter(person=person).update(village_code=code)
    cases = Case.objects.filter(person=person)
    cases.update(village_code=code)
    for task in Task.objects.filter(case__in=cases).select_related("case"):
        where = _where(task, code)
        Task.objects.filter(pk=task.pk).update(division_code=where)
        if task.done_at is None:
            cases.filter(pk=task.case_id).update(division_code=where)


def _where(task: Task, code: str) -> str:
    """Where its step stands for somebody who lives at `code`; what was passed to another unit stays there."""
    service = catalogue.known().get(task.case.service)
    step = next((step for step in service.steps if step.id == task.step), None) if service else None
    if step and str(step.role) == task.role:
        return catalogue.place_of(step, code)
    return task.division_code if task.division_code.endswith(COUNTY_ALONE) else f"{code[:6]}{COUNTY_ALONE}"


def _forget_files(county: str) -> None:
    """Lists made before still hold the place: whoever wants one asks for it again."""
    made = Export.objects.filter(division_code__startswith=county[:6], state=Export.State.READY)
    made.update(state=Export.State.OVER, sealed=None)
    city = Export.objects.filter(division_code=f"{county[:4]}00000000", state=Export.State.READY)
    city.update(state=Export.State.OVER, sealed=None)


def name_post(actor: Actor, protection: Protection, post: Post, until_date: date | None) -> Named:
    today = timezone.localdate()
    standing = protection.named.filter(user=post.user_id, until_date=None).first()
    if standing is not None:
        return standing
    made = Named.objects.create(
        protection=protection, user=post.user, from_date=today, until_date=until_date, named_by_label=actor.label
    )
    record(by=actor, verb="protection.named", subject=f"person:{protection.person_id}", user=post.user_id)
    return made


@transaction.atomic
def name_staff(*, by: Actor | None, person: Person, post: int, until_date: date | None = None) -> Named:
    """One more who may know the place. Raises ValidationError for whoever is not among those offered."""
    actor = check_person(by, person, Right.PROTECT_PLACE)
    protection, chosen = standing_of(person), _chosen(actor, person, [post])
    if not chosen:
        raise ValidationError("请选一位在这里工作的人。", code="post")
    if until_date is not None and until_date <= timezone.localdate():
        raise ValidationError("日子要在今天以后。", code="until")
    return name_post(actor, protection, chosen[0], until_date)


@transaction.atomic
def unname(*, by: Actor | None, person: Person, named: int) -> Named:
    """From now on no longer. Twice changes nothing."""
    check_person(by, person, Right.PROTECT_PLACE)
    found = standing_of(person).named.filter(pk=named).first()
    if found is None:
        raise PermissionDenied("没有点过这个人。")
    today = timezone.localdate()
    if found.until_date is None or found.until_date > today:
        found.until_date = today
        found.save(update_fields=["until_date"])
        record(by=by, verb="protection.unnamed", subject=f"person:{person.pk}", user=found.user_id)
    return found


@transaction.atomic
def lift(*, by: Actor | None, person: Person, reason: str) -> Protection:
    """The place is open again as it was, for everybody in the household. Raises ValidationError without a reason."""
    actor = check_person(by, person, Right.PROTECT_PLACE)
    protection = standing_of(person)
    protection.lift_reason_sealed = ring().seal(_reason(reason), place=place_of(protection, "lift"))
    protection.lifted_at, protection.lifted_by_label = timezone.now(), actor.label
    protection.save()
    for kept in protection.places.select_related("person"):
        kept.person.address_sealed = kept.address_sealed
        move_file(kept.person, kept.village_code)
        home = household_of(kept.person)
        if home:
            Household.objects.filter(pk=home.pk).update(village_code=kept.village_code)
    record(by=actor, verb="protection.lifted", subject=f"person:{protection.person_id}")
    person.refresh_from_db()
    return protection


def standing_of(person: Person) -> Protection:
    """Held, so that of two who lift it one does. Raises ValidationError where nothing is protected."""
    found = protection_of(person)
    if found is None:
        raise ValidationError("这个人的地址没有保护。")
    return Protection.objects.select_for_update().get(pk=found.pk)
