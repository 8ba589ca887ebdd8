"""One file outside one's scope, an hour, a reason; the person hears of it and somebody else looks again (S8)."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.journal.actions import record
from tongxing.lib.calendar import CalendarEnds, WorkCalendar
from tongxing.lib.mistakes import BadNumber
from tongxing.outbox.actions import News, post
from tongxing.registry.models import Person
from tongxing.registry.queries import named_person, person_for
from tongxing.residents.models import UrgentLook
from tongxing.residents.urgent import to_review

HOUR = timedelta(minutes=60)
REVIEW_DAYS = 2
A_DAY = 5
WORDS = "有工作人员因急事看了您的资料，只能看一小时。谁看的、为什么，在“谁看过我的资料”里。有疑问打 12345。"


@transaction.atomic
def open_file(*, by: Actor | None, number: str, name: str, reason: str) -> UrgentLook:
    """The file of the one whom number and name both name. Opened again within the hour it is the same look.

    Raises PermissionDenied; ValidationError saying what to put right. Nobody and a wrong name get one answer.
    """
    check_may(by, Right.SEE_PERSON, Right.FIND_PEOPLE)
    assert by is not None
    person, words = _meant(by, number, name), reason.strip()[:200]
    if len(words) < 6:
        raise ValidationError("请写清楚为什么等不得，至少六个字。")
    now = timezone.now()
    mine = UrgentLook.objects.filter(by_user_id=by.user_id)
    if known := mine.filter(person=person, until_at__gt=now).first():
        return known
    if mine.filter(opened_at__gt=now - timedelta(days=1)).count() >= A_DAY:
        raise ValidationError(f"一天最多 {A_DAY} 次。还有急事，请打电话给当地的同事。")
    look = UrgentLook.objects.create(
        person=person,
        reason=words,
        department=by.department or "",
        division_code=by.division_code,
        by_user_id=by.user_id,
        by_label=by.label,
        opened_at=now,
        until_at=now + HOUR,
        due_date=_due(),
    )
    record(by=by, verb="urgent.opened", subject=f"person:{person.pk}", look=look.pk)
    post(by=by, news=News(person, "urgent_look", WORDS, f"urgent:{look.pk}", f"urgent {look.pk}"))
    return look


def _meant(by: Actor, number: str, name: str) -> Person:
    try:
        person = named_person(number, name)
    except BadNumber as error:
        raise ValidationError(str(error)) from error
    if person is None:
        raise ValidationError("没有这个人：证件号码和姓名要都对。请再核对一遍。")
    if person_for(by, person.pk) is not None:
        raise ValidationError("这个人就在您的查看范围里，用“找人”就能看。")
    return person


def _due() -> date:
    known = pack(settings.PACK).calendar
    if known is None:
        raise ValidationError("规则包里没有工作日历，算不出复核的期限。请管理员补上。")
    try:
        return WorkCalendar(known.holidays, known.workdays, known.ends).add_workdays(timezone.localdate(), REVIEW_DAYS)
    except CalendarEnds as ends:
        raise ValidationError(str(ends)) from ends


@transaction.atomic
def look_again(*, by: Actor | None, look: UrgentLook) -> Person:
    """The person, for a look within the hour, written down. Raises PermissionDenied to others and afterwards."""
    check_may(by, Right.SEE_PERSON)
    if by is None or look.by_user_id != by.user_id or not look.is_open(timezone.now()):
        raise PermissionDenied("一小时到了，或者不是您打开的。还要看，请重新说明原因。")
    record(by=by, verb="urgent.looked", subject=f"person:{look.person_id}", look=look.pk)
    return look.person


@transaction.atomic
def review(*, by: Actor | None, look: UrgentLook, is_right: bool, words: str) -> UrgentLook:
    """Somebody else of the department says whether it was right. Once said it stays; a no needs words.

    Raises PermissionDenied for the one who looked and for strangers, ValidationError.
    """
    check_may(by, Right.SEE_PERSON)
    assert by is not None
    look = UrgentLook.objects.select_for_update(of=("self",)).get(pk=look.pk)
    if look.reviewed_at is not None:
        raise ValidationError(f"{look.reviewed_by_label}已经复核过了。")
    if not to_review(by).filter(pk=look.pk).exists():
        raise PermissionDenied("这一次要由本部门别的人来复核。")
    if not is_right and not words.strip():
        raise ValidationError("不该看，请写一句为什么。")
    look.is_right, look.review_words, look.reviewed_at = is_right, words.strip()[:200], timezone.now()
    look.reviewed_by_id, look.reviewed_by_label = by.user_id, by.label
    look.save(update_fields=["is_right", "review_words", "reviewed_at", "reviewed_by_id", "reviewed_by_label"])
    record(by=by, verb="urgent.reviewed", subject=f"person:{look.person_id}", look=look.pk, right=is_right)
    return look
