"""Somebody whose phone does not say who they are: the township looks at the ID card, and the case is opened, or not.

1. The visitor sends: a row in the queue of the township where their file is held, else of the one that they named;
   of somebody whose place is protected, for the named officers alone.
2. They bring the card. The officer types its number: that it is the one that was sent proves that it was seen.
3. Held already: that file. Not held: a new file and household. Then facts, papers and the case, as the person's word.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.applications.actions.first import Wish, apply_first
from tongxing.applications.actions.guests import number_it, papers_of, tell_facts
from tongxing.applications.actions.helping import note_unsure
from tongxing.applications.guests import UNSURE, Guest, Who, held_person, opened_key, said_who
from tongxing.applications.models import GuestDraft, IdentityCheck
from tongxing.applications.queries import certificate_service
from tongxing.applications.queries.identity import checks_for
from tongxing.casework import actions as casework
from tongxing.casework.models import Case
from tongxing.casework.refusal import Refused
from tongxing.documents.actions import add_paper
from tongxing.journal.actions import record
from tongxing.lib.identity import parse_resident_id
from tongxing.lib.mistakes import BadNumber
from tongxing.outbox import actions as outbox
from tongxing.registry.actions import Card, enter_person
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import person_for
from tongxing.residents import offices

TOLD_BY_GUEST = "本人网上说，证件看过"


@transaction.atomic
def send_to_check(*, guest: Guest, who: Who) -> IdentityCheck:
    """Into the township's queue; `who` proved to hold the phone. Sent twice, the first one comes back.

    It says the same whether the registry holds such a person or not.
    """
    draft = GuestDraft.objects.select_for_update().get(pk=guest.draft.pk)
    if found := IdentityCheck.objects.filter(draft=draft).first():
        return found
    draft = number_it(guest=guest, phone=who.phone)
    held, now = held_person(who), timezone.now()
    check = IdentityCheck(
        draft=draft,
        service=draft.service,
        number=draft.number or "",
        township_code=held.village_code[:9] + "000" if held else who.township,
        about=held if held and held.is_protected else None,
        asked_at=now,
        due_date=offices.due(timezone.localdate(now)),
    )
    check.who_sealed = ring().seal(json.dumps(asdict(who), ensure_ascii=False), place=check.place)
    check.save()
    words = f"收到了，编号 {check.spoken_number}。请带身份证到登记户口的乡镇、街道窗口。走不动打 12345。"
    outbox.post(by=None, news=outbox.News(None, "identity", words, once=f"asked {check.pk}", number=who.phone))
    record(by=None, verb="applications.identity_asked", service=check.service, check=check.pk)
    return check


@dataclass(frozen=True)
class Seen:
    """What the officer says: the number on the card; for a new file the village; the hour at the hospital."""

    id_number: str
    village: str = ""
    slot: str = ""


@transaction.atomic
def identify(*, by: Actor | None, check: IdentityCheck, seen: Seen) -> Case:
    """The card was seen: the file, what was said, the case. Raises Refused with how to go on; PermissionDenied."""
    check, who, guest = _open(by, check)
    assert by is not None
    try:
        number = parse_resident_id(seen.id_number).number
    except BadNumber as why:
        raise Refused(str(why)) from why
    if number != who.id_number:
        raise Refused("和网上填的号码不一样。请对着证件再看；真的不是，就选“对不上”。")
    held = held_person(who)
    if held is not None and person_for(by, held.pk) is None:
        raise Refused("这个人登记在别的地方，请转给那里的乡镇、街道。")
    person = held or enter_person(by=by, card=Card(who.name, who.id_number, who.phone), village=seen.village)
    tell_facts(by=by, person=person, guest=guest, source=TOLD_BY_GUEST)
    case = _ask(by, person, guest, seen.slot)
    note_unsure(by=by, case=case, facts=guest.said.get(UNSURE, []))
    for item, content in papers_of(guest):
        add_paper(by=by, case=case, item=item, content=content)
    _close(by, check, IdentityCheck.Outcome.HELD if held else IdentityCheck.Outcome.ENTERED, case=case)
    words = f"证件对过了，已经开始办，编号 {case.number}。要帮忙打 12345。"
    outbox.post(by=by, news=outbox.News(person, "identity", words, f"case:{case.number}", number=who.phone))
    guest.draft.delete()
    return case


def _ask(by: Actor, person: Person, guest: Guest, slot: str) -> Case:
    service = certificate_service()
    if service is None or guest.draft.service != service.id:
        return casework.open_case(by=by, person=person, service=guest.draft.service)
    at_home = guest.said.get("home") == ["yes"]
    if not at_home and not slot:
        raise Refused("请和本人约好一个时间。")
    return apply_first(by=by, person=person, wish=Wish(guest.said.get("kind", []), "" if at_home else slot)).case


@transaction.atomic
def turn_away(*, by: Actor | None, check: IdentityCheck, reason: str) -> IdentityCheck:
    """The card is another's, or nobody came. They read the reason as a text. Raises Refused without one."""
    check, who, guest = _open(by, check)
    words = reason.strip()[:80]
    if not words:
        raise Refused("请写一句为什么对不上。本人会在短信里看到。")
    _close(by, check, IdentityCheck.Outcome.NO, reason=words)
    told = f"您网上交的 {check.spoken_number} 没有办：{words}。请带身份证到窗口，或打 12345。"
    outbox.post(by=by, news=outbox.News(None, "identity", told, once=f"identity {check.pk}", number=who.phone))
    guest.draft.delete()
    return check


def _open(by: Actor | None, check: IdentityCheck) -> tuple[IdentityCheck, Who, Guest]:
    """Held until the end, so that of two officers one answers."""
    check_may(by, Right.OPEN_CASE)
    assert by is not None
    found = checks_for(by).select_for_update(of=("self",)).filter(pk=check.pk).first()
    if found is None:
        raise PermissionDenied("这一份不在您这里，或者已经对过了。")
    who, draft = said_who(found), found.draft
    assert who is not None and draft is not None
    return found, who, Guest(draft, opened_key(draft))


def _close(by: Actor | None, check: IdentityCheck, outcome: str, case: Case | None = None, reason: str = "") -> None:
    """What they said of themselves goes; what was found stays."""
    assert by is not None
    check.outcome, check.case, check.reason = outcome, case, reason
    check.who_sealed, check.draft = None, None
    check.answered_at, check.answered_by_label = timezone.now(), by.label[:80]
    check.save()
    told: dict[str, Any] = {"subject": f"person:{case.person_id}"} if case else {}
    record(by=by, verb="applications.identified", check=check.pk, outcome=outcome, **told)
