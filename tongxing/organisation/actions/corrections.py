"""A figure held of an employer is wrong: it says so, and the department that keeps the figure answers."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.keys import ring
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.journal.actions import record
from tongxing.lib.calendar import CalendarEnds, WorkCalendar
from tongxing.organisation.models import Correction, Employer
from tongxing.organisation.queries import corrections_for, employers_of, sealed_at

LONGEST, WORKING_DAYS = 500, 15
PASSES_ON = "federation"  # what belongs to a department that does not work here, as the tax office's


@transaction.atomic
def ask_correction(*, employer: Employer, fact: str, words: str, by: Actor | None) -> Correction:
    """Into the queue of the department that keeps the figure. The same figure again is the one that waits.

    Raises PermissionDenied for somebody else's, ValidationError without words or for no figure of employers.
    """
    check_may(by, Right.OWN_UNIT)
    assert by is not None
    if not employers_of(by).select_for_update().filter(pk=employer.pk).exists():
        raise PermissionDenied("这不是您的单位。")
    known = pack(settings.PACK).facts.get(fact)
    if known is None or known.unit != "employer":
        raise ValidationError("没有这一项。请从本单位的页面上选。")
    said, now = words.strip()[:LONGEST], timezone.now()
    if not said:
        raise ValidationError("请写一句：应该是多少，凭什么知道。")
    if same := employer.corrections.filter(fact=fact, answered_at=None).first():
        return same
    made = Correction(
        employer=employer,
        fact=fact,
        department=_department(known.owner),
        asked_at=now,
        asked_by_label=by.label,
        due_date=_due(timezone.localdate(now)),
    )
    made.words_sealed = ring().seal(said, place=sealed_at(made, "words"))
    made.save()
    record(by=by, verb="organisation.corrected", subject=f"employer:{employer.pk}", fact=fact, correction=made.pk)
    return made


def _department(owner: str) -> str:
    known = pack(settings.PACK).departments
    return next((str(id_) for id_, department in known.items() if department.name == owner), PASSES_ON)


def _due(today: date) -> date | None:
    """None where the calendar ends, for nothing is guessed."""
    known = pack(settings.PACK).calendar
    if known is None:
        return None
    try:
        return WorkCalendar(known.holidays, known.workdays, known.ends).add_workdays(today, WORKING_DAYS)
    except CalendarEnds:
        return None


@transaction.atomic
def answer_correction(*, correction: Correction, words: str, by: Actor | None) -> Correction:
    """What was found; the employer reads it on its page. Answered once, by the department in whose queue it is."""
    held = corrections_for(by).select_for_update(of=("self",)).filter(pk=correction.pk).first()
    if held is None or by is None:
        raise PermissionDenied("这一条不在您的队列里，或者已经答复过了。")
    if not words.strip():
        raise ValidationError("请写一句答复：查到什么，改了没有。")
    held.answer_sealed = ring().seal(words.strip()[:LONGEST], place=sealed_at(held, "answer"))
    held.answered_at, held.answered_by_label = timezone.now(), by.label
    held.save(update_fields=["answer_sealed", "answered_at", "answered_by_label"])
    record(by=by, verb="organisation.answered", subject=f"employer:{held.employer_id}", correction=held.pk)
    return held
