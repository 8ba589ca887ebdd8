"""Two pages for every way of reading: what words mean, and what the site can and cannot yet do."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import open_to_all
from tongxing.content.accessibility import PARTS, statement
from tongxing.content.criteria import STATES, criteria
from tongxing.content.instance import pack
from tongxing.lib.pinyin import initials


@open_to_all
def words(request: HttpRequest) -> HttpResponse:
    """The glossary by the first letter of its terms."""
    terms = sorted(pack(settings.PACK).glossary.values(), key=lambda term: (initials(term.term), term.term))
    groups = [(letter, list(found)) for letter, found in groupby(terms, lambda term: initials(term.term)[:1])]
    return render(request, "public/words.html", {"groups": groups})


@open_to_all
def accessibility(request: HttpRequest) -> HttpResponse:
    """Each claim with the test behind it, by the four parts of the national standard; what is not; each criterion."""
    found = statement(settings.PACK)
    parts = [(part, [claim for claim in found.claims if claim.part == part]) for part in PARTS]
    known = criteria(settings.PACK)
    one_by_one = [(part, [one for one in known.criteria if one.part == part]) for part in PARTS]
    counts = [(state, known.count(state)) for state in STATES]
    context = {"statement": found, "parts": parts, "one_by_one": one_by_one, "counts": counts}
    return render(request, "public/accessibility.html", context)
