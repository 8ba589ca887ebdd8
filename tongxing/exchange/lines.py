"""What a row of a list is while it travels from text to a change. Plain values, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongxing.lib.identity import CertificateNumber, ResidentId, parse_resident_id


class Refused(Exception):
    """The list, or what was to be done with it, is refused as a whole; nothing changed. `str()` says how to mend it."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell; `column` is the header as it stands in the file."""

    column: str
    message: str


@dataclass(frozen=True)
class KnownPerson:
    """A person of the registry that a row speaks of, with the household of today (None if they belong to none)."""

    id: int
    name: str
    birth_date: date | None
    death_date: date | None
    village_code: str
    household_id: int | None = None
    household_village: str | None = None


@dataclass
class Line:
    """A row of the file. `number` counts as the spreadsheet does; `values` are by field of the feed, read and typed."""

    number: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    person: KnownPerson | None = None
    action: str = ""
    note: str = ""

    @property
    def good(self) -> bool:
        return not self.problems

    @property
    def resident(self) -> ResidentId | None:
        return next((value for value in self.values.values() if isinstance(value, ResidentId)), None)

    @property
    def certificate(self) -> CertificateNumber | None:
        return next((value for value in self.values.values() if isinstance(value, CertificateNumber)), None)

    @property
    def identity(self) -> ResidentId | None:
        """What the ID number says, also when only a certificate number is given."""
        if self.resident or self.certificate is None:
            return self.resident
        return parse_resident_id(self.certificate.id_number)

    @property
    def id_number(self) -> str | None:
        """The resident ID that the row gives, by itself or inside the certificate number."""
        if self.resident:
            return self.resident.number
        return self.certificate.id_number if self.certificate else None
