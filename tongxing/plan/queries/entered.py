"""The numbers that people entered: those that count, and those that wait for a second person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tongxing.plan.models import Statistic, Target

LONGEST = 18  # digits of a key


@dataclass(frozen=True)
class Numbers:
    """By year."""

    values: Mapping[int, Decimal] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)


def confirmed_statistics() -> dict[str, Numbers]:
    """Confirmed numbers by series."""
    found = Statistic.objects.filter(confirmed_at__isnull=False, withdrawn_at=None)
    return _by_name((row.series, row) for row in found)


def confirmed_targets() -> dict[str, Numbers]:
    """Confirmed targets by indicator."""
    found = Target.objects.filter(confirmed_at__isnull=False, withdrawn_at=None)
    return _by_name((row.indicator, row) for row in found)


def _by_name(rows: Iterable[tuple[str, Statistic | Target]]) -> dict[str, Numbers]:
    values: dict[str, dict[int, Decimal]] = {}
    sources: dict[str, dict[int, str]] = {}
    for name, row in rows:
        values.setdefault(name, {})[row.year] = row.value.normalize()
        sources.setdefault(name, {})[row.year] = row.source
    return {name: Numbers(values[name], sources[name]) for name in values}


def waiting() -> list[Statistic | Target]:
    """What nobody confirmed or refused yet, oldest first."""
    open_ = {"confirmed_at": None, "withdrawn_at": None}
    found: list[Statistic | Target] = [*Statistic.objects.filter(**open_), *Target.objects.filter(**open_)]
    return sorted(found, key=lambda row: row.entered_at)


def confirmed_rows() -> list[Statistic | Target]:
    """What counts now, by name, newest year first."""
    counts = {"confirmed_at__isnull": False, "withdrawn_at": None}
    return [*Statistic.objects.filter(**counts), *Target.objects.filter(**counts)]


def entered_row(key: str) -> Statistic | Target | None:
    """The number that an address names (statistic-12); None where there is none."""
    kind, _, number = key.partition("-")
    if not number.isdigit() or len(number) > LONGEST:
        return None
    if kind == "statistic":
        return Statistic.objects.filter(pk=int(number)).first()
    return Target.objects.filter(pk=int(number)).first() if kind == "target" else None
