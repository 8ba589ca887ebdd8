"""A small city, drawn once; nothing here touches a database."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings

from tongxing.content.instance import pack
from tongxing.demo.city import Drawn, draw
from tongxing.demo.places import read_setting, villages

TODAY = date(2026, 3, 18)
SEED = 7


def drawn(people: int, seed: int = SEED) -> Drawn:
    rules, setting = pack(settings.PACK), read_setting(settings.PACK)
    return draw(rules, (villages(rules.divisions, setting, seed), setting), people, seed, TODAY)


@pytest.fixture(scope="session")
def city() -> Drawn:
    return drawn(6000)
