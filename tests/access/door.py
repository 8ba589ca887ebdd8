"""What an address needs, and how it is said in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongxing.accounts.rights import Right

BOTH = ("GET", "POST")


@dataclass(frozen=True)
class Door:
    """`rights` None: open to visitors; (): to whoever is signed in; else to those who have all of them."""

    rights: tuple[Right, ...] | None
    methods: tuple[str, ...] = BOTH
    body: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def page(*rights: Right, **query: str) -> Door:
    return Door(rights, query=query)


def verb(*rights: Right, **body: str) -> Door:
    return Door(rights, ("POST",), body)
