"""Papers of a case: a photo or PDF of what was asked for, sealed, each look written down (D9, S23)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.casework import clocks
from tongxing.casework.actions.rows import write_down
from tongxing.casework.catalogue import item_name, service_of
from tongxing.casework.models import Case
from tongxing.casework.permission import check_case
from tongxing.casework.refusal import Refused
from tongxing.documents.models import Paper
from tongxing.journal.actions import record
from tongxing.lib.mistakes import BadFile
from tongxing.lib.scans import marked, read_scan
from tongxing.registry.keys import ring

MOST = 20  # papers a case


@transaction.atomic
def add_paper(*, by: Actor | None, case: Case, item: str, content: bytes) -> Paper:
    """Keeps one paper. The same picture again is the one we have. Raises Refused saying how to put it right."""
    actor = check_case(by, case, Right.WORK_CASE, Right.OWN_AFFAIRS)
    if item_name(service_of(case), item) is None:
        raise Refused("这是什么材料？请选一项。")
    try:
        scan = read_scan(content)
    except BadFile as why:
        raise Refused(str(why)) from why
    fingerprint = sha256(scan.content).hexdigest()
    if known := Paper.objects.filter(case=case, fingerprint=fingerprint).first():
        return known
    if Paper.objects.filter(case=case).count() >= MOST:
        raise Refused(f"一件最多收 {MOST} 份材料。请先看看已有的够不够。")
    paper = Paper.objects.create(
        case=case,
        item=item,
        kind=scan.kind,
        size=len(scan.content),
        fingerprint=fingerprint,
        sealed=ring().seal(b64encode(scan.content).decode(), place=_place(case, fingerprint)),
        by_user_id=actor.user_id,
        by_label=actor.label[:80],
        at=clocks.now(),
    )
    write_down(case, actor, "paper", item=item)
    return paper


@transaction.atomic
def look_at_paper(*, by: Actor | None, paper: Paper, turn: int = 0) -> bytes:
    """The paper for one look; a photo bears who looked and when."""
    actor = check_case(by, paper.case, Right.WORK_CASE, Right.OWN_AFFAIRS)
    record(
        by=actor, verb="case.looked", subject=f"person:{paper.case.person_id}", case=paper.case.number, paper=paper.pk
    )
    sealed = bytes(Paper.objects.values_list("sealed", flat=True).get(pk=paper.pk))
    plain = b64decode(ring().open(sealed, place=_place(paper.case, paper.fingerprint)))
    if paper.kind != "image/jpeg":
        return plain
    when = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    return marked(plain, f"{paper.case.number}  user {actor.user_id}  {when}", turn)


def _place(case: Case, fingerprint: str) -> str:
    return f"paper.{case.pk}.{fingerprint[:16]}"
