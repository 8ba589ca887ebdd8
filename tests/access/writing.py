"""What requests write to the database, by table (S22)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

WRITES = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO) "(\w+)"')
LOOKING = {  # what may be written when somebody only looks
    "journal_entry",  # who looked at whom
    "django_session",
    "accounts_signedin",  # when somebody was last here
}


class Written:
    """For `connection.execute_wrapper`: the tables that were written to, with the address that did it."""

    def __init__(self) -> None:
        self.at = ""  # the address that is being opened; nothing is noted without one
        self.tables: dict[str, set[str]] = {}

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql) if self.at else None
        if found:
            self.tables.setdefault(found[1], set()).add(self.at)
        return execute(sql, params, many, context)

    @contextmanager
    def noting(self, at: str) -> Iterator[None]:
        self.at = at
        yield
        self.at = ""

    def beyond_looking(self) -> dict[str, set[str]]:
        return {table: doors for table, doors in self.tables.items() if table not in LOOKING}
