"""What citizens say about the plan: taken without a name, answered in public within so many working days (P13)."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may, may
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.content.plan import plan
from tongxing.content.publishing import publishing
from tongxing.journal.actions import record
from tongxing.lib.calendar import WorkCalendar
from tongxing.lib.text import has_personal_number, normalise
from tongxing.releases.models import Remark
from tongxing.releases.queries.remarks import departments_of
from tongxing.releases.refusal import Refused

LONGEST, LONGEST_ANSWER = 500, 800
MOST_WAITING = 200  # about one thing; then a flood is more likely than so many people
NUMBER = "里面像有证件号、账号或电话。请删掉，这里的话会公开。"


@transaction.atomic
def say(*, about: str, words: str) -> Remark:
    """A remark about an indicator or a clause, by nobody in particular. The same words twice a day are one remark.

    Raises Refused: nothing said, too long, a number of a person in it, something that does not exist, a flood.
    """
    said = normalise(words)
    _check_words(about, said)
    today = timezone.localdate()
    key = sha256(f"{about}\n{today}\n{said}".encode()).hexdigest()
    known = Remark.objects.filter(key=key).first()
    if known is not None:
        return known
    if Remark.objects.filter(about=about, state=Remark.State.WAITING).count() >= MOST_WAITING:
        raise Refused("这一项等着答的意见太多了。请过几天再写，或者打 12345。")
    due = _calendar().add_workdays(today, publishing(settings.PACK).answer_within)
    try:
        with transaction.atomic():
            made = Remark.objects.create(about=about, words=said, key=key, said_date=today, due_date=due)
    except IntegrityError:  # sent twice at one moment
        return Remark.objects.get(key=key)
    record(by=None, verb="plan.remark_said", subject=f"remark:{made.pk}", about=about)
    return made


def _check_words(about: str, said: str) -> None:
    city = plan(settings.PACK)
    if about not in city.indicators and about not in city.clauses:
        raise Refused("没有这一项。请从指标或条目的页面上写。")
    if not said:
        raise Refused("还没有写。请写一句您的意见。")
    if len(said) > LONGEST:
        raise Refused(f"写了 {len(said)} 个字，最多 {LONGEST} 个。请写短一些。")
    if has_personal_number(said):
        raise Refused(NUMBER)


def _calendar() -> WorkCalendar:
    known = pack(settings.PACK).calendar
    assert known is not None, "the pack has no calendar"
    return WorkCalendar(known.holidays, known.workdays, known.ends)


@transaction.atomic
def answer(*, by: Actor, remark: Remark, words: str, why_kept: str = "") -> Remark:
    """The unit's answer. Words and answer are shown to everybody, unless `why_kept` says why not (somebody is named).

    Answered twice with the same words it stays. Raises Refused; PermissionDenied for another unit's matter.
    """
    check_may_answer(by, remark.about)
    now = Remark.objects.select_for_update().get(pk=remark.pk)
    said = normalise(words)
    if now.state != Remark.State.WAITING:
        if now.answer == said:
            return now
        raise Refused(f"{now.answered_label} 已经在 {now.answered_date} 答过了。")
    if not said or len(said) > LONGEST_ANSWER:
        raise Refused(f"请写答复，最多 {LONGEST_ANSWER} 个字。")
    if has_personal_number(said):
        raise Refused(NUMBER)
    now.state = Remark.State.KEPT if why_kept.strip() else Remark.State.ANSWERED
    now.answer, now.why_kept = said, why_kept.strip()[:200]
    now.answered_by_id, now.answered_label = by.user_id, by.label[:80]
    now.answered_unit, now.answered_date = by.role_name[:60], timezone.localdate()
    now.save()
    record(by=by, verb="plan.remark_answered", subject=f"remark:{now.pk}", about=now.about, state=now.state)
    return now


def check_may_answer(by: Actor | None, about: str) -> None:
    """Whoever publishes figures answers everything; a unit answers what it leads. Raises PermissionDenied."""
    if by is not None and may(by, Right.PUBLISH_FIGURES):
        return
    check_may(by, Right.REPORT_TASK)
    assert by is not None
    if by.department not in departments_of(about):
        raise PermissionDenied("这一项由别的单位答复。")
