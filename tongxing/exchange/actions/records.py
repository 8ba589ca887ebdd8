"""Writing a plan into the registry, and putting everything back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model, ProtectedError

from tongxing.exchange.lines import Refused
from tongxing.exchange.matching import chunks
from tongxing.exchange.models import Batch, Change
from tongxing.exchange.plans import Edit, Plan
from tongxing.registry.models import Certificate, ListReceived, Person, Status

MODELS: Mapping[str, type[Model]] = {
    "person": Person,
    "certificate": Certificate,
    "status": Status,
    "list": ListReceived,
}
# What must still be so of a record that we made, if it is to be taken back.
MADE = {"person": ("death_date",), "certificate": ("state",), "status": ("until_date",), "list": ()}
BULK = 2_000


def one_at_a_time(feed: str) -> None:
    """Until the transaction ends, nobody else commits or takes back a list of this feed."""
    list(Batch.objects.select_for_update().filter(feed=feed).order_by("pk").values_list("pk"))


def write_records(plan: Plan) -> None:
    """Alters first, then adds: a replaced certificate makes room for the valid one."""
    for (kind, after), ids in _grouped(plan.edits.values()).items():
        for part in chunks(ids):
            MODELS[kind]._default_manager.filter(pk__in=part).update(**dict(after))
    for kind, records in _made(plan).items():
        MODELS[kind]._default_manager.bulk_create(records, batch_size=BULK)


def _made(plan: Plan) -> Mapping[str, Sequence[Model]]:
    """New records, those first to which others point."""
    return {"person": plan.persons, "certificate": plan.certificates, "status": plan.statuses, "list": plan.lists}


def _grouped(edits: Iterable[Edit]) -> dict[tuple[str, tuple[tuple[str, Any], ...]], list[int]]:
    """Records that get the same values, to be written together."""
    groups: dict[tuple[str, tuple[tuple[str, Any], ...]], list[int]] = {}
    for edit in edits:
        groups.setdefault((edit.kind, tuple(edit.after.items())), []).append(edit.record_id)
    return groups


def keep_changes(plan: Plan, batch: Batch) -> int:
    """One Change a record; how many. Called after `write_records`, when new records have their numbers."""
    changes = [
        Change(
            batch=batch, kind=edit.kind, record_id=edit.record_id, before=_plain(edit.before), after=_plain(edit.after)
        )
        for edit in plan.edits.values()
    ]
    for kind, records in _made(plan).items():
        for record in records:
            now = {field: getattr(record, field) for field in MADE[kind]}
            changes.append(Change(batch=batch, kind=kind, record_id=record.pk, before=None, after=_plain(now)))
    Change.objects.bulk_create(changes, batch_size=BULK)
    return len(changes)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """For JSON: days in ISO form, the rest as it is."""
    return {field: value.isoformat() if hasattr(value, "isoformat") else value for field, value in values.items()}


def put_back(batch: Batch) -> int:
    """Everything as before the batch; how many records. Raises Refused if somebody changed one of them since."""
    changes = list(batch.changes.all())
    _check_untouched(changes)
    _delete_made([change for change in changes if change.before is None])
    for change in changes:
        if change.before is not None:
            model = MODELS[change.kind]
            model._default_manager.filter(pk=change.record_id).update(**_typed(model, change.before))
    return len(changes)


def _typed(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    return {field: model._meta.get_field(field).to_python(value) for field, value in values.items()}  # type: ignore[union-attr]


def _check_untouched(changes: Sequence[Change]) -> None:
    groups: dict[tuple[str, tuple[str, ...]], dict[int, tuple[Any, ...]]] = {}
    for change in changes:
        values = _typed(MODELS[change.kind], change.after)
        groups.setdefault((change.kind, tuple(values)), {})[change.record_id] = tuple(values.values())
    touched = 0
    for (kind, fields), expected in groups.items():
        for part in chunks(expected):
            rows = MODELS[kind]._default_manager.filter(pk__in=part).values_list("pk", *fields)
            found = {row[0]: tuple(row[1:]) for row in rows}
            touched += sum(found.get(record) != expected[record] for record in part)
    if touched:
        raise Refused(
            f"入库以后，有 {touched} 条记录又被改过，整批撤回会盖掉后来的改动。请逐条更正，或先撤回后来的改动。"
        )


def _delete_made(changes: Sequence[Change]) -> None:
    """Newest kinds first, so that nothing points at what goes."""
    for kind in ("list", "status", "certificate", "person"):
        try:
            for part in chunks(change.record_id for change in changes if change.kind == kind):
                MODELS[kind]._default_manager.filter(pk__in=part).delete()
        except ProtectedError:
            raise Refused("这批名单新登记的人，后来又有了别的记录，不能整批撤回。请逐条更正。") from None
