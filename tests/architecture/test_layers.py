"""What import-linter cannot see: foreign keys, writes, settings, privacy classes, names that may not be."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
DEPTH = {name.strip(" ()"): depth for depth, line in enumerate(LAYERS) for name in line.split("|")}
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}
CLASSES = {"public", "officers", "masked", "secret", "staff", "subject", "audit", "sealed"}
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("tongxing.")]


def package(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_foreign_keys_point_downwards() -> None:
    upward = [
        f"{model.__name__}.{field.name}"
        for model in OUR_MODELS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model.__module__.startswith("tongxing.")
        and DEPTH[package(field.related_model)] < DEPTH[package(model)]
    ]
    assert upward == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_every_field_of_every_model_has_a_privacy_class(model: type[models.Model]) -> None:
    declared = model.Privacy.fields  # type: ignore[attr-defined]
    own = {field.name for field in model._meta.concrete_fields} - ({"id"} - set(declared))
    assert own == set(declared)
    assert set(declared.values()) <= CLASSES


def may_write(path: Path) -> bool:
    parts = path.relative_to(ROOT / "tongxing").parts
    return bool({"migrations", "tests", "demo", "commands"} & set(parts)) or any(p.startswith("actions") for p in parts)


def test_only_actions_write() -> None:
    found = []
    for path in (ROOT / "tongxing").rglob("*.py"):
        if may_write(path):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                owner = ast.unparse(node.func.value)
                if owner.endswith("objects") or owner in ("self", "person", "status", "batch", "run"):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_people_are_read_through_their_scope() -> None:
    """`Person.objects` stands only in the registry, in the demo, in commands and in tests."""
    allowed = ("registry", "demo", "commands", "exchange")
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tongxing").rglob("*.py")
        if path.relative_to(ROOT / "tongxing").parts[0] not in allowed
        and "tests" not in path.parts
        and re.search(r"\bPerson\.objects\b", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_setting_of_the_environment_is_in_the_example() -> None:
    settings = (ROOT / "tongxing/config/settings.py").read_text(encoding="utf-8")
    used = set(re.findall(r'"(TONGXING_[A-Z_]+)"', settings))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert {name for name in used if name not in example} == set()


def test_nothing_of_the_city_stands_in_python() -> None:
    named = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tongxing").rglob("*.py")
        if "tests" not in path.parts
        and re.search(r"北海|合浦|银海|海城|铁山港|4505\d\d", path.read_text(encoding="utf-8"))
    ]
    assert named == []


def test_no_room_is_called_utils() -> None:
    bad = {"utils", "helpers", "common", "core", "misc", "manager", "signals"}
    assert [str(path) for path in (ROOT / "tongxing").rglob("*.py") if path.stem in bad] == []
