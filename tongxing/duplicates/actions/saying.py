"""What an officer says about a pair: two people, or one person whose files are to be merged."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.duplicates.models import Merge, Pair
from tongxing.duplicates.obstacles import obstacles
from tongxing.duplicates.queries import merge_of, pair_for
from tongxing.duplicates.refusal import Refused
from tongxing.journal.actions import Note, record_many
from tongxing.registry.models import Person

LEAST = 4  # characters of a reason


def check_pair(by: Actor | None, pair: Pair, right: Right) -> tuple[Actor, Pair]:
    """The right, and a pair of one's own scope, locked. Raises PermissionDenied."""
    check_may(by, right)
    assert by is not None
    if pair_for(by, pair.pk) is None:
        raise PermissionDenied("这两份档案不都归这个账号管。")
    return by, Pair.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=pair.pk)


def note_both(by: Actor, verb: str, people: tuple[Person, Person], **detail: int) -> int:
    """In the journal of both files; the number of the last entry."""
    notes = [Note(verb, f"person:{person.pk}", detail) for person in people]
    return int(record_many(by=by, notes=notes)[-1].number)


def reason(words: str) -> str:
    """Raises Refused for less than a few words."""
    said = words.strip()[:200]
    if len(said) < LEAST:
        raise Refused("请写一句凭什么这样说，至少四个字。")
    return said


@transaction.atomic
def say_different(*, by: Actor | None, pair: Pair, words: str) -> Pair:
    """Two people: they are not asked about again. Said twice it stays as it was."""
    actor, pair = check_pair(by, pair, Right.ANSWER_FACTS)
    if pair.state == Pair.State.DIFFERENT:
        return pair
    if merge_of(pair) is not None:
        raise Refused("已经有人提出合并。请先由第二个人定下来。")
    pair.state, pair.words, pair.said_at = Pair.State.DIFFERENT, reason(words), timezone.now()
    pair.said_by_id, pair.said_by_label = actor.user_id, actor.label
    pair.save(update_fields=["state", "words", "said_at", "said_by_id", "said_by_label"])
    note_both(actor, "duplicates.different", (pair.one, pair.other), pair=pair.pk)
    return pair


@transaction.atomic
def look_again(*, by: Actor | None, pair: Pair) -> Pair:
    """“Not the same” was too quick: back among those that wait."""
    actor, pair = check_pair(by, pair, Right.ANSWER_FACTS)
    if pair.state == Pair.State.DIFFERENT:
        pair.state = Pair.State.OPEN
        pair.save(update_fields=["state"])
        note_both(actor, "duplicates.again", (pair.one, pair.other), pair=pair.pk)
    return pair


@transaction.atomic
def ask(*, by: Actor | None, pair: Pair, kept: Person, words: str) -> Merge:
    """One person: `kept` stays. Asked twice, the first one comes back. Raises Refused with what to do first."""
    actor, pair = check_pair(by, pair, Right.ANSWER_FACTS)
    if waiting := merge_of(pair):
        return waiting
    if pair.state != Pair.State.OPEN:
        raise Refused("这一对说过不是同一个人。要改，请先按“再看一次”。")
    gone = pair.other if kept.pk == pair.one_id else pair.one
    if kept.pk not in (pair.one_id, pair.other_id):
        raise Refused("请选要留下哪一份。")
    if found := obstacles(kept, gone):
        raise Refused("".join(found))
    said = reason(words)
    signed = {"asked_by_id": actor.user_id, "asked_by_label": actor.label, "asked_at": timezone.now()}
    merge = Merge.objects.create(pair=pair, kept=kept, gone=gone, words=said, **signed)
    note_both(actor, "duplicates.asked", (kept, gone), merge=merge.pk)
    return merge


@transaction.atomic
def refuse(*, by: Actor | None, pair: Pair) -> Merge:
    """No merge: by a second person, or taken back by the one who asked. The pair waits again. Raises Refused."""
    actor, pair = check_pair(by, pair, Right.ANSWER_FACTS)
    merge = merge_of(pair)
    if merge is None or merge.state != Merge.State.ASKED:
        raise Refused("这一对没有等着确认的合并。")
    if actor.user_id != merge.asked_by_id:
        check_may(actor, Right.DECIDE_CASE)
    merge.state, merge.decided_at = Merge.State.REFUSED, timezone.now()
    merge.decided_by_id, merge.decided_by_label = actor.user_id, actor.label
    merge.save(update_fields=["state", "decided_at", "decided_by_id", "decided_by_label"])
    note_both(actor, "duplicates.refused", (merge.kept, merge.gone), merge=merge.pk)
    return merge
