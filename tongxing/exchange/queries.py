"""Reads of batches: for pages and the command plain rows, one page at a time; for the verbs what came before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from tongxing.accounts.access import Actor
from tongxing.content.instance import pack
from tongxing.exchange.models import Batch, Effect, Heading, Row
from tongxing.exchange.permission import may_send
from tongxing.exchange.scope import feed_of
from tongxing.lib.dates import spoken_date
from tongxing.lib.divisions import is_under
from tongxing.registry.keys import ring

PAGE = 50


@dataclass(frozen=True)
class Page:
    """One page of a longer list; pages count from 1."""

    rows: list[Any]
    number: int
    pages: int
    total: int


def headings_of(feed: str, department: str | None) -> list[Heading]:
    """What this department calls the columns of a list."""
    return list(Heading.objects.filter(feed=feed, department=department)) if department else []


@dataclass(frozen=True)
class LineProblem:
    """One mistake, by row and column of the user's own file."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Difference:
    """What becomes of a person or household. `row` is None for units that fell off the list, and for effects."""

    row: int | None
    action: str
    action_name: str
    person_id: int | None
    household_id: int | None
    name: str
    note: str = ""


@dataclass(frozen=True)
class PolicyEffect:
    """How many units of a policy would start, stop, or need a check."""

    policy: str
    name: str
    start: int
    stop: int
    check: int


def _page(rows: QuerySet[Any], number: int) -> tuple[QuerySet[Any], int, int, int]:
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    return rows[(number - 1) * PAGE : number * PAGE], number, pages, total


def batches_for(actor: Actor | None) -> list[Batch]:
    """The batches that this actor may act on, newest first."""
    feeds = pack(settings.PACK).feeds
    return [
        batch
        for batch in Batch.objects.filter(feed__in=list(feeds)).defer("content_sealed").order_by("-id")
        if may_send(actor, feeds[batch.feed], batch.division_code)
    ]


def problems(batch: Batch, page: int = 1) -> Page:
    """Mistakes by row; a page holds the mistakes of 50 rows."""
    rows, number, pages, total = _page(_bad(batch), page)
    return Page(list(_problems_of(rows)), number, pages, total)


def all_problems(batch: Batch) -> list[LineProblem]:
    return list(_problems_of(_bad(batch)))


def _bad(batch: Batch) -> QuerySet[Row]:
    return batch.rows.filter(action=Row.Action.BAD).order_by("line", "id")


def _problems_of(rows: Iterable[Row]) -> Iterator[LineProblem]:
    for row in rows:
        for problem in row.problems:
            yield LineProblem(row.line or 0, problem["column"], problem["message"])


def differences(batch: Batch, kind: str = "", page: int = 1) -> Page:
    """`kind` is a Row.Action value; '' for all that change anything."""
    kinds = [kind] if kind else ["start", "stop", "change", "held"]
    rows, number, pages, total = _page(
        batch.rows.filter(action__in=kinds).select_related("person").order_by("line", "id"), page
    )
    return Page([_difference(row) for row in rows], number, pages, total)


def _difference(row: Row) -> Difference:
    name = row.person.name if row.person else ""
    action_name = str(Row.Action(row.action).label)
    return Difference(row.line, row.action, action_name, row.person_id, row.household_id, name, row.note)


def effects(batch: Batch) -> list[PolicyEffect]:
    """Policies that the batch would change for anybody, in the order of the pack."""
    rows = batch.effects.order_by().values_list("policy", "kind").annotate(units=Count("id"))
    units = {(policy, kind): count for policy, kind, count in rows}
    return [
        PolicyEffect(id_, policy.name, *(units.get((id_, kind), 0) for kind in Effect.Kind.values))
        for id_, policy in pack(settings.PACK).policies.items()
        if any((id_, kind) in units for kind in Effect.Kind.values)
    ]


def affected(batch: Batch, policy: str, kind: str, page: int = 1) -> Page:
    """The people or households behind one figure of `effects`, as Differences."""
    found = Effect.objects.filter(batch=batch, policy=policy, kind=kind).select_related("person").order_by("id")
    rows, number, pages, total = _page(found, page)
    label = str(Effect.Kind(kind).label)
    listed = [
        Difference(None, kind, label, row.person_id, row.household_id, row.person.name if row.person else "")
        for row in rows
    ]
    return Page(listed, number, pages, total)


def receipt(batch: Batch) -> list[str]:
    """What the department keeps as proof, in sentences: which file, by its hash, did what and when."""
    return list(_sentences(batch))


def _sentences(batch: Batch) -> Iterator[str]:
    counts = batch.counts
    if "good" not in counts:  # a large list that nobody has looked through
        yield f"{batch.filename}，{counts['rows']:,} 行，{batch.get_state_display()}。{batch.by_label}交。"
        return
    name, day = feed_of(batch.feed).name, spoken_date(batch.as_of_date)
    yield f"第 {batch.pk} 批{name}：{batch.filename}，截至 {day}，{batch.get_state_display()}。{batch.by_label}交。"
    yield f"文件指纹（SHA-256）：{batch.sha256}。"
    if counts["same_as"]:
        yield f"它和第 {counts['same_as']} 批是同一个文件。"
    yield f"一共 {counts['rows']:,} 行，能用 {counts['good']:,} 行，有错 {counts['bad']:,} 行。"
    if counts["start"] + counts["stop"] + counts["change"] == 0:
        yield "没有一个人的情况会变。"
    else:
        yield f"新增 {counts['start']:,}，停止 {counts['stop']:,}，变更 {counts['change']:,}。"
    if counts["unchanged"]:
        yield f"{counts['unchanged']:,} 行和库里一样，不变。"
    if counts["not_ours"]:
        yield f"{counts['not_ours']:,} 行的人不在库里，跳过。"
    if counts["held"]:
        yield f"{counts['held']:,} 个名单上没找到、可能就是有错的行，改好以前先不停。"
    yield from counts["warnings"]


def newer_committed(feed: str, division_code: str, as_of_date: date) -> Batch | None:
    """A committed list of the same feed and an overlapping area for a later day."""
    batches = Batch.objects.filter(feed=feed, state=Batch.State.COMMITTED, as_of_date__gt=as_of_date)
    return _overlapping(batches.order_by("-as_of_date", "-id"), division_code)


def later_committed(batch: Batch) -> Batch | None:
    """The newest batch of the same feed and an overlapping area that was committed after this one."""
    if batch.committed_at is None:
        return None
    batches = Batch.objects.filter(feed=batch.feed, state=Batch.State.COMMITTED, committed_at__gte=batch.committed_at)
    return _overlapping(batches.exclude(pk=batch.pk).order_by("-committed_at", "-id"), batch.division_code)


def _overlapping(batches: Iterable[Batch], area: str) -> Batch | None:
    return next(
        (one for one in batches if is_under(one.division_code, area) or is_under(area, one.division_code)), None
    )


def same_file(batch: Batch) -> Batch | None:
    """The committed batch with the very same bytes, for the same feed."""
    batches = Batch.objects.filter(feed=batch.feed, sha256=batch.sha256, state=Batch.State.COMMITTED)
    return batches.exclude(pk=batch.pk).order_by("-id").first()


def place_of_row(batch_id: int, line: int) -> str:
    """The place to which a row's sealed cells are bound."""
    return f"exchange.row.{batch_id}.{line}"


def kept_cells(batch: Batch) -> list[tuple[int, list[str]]]:
    """(number of the row, its cells as text) in order."""
    rows = batch.rows.filter(line__isnull=False).order_by("line").values_list("line", "cells_sealed")
    keys = ring()
    return [
        (line, json.loads(keys.open(bytes(cells), place=place_of_row(batch.pk, line))))
        for line, cells in rows
        if line is not None and cells is not None
    ]


def shown_fingerprint(batch: Batch) -> list[tuple[int, str, int, int]]:
    """As `Plan.fingerprint`, from the rows that were shown."""
    rows = batch.rows.values_list("line", "action", "person_id", "household_id")
    return sorted(
        (line or 0, action, person or 0, (household or 0) if line is None else 0)
        for line, action, person, household in rows
    )
