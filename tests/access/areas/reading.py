"""Words and the accessibility statement: open to everybody."""

from __future__ import annotations

from tests.access.door import Door

DOORS = {"public:words": Door(None), "public:accessibility": Door(None)}
