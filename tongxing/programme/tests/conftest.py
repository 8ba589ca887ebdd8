"""A register of the pack's plan in the cast's city, and the officers who keep it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image

from tests.cast import CITY, COUNTY, an_officer, build_divisions
from tongxing.accounts.access import Actor
from tongxing.programme import actions, catalogue
from tongxing.programme.models import PlanTask, Project


def photo(shade: int = 120) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (shade, 90, 60)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def register(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pack's plan, carried in the city of the cast."""
    build_divisions()
    monkeypatch.setattr("tongxing.programme.actions.register.city_code", lambda: CITY)
    monkeypatch.setattr(catalogue, "city_code", lambda: CITY)
    actions.open_register(by=None)
    yield


@pytest.fixture
def task(register: None) -> PlanTask:
    """A task that the federation carries."""
    return PlanTask.objects.filter(unit="残联").order_by("pk")[0]


@pytest.fixture
def project(register: None) -> Project:
    """Twenty institutions and two hundred people, carried by the federation."""
    return Project.objects.get(key="supported_work")


@pytest.fixture
def liang() -> Actor:
    """梁主任 of the city's federation reports."""
    return an_officer("federation_city", CITY, 6)


@pytest.fixture
def pei() -> Actor:
    """老裴 of the city's working committee confirms."""
    return replace(an_officer("committee_city", CITY, 7), name="老裴")


@pytest.fixture
def stranger() -> Actor:
    """The federation of a county: the same department, another area."""
    return an_officer("federation_county", COUNTY, 5)
