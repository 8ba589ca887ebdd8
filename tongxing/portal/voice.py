"""A ward's own words, as the guardian writes them down while asking for something: offered, never a condition (S29)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from tongxing.portal.frame import actor_of, person_of
from tongxing.residents.actions import Word
from tongxing.residents.models import Voice
from tongxing.residents.voices import is_asked, is_retold

HOW, WORDS = "voice-how", "voice"
FIELDS = (HOW, WORDS)
LONGEST = 500


def is_offered(request: HttpRequest) -> bool:
    """To whoever acts for somebody whose own view is asked for."""
    return is_retold(actor_of(request)) and is_asked(person_of(request), timezone.localdate())


def said(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed, for a draft; empty on a page that does not ask."""
    return {name: [request.POST[name][:LONGEST]] for name in FIELDS if request.POST.get(name, "").strip()}


def word(request: HttpRequest) -> Word | None:
    """None: nothing was written. Half of it is for the verb to refuse."""
    typed = said(request)
    if not typed or not is_offered(request):
        return None
    return (typed.get(HOW, [""])[0], typed.get(WORDS, [""])[0])


def anchor(request: HttpRequest) -> str:
    """The first field that lacks something; '' where nothing was written, or nothing is lacking."""
    typed = said(request)
    if not typed or set(typed) == set(FIELDS):
        return ""
    return "voice-said" if HOW not in typed else "voice"


def form(request: HttpRequest, kept: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    how, words = (request.POST.get(name) or next(iter(kept.get(name, ())), "") for name in FIELDS)
    return {"voice": {"how": how, "words": words, "hows": Voice.How.choices}} if is_offered(request) else {}
