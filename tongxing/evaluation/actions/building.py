"""Makes the files of a report: one document, and from it docx and PDF."""

from __future__ import annotations

import json
import time
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.evaluation.assemble import assemble
from tongxing.evaluation.models import Build, Evaluation
from tongxing.evaluation.queries.evaluations import REPORT, folder_of
from tongxing.evaluation.queries.figures import entered_now
from tongxing.evaluation.queries.gather import Making, gather
from tongxing.evaluation.queries.prose import last_written
from tongxing.evaluation.refusal import Refused
from tongxing.journal.actions import record
from tongxing.lib.files import write_atomically
from tongxing.lib.progress import step
from tongxing.releases.datasets import pretty
from tongxing.releases.models import Publication
from tongxing.releases.queries.release import as_document, as_entered
from tongxing.reports.document import document_bytes
from tongxing.reports.docx import docx_file
from tongxing.reports.pdf import pdf_file

ENTERED = "entered.json"  # the numbers that people had entered by then


def build(*, evaluation: Evaluation, by: Actor | None, is_public: bool = False) -> Build:
    """1 gather  2 write the document  3 make docx and PDF  4 keep each file once  5 leave a row with their hashes.

    Nothing is visible before step 5. If nothing changed since the last build, that one is returned. The public one
    shows the figures of the release of the same night; raises Refused if that night is not out.
    """
    check_may(by, Right.WRITE_EVALUATION)
    if evaluation.state == Evaluation.State.PUBLISHED:
        raise Refused("报告已经公布，文件不再改。要改，请开一份新的评估。")
    started = time.monotonic()
    making = Making(evaluation, entered_now(), last_written(evaluation), _release(evaluation) if is_public else "")
    with step("收集数字"):
        document = document_bytes(assemble(gather(making)))
    if (same := _same(making, document)) is not None:
        return same
    read = json.loads(document)
    with step("排 Word 文件"):
        docx = docx_file(read)
    with step("排 PDF 文件"):
        pdf = pdf_file(read)
    files = {REPORT: document, "report.docx": docx, "report.pdf": pdf, ENTERED: pretty(as_document(making.entered))}
    number = _keep(evaluation, files)
    return _left(making, number, files, time.monotonic() - started, by)


def _release(evaluation: Evaluation) -> str:
    if evaluation.state != Evaluation.State.APPROVED:
        raise Refused("报告还没有批准，不能做公布的一份。请先请两个人批准。")
    out = Publication.objects.filter(run=evaluation.count.run, state=Publication.State.OUT).order_by("-id").first()
    if out is None:
        raise Refused("这一天的指标还没有公布。请先公布那一期指标，再公布报告。")
    return out.number


def _same(making: Making, document: bytes) -> Build | None:
    """The last build of its sort, if it says the same to the byte."""
    last = Build.objects.filter(evaluation=making.evaluation, release=making.release).first()
    is_same = last is not None and last.files[REPORT] == sha256(document).hexdigest()
    return last if is_same else None


def _keep(evaluation: Evaluation, files: dict[str, bytes]) -> int:
    """Under the next number that no folder has: files without a row are never overwritten and never shown."""
    number = evaluation.builds.count() + 1
    while folder_of(evaluation.pk, number).exists():
        number += 1
    for name, content in files.items():
        write_atomically(folder_of(evaluation.pk, number) / name, content, replace=False)
    return number


@transaction.atomic
def _left(making: Making, number: int, files: dict[str, bytes], seconds: float, by: Actor | None) -> Build:
    hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
    made = Build.objects.create(
        evaluation=making.evaluation,
        number=number,
        release=making.release,
        prose_until=making.prose_until,
        files=hashes,
        seconds=round(seconds, 2),
        by_user_id=by.user_id if by else None,
        by_label=by.label[:80] if by else "系统",
        at=timezone.now(),
    )
    record(by=by, verb="evaluation.built", subject=f"evaluation:{making.evaluation.pk}", number=number, files=hashes)
    return made


def built_again(made: Build) -> bytes:
    """The document of a build, made anew from the stored snapshot; it must be the one that was kept."""
    entered = as_entered(json.loads((folder_of(made.evaluation_id, made.number) / ENTERED).read_bytes()))
    return document_bytes(assemble(gather(Making(made.evaluation, entered, made.prose_until, made.release))))
