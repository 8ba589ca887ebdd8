"""The plan for everybody."""

from __future__ import annotations

from tests.access.door import Door

DOORS = {
    "public:plan": Door(None, ("GET",)),
    "public:plan-easy": Door(None, ("GET",)),
    "public:plan-data": Door(None, ("GET",)),
    "public:plan-newest-file": Door(None, ("GET",)),
    "public:plan-file": Door(None, ("GET",)),
    "public:plan-indicator": Door(None, ("GET",)),
    "public:plan-say": Door(None, ("POST",)),
    "public:plan-system": Door(None, ("GET",)),
}
