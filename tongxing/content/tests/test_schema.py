"""The schema that editors use is the one that the readers mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from tongxing.content import schema
from tongxing.content.fields import Fields
from tongxing.content.read import read_pack
from tongxing.content.tests import packs

CONTENT = Path(__file__).resolve().parents[3] / "content"
FILES = [
    ("facts.yaml", "facts_file"),
    ("roles.yaml", "roles_file"),
    ("policies/*.yaml", "policy"),
    ("feeds/*.yaml", "feed"),
]


def plain(text: str) -> Any:
    """As an editor sees it: dates and keys are strings."""
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)
    return yaml.load(text)


def complaints(kind: str, thing: Any) -> list[str]:
    parts = schema.pack_schema()["$defs"]
    checker = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": parts})
    return [f"{list(wrong.path)}: {wrong.message}" for wrong in checker.iter_errors(thing)]


def test_the_committed_schema_is_current() -> None:
    assert (CONTENT / "pack.schema.json").read_text(encoding="utf-8") == schema.as_text(), (
        "run: python -m tongxing.content.schema content/pack.schema.json"
    )


@pytest.mark.parametrize(("files", "kind"), FILES)
def test_every_file_of_the_city_fits(files: str, kind: str) -> None:
    paths = list((CONTENT / "beihai").glob(files))
    assert paths
    assert {
        path.name: found for path in paths if (found := complaints(kind, plain(path.read_text(encoding="utf-8"))))
    } == {}


def test_a_slip_does_not_fit() -> None:
    assert complaints("policy", plain(packs.POLICY)) == []
    assert complaints("policy", plain(packs.POLICY.replace("period", "perod"))) != []
    assert complaints("policy", plain(packs.POLICY.replace("100.05", "100.055"))) != []
    assert complaints("facts_file", plain(packs.FACTS.replace("bool", "boole"))) != []


def test_the_schema_has_the_keys_that_the_readers_ask_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[frozenset[str]] = set()
    finish = Fields.finish

    def note(fields: Fields) -> None:
        asked.add(frozenset(fields.read))
        finish(fields)

    monkeypatch.setattr(Fields, "finish", note)
    read_pack(packs.write(tmp_path, (packs.FULL | {"policies/allowance.yaml": LAWFUL})))
    parts = schema.pack_schema()["$defs"]
    described = {frozenset(part["properties"]) for part in parts.values() if "properties" in part}
    unread = {"yuan", "fen", "value"}  # a value is asked for by one of three keys
    assert {keys - unread for keys in described} - {keys - unread for keys in asked} == set()


LAWFUL = packs.POLICY.replace("plan: [a1]", "plan: [a1]\nlaw: [{title: 某法, about: 某事}]")
