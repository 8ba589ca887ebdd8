"""Merging two files with the word of a second person, and taking them apart while nothing has changed since."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.casework.models import Case
from tongxing.duplicates.actions.rows import CHANGED, move_all, put_back
from tongxing.duplicates.actions.saying import check_pair, note_both
from tongxing.duplicates.models import Merge, Pair
from tongxing.duplicates.obstacles import obstacles
from tongxing.duplicates.queries import merge_of
from tongxing.duplicates.refusal import Refused
from tongxing.journal.queries import changes_since
from tongxing.payments.models import Payment
from tongxing.registry.models import Person
from tongxing.registry.queries import subjects_of

REVERSIBLE = timedelta(days=90)


@transaction.atomic
def confirm(*, by: Actor | None, pair: Pair) -> Merge:
    """The second person's yes. Everything of `gone` is found under `kept` from now on; payments stay on the ledger.

    Raises PermissionDenied for the one who asked, Refused with what came in between. Twice changes nothing.
    """
    actor, pair = check_pair(by, pair, Right.DECIDE_CASE)
    merge = merge_of(pair)
    if merge is None:
        raise Refused("这一对没有等着确认的合并。")
    if merge.state == Merge.State.DONE:
        return merge
    if merge.asked_by_id == actor.user_id:
        raise PermissionDenied("您自己提出的合并，要另一个人来确认。")
    kept, gone = _locked(merge)
    if found := obstacles(kept, gone):
        raise Refused("".join(found))
    merge.moved = move_all(kept, gone)
    merge.state, merge.decided_at = Merge.State.DONE, timezone.now()
    merge.decided_by_id, merge.decided_by_label = actor.user_id, actor.label
    merge.entry = note_both(actor, "duplicates.merged", (kept, gone), merge=merge.pk)
    merge.save()
    _say(pair, Pair.State.MERGED, actor)
    return merge


@transaction.atomic
def undo(*, by: Actor | None, pair: Pair) -> Merge:
    """Two files again, as a whole, within 90 days and while nothing has changed since. Raises Refused."""
    actor, pair = check_pair(by, pair, Right.DECIDE_CASE)
    merge = merge_of(pair)
    if merge is None or merge.state != Merge.State.DONE or merge.decided_at is None:
        raise Refused("这一对现在没有合并。")
    if timezone.now() - merge.decided_at > REVERSIBLE:
        raise Refused("合并过了 90 天，不能整个分开。请逐条更正。")
    kept, gone = _locked(merge)
    _check_nothing_since(merge, kept)
    put_back(merge.moved, gone)
    merge.state, merge.undone_at, merge.undone_by_label = Merge.State.UNDONE, timezone.now(), actor.label
    merge.save(update_fields=["state", "undone_at", "undone_by_label"])
    note_both(actor, "duplicates.undone", (kept, gone), merge=merge.pk)
    _say(pair, Pair.State.OPEN, actor)
    return merge


def _locked(merge: Merge) -> tuple[Person, Person]:
    """Both files, in the order of their numbers, so that two merges never wait for each other."""
    keys = sorted((merge.kept_id, merge.gone_id))
    people = {key: Person._default_manager.select_for_update().get(pk=key) for key in keys}
    return people[merge.kept_id], people[merge.gone_id]


def _check_nothing_since(merge: Merge, kept: Person) -> None:
    """Neither a line in the journal of the files or their cases, nor money under the new number."""
    moved = {(change["model"], change["id"]) for change in merge.moved}
    cases = Case.objects.filter(pk__in=[key for model, key in moved if model == "casework.Case"])
    subjects = subjects_of(kept) + [f"case:{number}" for number in cases.values_list("number", flat=True)]
    awards = [key for model, key in moved if model == "payments.Award"]
    paid = Payment.objects.filter(award__in=awards, person=kept)
    if paid.exists() or changes_since(subjects, merge.entry or 0).exists():
        raise Refused(CHANGED)


def _say(pair: Pair, state: Pair.State, actor: Actor) -> None:
    pair.state, pair.said_at, pair.said_by_id, pair.said_by_label = state, timezone.now(), actor.user_id, actor.label
    pair.save(update_fields=["state", "said_at", "said_by_id", "said_by_label"])
