"""The newest run, and what may be seen of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from tongxing.accounts.access import Actor
from tongxing.content.instance import pack
from tongxing.content.pack import Policy
from tongxing.lib.divisions import subtree_prefix
from tongxing.policy.models import Run
from tongxing.warehouse import store


def newest_run() -> Run | None:
    return Run.objects.order_by("-finished_at", "-id").first()


def folder_of(run: Run) -> Path:
    folder: Path = settings.DATA / "runs" / run.folder
    return folder


def ask(run: Run, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """A question over the tables of a run: figures, lists, asks, dues, persons, households."""
    folder = folder_of(run)
    names = [name for name in ("figures", "lists", "asks", "dues", "persons", "households") if f" {name}" in sql]
    return store.rows(sql, {name: folder / f"{name}.parquet" for name in names}, values)


def policies_for(actor: Actor | None) -> dict[str, Policy]:
    """The policies an actor's department answers for; federation, planners and generalists see all."""
    known: dict[str, Policy] = dict(pack(settings.PACK).policies)
    if actor is None or actor.department in (None, "federation"):
        return known
    own = {key: policy for key, policy in known.items() if policy.owner == _department_name(actor.department)}
    return own or known


def _department_name(department: str) -> str:
    return str(pack(settings.PACK).departments[department].name)


def area(actor: Actor | None, division: str | None = None) -> str:
    """The prefix of the area to show: the division asked for if it lies in the actor's, else the actor's own."""
    own = actor.prefix if actor else ""
    wanted = subtree_prefix(division) if division else own
    return wanted if wanted.startswith(own) else own
