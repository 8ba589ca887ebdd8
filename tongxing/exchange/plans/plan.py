"""The shape of a plan: lines with their actions, units that fall off the list, records to make and to alter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongxing.content.layout import Layout
from tongxing.exchange.lines import Line
from tongxing.registry.models import Certificate, ListReceived, Person, Status


@dataclass(frozen=True)
class Edit:
    """An existing record and the fields that change, old and new values as the model has them."""

    kind: str
    record_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Gone:
    """A unit that has the status and is not on the complete list: stop, or held where a bad line may be meant."""

    action: str
    person_id: int | None
    household_id: int | None
    note: str


@dataclass
class Plan:
    """`persons`, `certificates`, `statuses`, `lists` are new records, not saved yet."""

    lines: Sequence[Line]
    layout: Layout
    gone: list[Gone] = field(default_factory=list)
    edits: dict[tuple[str, int], Edit] = field(default_factory=dict)
    persons: list[Person] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    lists: list[ListReceived] = field(default_factory=list)
    active_before: int = 0

    def alter(self, kind: str, record_id: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """A later line on the same record adds to what an earlier one changes."""
        known = self.edits.get((kind, record_id), Edit(kind, record_id, {}, {}))
        edit = Edit(kind, record_id, {**before, **known.before}, {**known.after, **after})
        self.edits[kind, record_id] = edit

    @property
    def actions(self) -> Counter[str]:
        return Counter(line.action for line in self.lines) + Counter(gone.action for gone in self.gone)

    @property
    def fingerprint(self) -> list[tuple[int, str, int, int]]:
        """What every line and every unit would have done to it; equal for equal plans."""
        lines = [(line.number, line.action, line.person.id if line.person else 0, 0) for line in self.lines]
        gone = [(0, gone.action, gone.person_id or 0, gone.household_id or 0) for gone in self.gone]
        return sorted(lines + gone)

    @property
    def touched_households(self) -> list[int]:
        """Households whose facts change, in order."""
        acting = [line.person for line in self.lines if line.action in ("start", "change") and line.person]
        found = {person.household_id for person in acting}
        found |= {gone.household_id for gone in self.gone if gone.action == "stop"}
        return sorted(household for household in found if household is not None)
