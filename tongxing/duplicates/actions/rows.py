"""Pointing every row of one file at the other, and back. What each row was and became is written down.

A change is {"model", "id", "fields": {field: [before, after]}} or, for what the kept file did not know and took over,
{"model", "id", "filled": [field, …]}. It holds numbers and states, never what is sealed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone

from tongxing.duplicates.inventory import MOVES, Points
from tongxing.duplicates.refusal import Refused
from tongxing.registry.keys import ring
from tongxing.registry.models import Member, Person

Change = dict[str, Any]
SEALED = ("phone", "account", "address")
PLAIN = ("sex", "birth_date", "hukou", "local_hukou", "contact")


def move_all(kept: Person, gone: Person) -> list[Change]:
    """Everything that is to be found under `kept` from now on."""
    moved = [change for points in MOVES for change in _move(points, kept, gone)]
    moved += _home(kept, gone)
    moved += _fill(kept, gone)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    return [*moved, _change(gone, {"merged_into_id": [None, kept.pk]})]


def _rows(model: str) -> QuerySet[Any]:
    found: QuerySet[Any] = apps.get_model(model)._default_manager.all()
    return found


def _change(row: Model, fields: dict[str, list[Any]]) -> Change:
    return {"model": row._meta.label, "id": row.pk, "fields": fields}


def _move(points: Points, kept: Person, gone: Person) -> Iterator[Change]:
    for row in _rows(points.model).filter(**{points.field: gone}).select_for_update().order_by("pk"):
        if _clashes(points, row, kept):
            continue
        after = {f"{points.field}_id": kept.pk}
        if points.unit and getattr(row, points.unit) == gone.pk:
            after[points.unit] = kept.pk
        fields = {field: [getattr(row, field), value] for field, value in after.items()}
        _write(points, row, after)
        yield _change(row, fields)


def _clashes(points: Points, row: Model, kept: Person) -> bool:
    """Whether the kept file has a row of its own where only one may be."""
    if not points.alone or any(getattr(row, field) != value for field, value in points.while_):
        return False
    same = {field: getattr(row, field) for field in points.alone} | dict(points.while_)
    return _rows(points.model).filter(**{points.field: kept}, **same).exists()


def _write(points: Points, row: Any, values: dict[str, Any]) -> None:
    """The values, and what is sealed under the person sealed anew."""
    opened = {
        name: ring().open(bytes(sealed), place=place(row))
        for name, place in points.sealed
        if (sealed := getattr(row, name)) is not None
    }
    for field, value in values.items():
        setattr(row, field, value)
    for name, place in points.sealed:
        if name in opened:
            setattr(row, name, ring().seal(opened[name], place=place(row)))
    row.save(
        update_fields=[field.removesuffix("_id") if _is_key(row, field) else field for field in values] + [*opened]
    )


def _is_key(row: Model, field: str) -> bool:
    return field.endswith("_id") and any(
        each.attname == field and each.is_relation for each in row._meta.concrete_fields
    )


def _home(kept: Person, gone: Person) -> list[Change]:
    """One household at a time: the kept file's, or the other's where it has none."""
    today = timezone.localdate()
    member = Member.objects.filter(person=gone, until_date=None).first()
    if member is None:
        return []
    if not Member.objects.filter(person=kept, until_date=None).exists():
        member.person = kept
        member.save(update_fields=["person"])
        return [_change(member, {"person_id": [gone.pk, kept.pk]})]
    member.until_date = today
    member.save(update_fields=["until_date"])
    return [_change(member, {"until_date": [None, today.isoformat()]})]


def _fill(kept: Person, gone: Person) -> list[Change]:
    """What the kept file does not know, it takes over; what both know stays as the kept file has it."""
    filled = [field for field in PLAIN if getattr(kept, field) is None and getattr(gone, field) is not None]
    for field in filled:
        setattr(kept, field, getattr(gone, field))
    for field in SEALED:
        if kept.opened(field) is None and (plain := gone.opened(field)):
            setattr(kept, f"{field}_sealed", ring().seal(plain, place=f"person.{field}.{kept.pk}"))
            filled.append(field)
    if "phone" in filled:
        kept.phone_index = gone.phone_index
    kept.save()
    return [{"model": kept._meta.label, "id": kept.pk, "filled": filled}] if filled else []


def put_back(moved: Sequence[Change], gone: Person) -> None:
    """Every row as it was. Raises Refused if one of them is no longer what the merge made of it. What was thrown away
    since when its time was over (a draft, a link) does not count."""
    for change in moved:
        _check_untouched(change, gone)
    for change in reversed(moved):
        row = _rows(change["model"]).select_for_update().filter(pk=change["id"]).first()
        if row is None:
            continue
        if "filled" in change:
            _empty(row, change["filled"])
        else:
            before = {field: pair[0] for field, pair in change["fields"].items()}
            _write(_points_of(change), row, before)


def _points_of(change: Change) -> Points:
    fields = {field.removesuffix("_id") for field in change["fields"]}
    known = (points for points in MOVES if points.model == change["model"] and points.field in fields)
    return next(known, Points(change["model"]))


def _check_untouched(change: Change, gone: Person) -> None:
    row = _rows(change["model"]).filter(pk=change["id"]).first()
    if row is None:
        return
    for field, (_, after) in change.get("fields", {}).items():
        now = getattr(row, field)
        if (now.isoformat() if hasattr(now, "isoformat") else now) != after:
            raise Refused(CHANGED)
    for field in change.get("filled", []):
        value = row.opened(field) if field in SEALED else getattr(row, field)
        if value != (gone.opened(field) if field in SEALED else getattr(gone, field)):
            raise Refused(CHANGED)


def _empty(kept: Person, filled: Sequence[str]) -> None:
    for field in filled:
        setattr(kept, f"{field}_sealed" if field in SEALED else field, None)
    if "phone" in filled:
        kept.phone_index = None
    kept.save()


CHANGED = "合并以后，这份档案又改过，不能整个分开。请逐条更正。"
