"""Releases: one person makes, another approves; what is out is never written again."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.content.publishing import publishing
from tongxing.journal.actions import record
from tongxing.lib.writing import write_atomically
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import count_of
from tongxing.plan.queries.entered import confirmed_statistics, confirmed_targets
from tongxing.releases.datasets import COUNTED, dictionary, hash_of, manifest, pretty
from tongxing.releases.models import Publication
from tongxing.releases.queries.promises import late_rows, project_rows, promise_rows
from tongxing.releases.queries.published import folder_of, is_intact, newest_release, waiting_release
from tongxing.releases.queries.published import read as read_published
from tongxing.releases.queries.release import Inputs, as_document, as_entered, counted_rows, drawn
from tongxing.releases.refusal import Refused

INPUTS = "entered.json"


def publish(*, by: Actor, count: Count, change: str = "", made_date: date | None = None) -> Publication:
    """1 draw every file  2 write each once  3 leave a row that waits for the second person.

    Files without a row are overwritten by nobody and served by nobody. `change` says what is new in this release.
    Raises Refused while another one waits, or if this counting is older than what is out.
    """
    check_may(by, Right.PUBLISH_FIGURES)
    if (other := waiting_release()) is not None:
        if other.run_id == count.run_id and other.made_by_id == by.user_id:
            return other  # pressed twice
        raise Refused(f"{other.number} 这一期还在等第二个人看。请先公布或退回它。")
    previous = newest_release()
    if previous and previous.as_of_date > count.as_of_date:
        raise Refused(f"已经公布到 {previous.as_of_date}，不能再公布更早的数。请用新的一夜。")
    entered = confirmed_statistics(), confirmed_targets()
    day = made_date or timezone.localdate()
    inputs = Inputs(_number(count.as_of_date), count, day, previous, entered)
    files = _files(inputs)
    for name, content in files.items():
        write_atomically(folder_of(inputs.number) / name, content, replace=False)
    try:
        return _left(inputs, change.strip()[:200] or "按月更新。", hash_of(files["manifest.json"]), by)
    except IntegrityError:
        raise Refused("刚才有人做了另一期，正等第二个人看。请先公布或退回它。") from None


def _number(as_of: date) -> str:
    """2026-11-26, and 2026-11-26-2 for the second one of a day. A number whose files lie there is never used again."""
    day, n = as_of.isoformat(), 1
    while (number := day if n == 1 else f"{day}-{n}") and folder_of(number).exists():
        n += 1
    return number


def _files(inputs: Inputs) -> dict[str, bytes]:
    about = _about(inputs)
    rows = counted_rows(inputs)
    lengths = {dataset: len(found) for dataset, found in rows.items()}
    files = drawn(inputs, rows, about)
    stood = {
        "promises": promise_rows(inputs.count, inputs.made_date),
        "late": late_rows(inputs.made_date),
        "projects": project_rows(),
    }
    lengths |= {dataset: len(found) for dataset, found in stood.items()}
    files |= drawn(inputs, stood, about)
    files |= {"dictionary.json": dictionary(), INPUTS: pretty(as_document(inputs.entered))}
    return files | {"manifest.json": manifest(files, lengths, about)}


def _about(inputs: Inputs) -> dict[str, object]:
    """What each JSON file says of its release."""
    shown = publishing(settings.PACK)
    return {
        "number": inputs.number,
        "as_of": inputs.count.as_of_date.isoformat(),
        "made": inputs.made_date.isoformat(),
        "previous": inputs.previous.number if inputs.previous else None,
        "licence": shown.licence,
        "rules": inputs.count.run.pack_digest,
        "note": shown.synthetic if settings.DEMO else "",
    }


@transaction.atomic
def _left(inputs: Inputs, change: str, hash_: str, by: Actor) -> Publication:
    made = Publication.objects.create(
        number=inputs.number,
        run=inputs.count.run,
        previous=inputs.previous,
        as_of_date=inputs.count.as_of_date,
        made_date=inputs.made_date,
        change=change,
        hash=hash_,
        made_by_id=by.user_id,
        made_label=by.label[:80],
        made_at=timezone.now(),
    )
    record(by=by, verb="plan.release_made", subject=f"release:{made.number}", hash=hash_)
    return made


@transaction.atomic
def approve(*, by: Actor, publication: Publication) -> Publication:
    """The second person's yes: from now on everybody sees it. Raises Refused for the one who made it, for changed
    files, and if another release went out meanwhile. Pressed twice it stays as it is."""
    check_may(by, Right.PUBLISH_FIGURES)
    now = Publication.objects.select_for_update().get(pk=publication.pk)
    if now.state == Publication.State.OUT:
        return now
    _check_waiting(now)
    if now.made_by_id == by.user_id:
        raise Refused("这一期是您做的，要由另一个人看过才公布。")
    newest = newest_release()
    if (newest.pk if newest else None) != now.previous_id:
        raise Refused("这中间公布了别的一期。请退回这一期，重新做。")
    if not is_intact(now):
        raise Refused("文件和做的时候不一样了，不能公布。请退回，重新做，并告诉系统管理员。")
    _decide(now, Publication.State.OUT, by)
    record(by=by, verb="plan.release_out", subject=f"release:{now.number}", hash=now.hash)
    return now


@transaction.atomic
def hold_back(*, by: Actor, publication: Publication, words: str) -> Publication:
    """The second person's no, or the first one's second thought. Raises Refused without a reason."""
    check_may(by, Right.PUBLISH_FIGURES)
    now = Publication.objects.select_for_update().get(pk=publication.pk)
    if now.state == Publication.State.REFUSED:
        return now
    _check_waiting(now)
    if not words.strip():
        raise Refused("请写为什么不公布。")
    now.words = words.strip()[:200]
    _decide(now, Publication.State.REFUSED, by)
    record(by=by, verb="plan.release_held_back", subject=f"release:{now.number}", words=now.words)
    return now


def _check_waiting(publication: Publication) -> None:
    if publication.state != Publication.State.WAITING:
        raise Refused(f"这一期{publication.get_state_display()}，不能再改。要更正，请做新的一期。")


def _decide(publication: Publication, state: str, by: Actor) -> None:
    publication.state, publication.decided_at = state, timezone.now()
    publication.decided_by_id, publication.decided_label = by.user_id, by.label[:80]
    publication.save(update_fields=["state", "decided_at", "decided_by", "decided_label", "words"])


def drawn_again(publication: Publication) -> dict[str, bytes]:
    """The counted files of a release, drawn anew from its stored snapshot; they must be the published ones.

    Raises Refused if the rules of the pack changed since, for then they say something else.
    """
    count = count_of(publication.run)
    if count is None:
        raise Refused("那一夜的指标没有数过，不能重算。")
    entered = as_entered(read_published(folder_of(publication.number), INPUTS))
    inputs = Inputs(publication.number, count, publication.made_date, publication.previous, entered)
    rows = counted_rows(inputs)
    return drawn(inputs, {dataset: rows[dataset] for dataset in COUNTED}, _about(inputs))
