"""Whoever an entry is about reads it in words: every verb and every kind of subject that the code writes has them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tongxing
from tongxing.journal.actions import Note
from tongxing.journal.words import SUBJECTS, VERBS, about

CODE = Path(tongxing.__file__).parent
WRITERS = {"record", "Note", "note_both", "_note", "_write"}


def written() -> Iterator[tuple[str, str]]:
    """File and verb of each call that names a verb 'feature.done', also one of two."""
    for path in CODE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in WRITERS:
                said = [*node.args, *(each.value for each in node.keywords if each.arg == "verb")]
                texts = [inner for arg in said for inner in ast.walk(arg) if isinstance(inner, ast.Constant)]
                yield from ((str(path), text.value) for text in texts if _is_verb(text.value))


def _is_verb(value: object) -> bool:
    return isinstance(value, str) and all(part.isidentifier() for part in value.split(".")) and value.count(".") == 1


def test_every_verb_in_the_code_has_words() -> None:
    found = set(written())
    assert len(found) > 100
    assert sorted(pair for pair in found if pair[1] not in VERBS) == []


@pytest.mark.parametrize(("verb", "subject"), [("case.dreamt", "person:1"), ("case.opened", "dream:1")])
def test_what_has_no_words_is_not_written(verb: str, subject: str) -> None:
    with pytest.raises(ValueError, match=r"words\.py"):
        Note(verb, subject)


def test_a_subject_is_said_without_a_name() -> None:
    assert (about("person:12"), about("programme"), about("")) == ("人员 12", "规划任务的账", "—")
    assert set(SUBJECTS) and all(not word.isascii() for word in [*SUBJECTS.values(), *VERBS.values()])
