"""The stop values of style.md. There is no list of exceptions."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(path for path in (ROOT / "tongxing").rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "tongxing").rglob("*.html"))
POLICIES = sorted((ROOT / "content").rglob("policies/*.yaml"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(("files", "stop"), [(CODE, 300), (TEMPLATES, 150), (POLICIES, 200)])
def test_no_file_is_longer_than_its_stop(files: list[Path], stop: int) -> None:
    assert {str(path.relative_to(ROOT)): lines(path) for path in files if lines(path) > stop} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= 40:
                long[f"{path.relative_to(ROOT)}:{node.name}"] = node.end_lineno - node.lineno + 1
    assert long == {}


def test_no_feature_has_more_than_two_thousand_lines() -> None:
    """The ground, the synthetic city and the faces are no feature apps: a face has a module a noun, and each its stop
    (docs/decisions/0005)."""
    sizes: dict[str, int] = {}
    ground = {"rules", "content", "warehouse", "lib", "ui", "demo", "desk", "public", "portal"}
    for path in CODE:
        if not {"tests", *ground} & set(path.parts):
            feature = path.relative_to(ROOT / "tongxing").parts[0]
            sizes[feature] = sizes.get(feature, 0) + lines(path)
    assert {feature: size for feature, size in sizes.items() if size > 2000} == {}
