"""Clause by clause: what live thing carries it out, and how many records stand behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from tongxing.content.clauses import Clause
from tongxing.content.instance import pack
from tongxing.content.plan import plan
from tongxing.content.programme import programme
from tongxing.content.services import services
from tongxing.plan.models import Count
from tongxing.plan.queries.records import records_by_link

NO_RECORDS = "连着的东西今年还没有记录"


@dataclass(frozen=True)
class Linked:
    """A live object; `name` is how it is called in words."""

    link: str
    name: str
    records: int


@dataclass(frozen=True)
class Covered:
    """`gap` is '' where live objects with records carry the clause out, else the reason why not."""

    clause: Clause
    linked: tuple[Linked, ...]
    records: int
    gap: str


def coverage(count: Count | None, today: date) -> dict[str, Covered]:
    """Every clause of the plan, in the order of its files."""
    clauses, counted = plan(settings.PACK).clauses, records_by_link(count, today)
    return {id_: _covered(clause, clauses, counted) for id_, clause in clauses.items()}


def _covered(clause: Clause, clauses: Mapping[str, Clause], counted: Mapping[str, int]) -> Covered:
    linked = tuple(Linked(link, name_of(link), counted.get(link, 0)) for link in _followed(clause, clauses, ()))
    records = sum(each.records for each in linked)
    gap = "" if records else (NO_RECORDS if linked else clause.gap or _gap_of_other(clause, clauses))
    return Covered(clause, linked, records, gap)


def _followed(clause: Clause, clauses: Mapping[str, Clause], seen: tuple[str, ...]) -> list[str]:
    """The links of a clause, and in place of a clause that it leads to, the links of that one; each once."""
    found: dict[str, None] = {}
    for link in clause.links:
        kind, _, id_ = link.partition(":")
        if kind != "clause":
            found[str(link)] = None
        elif id_ not in seen:
            found |= dict.fromkeys(_followed(clauses[id_], clauses, (*seen, str(clause.id))))
    return list(found)


def _gap_of_other(clause: Clause, clauses: Mapping[str, Clause]) -> str:
    """The reason of the clause that this one leads to."""
    others = [clauses[link.partition(":")[2]] for link in clause.links if link.startswith("clause:")]
    return next((other.gap for other in others if other.gap), NO_RECORDS)


def name_of(link: str) -> str:
    """A link in words: the name or label that the pack gives it, else its id."""
    kind, _, id_ = link.partition(":")
    city = pack(settings.PACK)
    rooms: Mapping[str, Mapping[str, Any]] = {
        "policy": city.policies,
        "service": services(settings.PACK),
        "feed": city.feeds,
        "indicator": plan(settings.PACK).indicators,
        "project": programme(settings.PACK).projects,
        "document": programme(settings.PACK).documents,
        "role": city.roles,
        "purpose": city.purposes,
        "fact": city.facts,
        "param": city.params,
    }
    found = rooms.get(kind, {}).get(id_)
    return str(getattr(found, "label" if kind in ("fact", "param") else "name", city.derived_labels.get(id_, id_)))


def shares(covered: Mapping[str, Covered]) -> tuple[int, int]:
    """(clauses with live objects and records, all clauses)."""
    return sum(not each.gap for each in covered.values()), len(covered)
