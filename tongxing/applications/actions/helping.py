"""What else a case says of its asking: who helped, with the person's yes, and what they are not sure of."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.applications.queries.unsure import VERB
from tongxing.casework.actions.rows import write_down
from tongxing.casework.models import Case
from tongxing.casework.refusal import Refused
from tongxing.residents.actions import agree_to_helper

HELPERS = {"family": "家里人", "neighbour": "邻居或朋友"}
Helper = tuple[str, str]  # a key of HELPERS, and the name


@transaction.atomic
def note_helper(*, by: Actor | None, case: Case, helper: Helper | None) -> None:
    """Nothing where nobody helped. An officer beside the person is written down by the sitting itself."""
    if helper is None:
        return
    kind, name = helper
    agree_to_helper(by=by, person=case.person, helper=f"{HELPERS[kind]} {name}")
    write_down(case, by, "helped", helper=HELPERS[kind])


@transaction.atomic
def note_unsure(*, by: Actor | None, case: Case, facts: Sequence[str]) -> None:
    """“不清楚”, for the officer to read beside the fact; the fact stays unknown. Nothing where all was clear."""
    if facts:
        write_down(case, by, VERB, facts=",".join(facts))


def named_helper(kind: str, name: str, *, is_agreed: bool) -> Helper | None:
    """None: nobody helped. Raises Refused where half of it is missing."""
    if not kind and not name.strip():
        return None
    if kind not in HELPERS:
        raise Refused("请选是谁帮您写的。没有人帮，就都不填。")
    if not name.strip():
        raise Refused("请写帮您的人叫什么。没有人帮，就都不填。")
    if not is_agreed:
        raise Refused("有人帮您写，要您本人同意。请勾上“我同意”。")
    return kind, name.strip()[:20]
