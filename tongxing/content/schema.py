"""JSON Schemas of a pack's YAML files, so that an editor completes and checks them while one writes.

`python -m tongxing.content.schema FILE` writes them. The lists of words are the readers' own; a test holds the keys
of each object against what the readers ask for. The readers stay the judge: a schema cannot follow names.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tongxing.content import facts, feeds, policies, rooms

Schema = dict[str, Any]
NAME = "^[a-z][a-z0-9_]*$"
TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
MONEY: Schema = {"type": "number", "multipleOf": 0.01}
SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}
CONDITIONS: Schema = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}}


def one_of(words: Iterable[str]) -> Schema:
    return {"enum": list(words)}


def several(item: Schema, at_least: int = 0) -> Schema:
    return {"type": "array", "items": item} | ({"minItems": at_least} if at_least else {})


def by_name(item: Schema) -> Schema:
    return {"type": "object", "propertyNames": {"pattern": NAME}, "additionalProperties": item}


def thing(required: str, /, **properties: Schema) -> Schema:
    """A mapping with these keys only; `from_` and `is_` stand for Python's words."""
    named = {key.removesuffix("_"): schema for key, schema in properties.items()}
    return {"type": "object", "required": required.split(), "properties": named, "additionalProperties": False}


def or_by_code(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "object", "additionalProperties": item}]}


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def rule_parts() -> dict[str, Schema]:
    """What facts.yaml is made of; policies share its parameters."""
    return {
        "fact": thing(
            "type",
            type=one_of(facts.TYPES),
            codes=TEXT,
            label=TEXT,
            ask=TEXT,
            from_=one_of(facts.ORIGINS),
            owner=TEXT,
            stale_after={"type": "string", "pattern": r"^\d+ days?$"},
            sensitivity=one_of(facts.SENSITIVITIES),
            min=WHOLE,
            max=WHOLE,
        ),
        "derived": thing("is", is_=TEXT, label=TEXT),
        "param": thing(
            "type values", type=one_of(facts.TYPES), label=TEXT, by=TEXT, values=several(ref("param_value"), 1)
        ),
        "param_value": thing(
            "from source status",
            from_=DAY,
            yuan=or_by_code(MONEY),
            fen=or_by_code(WHOLE),
            value=or_by_code(SCALAR),
            source=TEXT,
            status=one_of(facts.STATUSES),
            note=TEXT,
        ),
    }


def policy_parts() -> dict[str, Schema]:
    return {
        "law": thing("title", title=TEXT, about=TEXT),
        "condition": thing("", label=TEXT, is_=TEXT, all=CONDITIONS, any=CONDITIONS)
        | {"oneOf": [{"required": ["label", "is"]}, {"required": ["all"]}, {"required": ["any"]}]},
        "version": thing(
            "from who", from_=DAY, until=DAY, who=ref("condition"), amount={"anyOf": [TEXT, {"const": 0}]}
        ),
        "case": thing(
            "name given expect",
            name=TEXT,
            as_of=DAY,
            given=by_name(SCALAR),
            members=several(by_name(SCALAR)),
            expect=ref("expect"),
        ),
        "expect": thing("eligible", eligible={"enum": [True, False, "unknown"]}, amount=MONEY, ask=several(TEXT)),
    }


def policy() -> Schema:
    return thing(
        "id name unit period versions",
        id={"type": "string", "pattern": NAME},
        name=TEXT,
        unit=one_of(facts.UNITS),
        plan=several(TEXT),
        owner=TEXT,
        law=several(ref("law")),
        summary=TEXT,
        period=one_of(policies.PERIODS),
        receipt={"type": ["string", "null"]},
        shared_list=FLAG,
        higher_of=several(TEXT),
        certainty=one_of(policies.CERTAINTIES),
        params=by_name(ref("param")),
        versions=several(ref("version"), 1),
        tests=several(ref("case")),
    )


def facts_file() -> Schema:
    blocks = {unit: by_name(ref("fact")) for unit in facts.UNITS}
    return thing("", **blocks | {"derived": by_name(ref("derived")), "params": by_name(ref("param"))})


def room_parts() -> dict[str, Schema]:
    return {
        "role": thing(
            "name level",
            name=TEXT,
            department={"type": ["string", "null"]},
            level=one_of(rooms.LEVELS),
            rights=several(TEXT),
            purposes=several(TEXT),
            demo=ref("demo"),
        ),
        "demo": thing("name division", name=TEXT, hint=TEXT, division=TEXT),
        "column": thing(
            "name field type",
            name=TEXT,
            field=TEXT,
            type=one_of(feeds.COLUMN_TYPES),
            aliases=several(TEXT),
            codes=TEXT,
            required=FLAG,
        ),
        "sets": thing("fact", fact=TEXT, value=SCALAR, from_=TEXT),
    }


def feed() -> Schema:
    return thing(
        "id name department columns match_by",
        id=TEXT,
        name=TEXT,
        department=TEXT,
        unit=one_of(facts.UNITS[:2]),
        format=several(one_of(feeds.FORMATS)),
        columns=several(ref("column"), 1),
        match_by=several(one_of(feeds.MATCHES), 1),
        sets=ref("sets"),
        complete=FLAG,
        scope=one_of(feeds.SCOPES),
    )


def pack_schema() -> Schema:
    """`$defs` has one schema per kind of file: facts_file, policy, roles_file, feed; editors point at `#/$defs/…`."""
    files = {"facts_file": facts_file(), "policy": policy(), "roles_file": by_name(ref("role")), "feed": feed()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tongxing pack",
        "description": "Generated by tongxing.content.schema; do not edit.",
        "anyOf": [ref(name) for name in files],
        "$defs": files | rule_parts() | policy_parts() | room_parts(),
    }


def as_text() -> str:
    return json.dumps(pack_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(as_text(), encoding="utf-8")
