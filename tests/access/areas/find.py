"""“What can I get?”: open to everybody."""

from __future__ import annotations

from tests.access.door import Door

DOORS = {
    "portal:find": Door(None, ("GET",)),
    "portal:find-question": Door(None),
    "portal:find-result": Door(None),
}
