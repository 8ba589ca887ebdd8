"""What the pages of a case and of a family show of the person's own view and of a conflict with the guardian (S29)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tongxing.accounts.access import Actor, may
from tongxing.accounts.rights import Right
from tongxing.casework.hearing import is_to_hear
from tongxing.casework.models import Case
from tongxing.lib.contact import mask_account
from tongxing.registry.models import Person
from tongxing.residents.models import Conflict, Voice
from tongxing.residents.voices import conflict_of, is_asked, new_account, voices_of, waiting_payee, words_of_conflict


def on_case(case: Case) -> dict[str, Any]:
    """For the page of a case: shown before anybody decides."""
    return {
        "voices": voices_of(case.number),
        "voice_asked": is_asked(case.person, timezone.localdate()),
        "is_to_hear": is_to_hear(case),
        "hows": Voice.How.choices,
        "conflict": conflict_of(case.person),
    }


def of_person(actor: Actor, person: Person) -> dict[str, Any]:
    """For the page of the family."""
    standing, waiting = conflict_of(person), waiting_payee(person)
    return {
        "conflict": standing,
        "conflict_words": words_of_conflict(standing) if standing else "",
        "conflict_kinds": Conflict.Kind.choices,
        "may_raise": may(actor, Right.WORK_CASE) and is_asked(person, timezone.localdate()),
        "may_settle": may(actor, Right.DECIDE_CASE),
        "account": mask_account(person.opened("account") or ""),
        "payee": waiting,
        "may_settle_payee": may(actor, Right.DECIDE_CASE) and waiting and waiting.asked_by_id != actor.user_id,
        "payee_number": mask_account(new_account(waiting)) if waiting else "",
    }
