"""Two people wrote the same field: what it was, what the other wrote, what the one who came second typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Clash:
    """One field, as people read it. The form sends back `keep-<name>`: theirs or mine."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Clashes:
    """Every field of one form that the other changed; `typed` is the form as it was sent, so that nothing is lost."""

    action: str
    who: str
    at: datetime | None
    fields: list[Clash]
    typed: Mapping[str, str] = field(default_factory=dict)


def kept(form: Mapping[str, str], name: str) -> str:
    """Which of the two was chosen for a field; '' before anybody was asked."""
    said = form.get(f"keep-{name}", "")
    return said if said in (THEIRS, MINE) else ""
