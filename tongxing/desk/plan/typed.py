"""What is typed into the register's forms, read or refused in words, and one press that acts once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict

from tongxing.accounts.access import Actor
from tongxing.journal.actions import OtherContent, once
from tongxing.lib.dates import parse_date
from tongxing.lib.mistakes import BadDate, BadMoney
from tongxing.lib.money import parse_yuan
from tongxing.lib.scans import MAX_BYTES
from tongxing.programme.catalogue import subject_of
from tongxing.programme.permission import Thing
from tongxing.programme.refusal import Refused

Verb = Callable[[Actor, Any, HttpRequest], Any]


class Wrong(Refused):
    """A field that cannot be read; `field` is its id on the page."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def day(form: QueryDict, name: str, label: str) -> date:
    try:
        return parse_date(form.get(name, ""))
    except BadDate:
        raise Wrong(name, f"“{label}”请写成 2025-03-01 这样。") from None


def whole(form: QueryDict, name: str, label: str) -> int:
    text = form.get(name, "").strip().replace(",", "")
    if not text.lstrip("-").isascii() or not text.removeprefix("-").isdigit() or len(text) > 9:
        raise Wrong(name, f"“{label}”请写一个整数。")
    return int(text)


def fen(form: QueryDict, name: str) -> int:
    """Typed in yuan; 0 where nothing is written."""
    text = form.get(name, "").strip()
    try:
        return parse_yuan(text) if text else 0
    except BadMoney as why:
        raise Wrong(name, str(why)) from None


def number(form: QueryDict, name: str, label: str) -> Decimal | None:
    """None where nothing is written: nobody knows."""
    text = form.get(name, "").strip()
    try:
        found = Decimal(text) if text else None
    except InvalidOperation:
        raise Wrong(name, f"“{label}”请写一个数，不知道就空着。") from None
    if found is not None and not (found.is_finite() and abs(found) < 10**9):
        raise Wrong(name, f"“{label}”不像一个数。请核对。")
    return found


def file(request: HttpRequest, name: str = "file") -> bytes:
    sent = request.FILES.get(name)
    return sent.read(MAX_BYTES + 1) if sent else b""


def act(request: HttpRequest, thing: Thing, verbs: Mapping[str, Verb]) -> tuple[str, str] | None:
    """Does what was pressed, once for each key of a form; (field, words) if it cannot be done."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    what, sent = request.POST.get("what", ""), request.POST
    if what not in verbs:
        return "what", "请按页面上的一个按钮。"
    content = {key: str(value) for key, value in sent.items() if key not in ("csrfmiddlewaretoken", "once")}

    def work() -> str:
        verbs[what](actor, thing, request)
        return subject_of(thing)

    try:
        once(key=sent.get("once") or secrets.token_hex(12), content={"of": subject_of(thing)} | content, work=work)
    except Wrong as why:
        return f"{what}_{why.field}", str(why)
    except (Refused, OtherContent, PermissionDenied) as why:
        return f"{what}_first", str(why)
    return None


def new_key() -> str:
    return secrets.token_hex(12)
