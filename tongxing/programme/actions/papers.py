"""Documents on their way from a draft into force, and the indicators that a county plan sets itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.journal.actions import record
from tongxing.programme.actions.rows import check_not_ahead, said, signed
from tongxing.programme.catalogue import subject_of
from tongxing.programme.models import Document, DocumentStep, OwnIndicator
from tongxing.programme.permission import check_report
from tongxing.programme.refusal import Refused

State = Document.State
ORDER = list(State)
MOST = 60  # indicators a document


@dataclass(frozen=True)
class Move:
    """To a state on a day; `number` is the document's own, needed once it is issued."""

    to: str
    on: date
    words: str
    number: str = ""


@dataclass(frozen=True)
class Told:
    """An indicator of a county plan. What nobody knows is None; a value has the day that it is of."""

    name: str
    unit: str
    target: Decimal | None = None
    value: Decimal | None = None
    value_date: date | None = None


@transaction.atomic
def advance_document(*, by: Actor | None, document: Document, move: Move) -> Document:
    """One state on, or several; back only before it is issued. Raises Refused for an issue without number or file."""
    actor = check_report(by, document)
    document = Document.objects.select_for_update().get(pk=document.pk)
    if move.to == document.state:
        return document
    _check(document, move)
    words, before = said(move.words, "说明", 200), document.state
    document.state = move.to
    if move.to == State.ISSUED:
        document.number, document.issued_date = said(move.number, "文号", 60), move.on
    if move.to == State.IN_FORCE:
        document.in_force_date = move.on
    document.save(update_fields=["state", "number", "issued_date", "in_force_date"])
    DocumentStep.objects.create(
        document=document, from_state=before, to_state=move.to, on_date=move.on, words=words, **signed(actor)
    )
    record(by=actor, verb="programme.moved", subject=subject_of(document), before=before, to=move.to)
    return document


def _check(document: Document, move: Move) -> None:
    if move.to not in ORDER:
        raise Refused("请选走到哪一步。")
    check_not_ahead(move.on, "这一天")
    place, wanted = ORDER.index(State(document.state)), ORDER.index(State(move.to))
    issued = ORDER.index(State.ISSUED)
    if wanted < place and place >= issued:
        raise Refused("已经印发，不能退回去。要改，请另发一份。")
    if wanted > issued > place:
        raise Refused("还没有印发，不能施行。请先记印发。")
    if wanted == issued and not document.evidence.exists():
        raise Refused("还没有文件。请先交印发的 PDF 或照片。")
    if document.issued_date and move.on < document.issued_date:
        raise Refused(f"施行不能早于印发（{document.issued_date:%Y-%m-%d}）。")


@transaction.atomic
def set_indicator(*, by: Actor | None, document: Document, told: Told) -> OwnIndicator:
    """Adds an indicator of the document or puts its target and value right; said twice it changes nothing."""
    actor = check_report(by, document)
    document = Document.objects.select_for_update().get(pk=document.pk)
    name, unit = said(told.name, "指标叫什么", 60), said(told.unit, "单位", 10)
    if (told.value is None) != (told.value_date is None):
        raise Refused("有数就要写是哪天的数，没有数就都空着。")
    if told.value_date is not None:
        check_not_ahead(told.value_date, "这个数的日子")
    known = document.indicators.filter(name=name).first()
    if known is None and document.indicators.count() >= MOST:
        raise Refused(f"一份规划最多 {MOST} 个指标。")
    row = known or OwnIndicator(document=document, name=name)
    fields = {"unit": unit, "target": told.target, "value": told.value, "value_date": told.value_date}
    if known and all(getattr(known, field) == value for field, value in fields.items()):
        return known
    for field, value in fields.items():
        setattr(row, field, value)
    row.save()
    record(
        by=actor,
        verb="programme.indicator",
        subject=subject_of(document),
        indicator=row.pk,
        target=None if told.target is None else str(told.target),
        value=None if told.value is None else str(told.value),
    )
    return row
