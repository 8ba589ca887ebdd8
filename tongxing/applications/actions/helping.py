"""Who helped a person to write, and that the person agreed: in their consents, and in the history of the case."""

from __future__ import annotations

from django.db import transaction

from tongxing.accounts.access import Actor
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
