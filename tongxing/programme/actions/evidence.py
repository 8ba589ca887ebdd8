"""Evidence: a photo or PDF, made harmless, sealed, its hash in the chained journal, each look written down."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.journal.actions import record
from tongxing.lib.mistakes import BadFile
from tongxing.lib.scans import marked, read_scan
from tongxing.programme.actions.rows import said, signed
from tongxing.programme.catalogue import subject_of
from tongxing.programme.models import Document, Evidence, PlanTask, Project
from tongxing.programme.permission import Thing, check_report, may_look
from tongxing.programme.refusal import Refused
from tongxing.registry.keys import ring

MOST = 40  # pieces of evidence a thing


@transaction.atomic
def add_evidence(*, by: Actor | None, of: Thing, name: str, content: bytes) -> Evidence:
    """Keeps one piece. The same content again is the piece we have. Raises Refused saying how to put it right."""
    actor = check_report(by, of)
    name = said(name, "这是什么凭据", 80)
    try:
        scan = read_scan(content)
    except BadFile as why:
        raise Refused(str(why)) from why
    fingerprint = sha256(scan.content).hexdigest()
    if known := of.evidence.filter(fingerprint=fingerprint).defer("sealed").first():
        return known
    if of.evidence.count() >= MOST:
        raise Refused(f"一项最多收 {MOST} 份凭据。请先看看已有的够不够。")
    made = Evidence.objects.create(
        **owner(of),
        name=name,
        kind=scan.kind,
        size=len(scan.content),
        fingerprint=fingerprint,
        sealed=ring().seal(b64encode(scan.content).decode(), place=_place(subject_of(of), fingerprint)),
        **signed(actor),
    )
    record(by=actor, verb="programme.evidence", subject=subject_of(of), evidence=made.pk, sha256=fingerprint)
    return made


def owner(of: Thing) -> dict[str, Thing]:
    """The foreign key of whose evidence it is."""
    names = {PlanTask: "task", Project: "project", Document: "document"}
    return {names[type(of)]: of}


@transaction.atomic
def look_at_evidence(*, by: Actor | None, evidence: Evidence) -> bytes:
    """The content for one look; a photo bears who looked and when. Raises PermissionDenied outside one's area.

    ValueError if what was sealed is not what the fingerprint says.
    """
    of = evidence.task or evidence.project or evidence.document
    if of is None or by is None or not may_look(by, of):
        raise PermissionDenied("凭据只给这个地方的人看。")
    record(by=by, verb="programme.looked", subject=subject_of(of), evidence=evidence.pk)
    sealed = bytes(Evidence.objects.values_list("sealed", flat=True).get(pk=evidence.pk))
    plain = b64decode(ring().open(sealed, place=_place(subject_of(of), evidence.fingerprint)))
    if sha256(plain).hexdigest() != evidence.fingerprint:
        raise ValueError(f"evidence {evidence.pk} is not what was handed in")
    if evidence.kind != "image/jpeg":
        return plain
    when = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    return marked(plain, f"{subject_of(of)}  user {by.user_id}  {when}")


def _place(subject: str, fingerprint: str) -> str:
    return f"evidence.{subject}.{fingerprint[:16]}"
