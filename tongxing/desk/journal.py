"""The journal for the audit administrator: read only, and the proof that nobody changed it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.desk import words
from tongxing.journal.queries import entries_for, first_break


@needs(Right.SEE_JOURNAL)
def entries(request: HttpRequest) -> HttpResponse:
    pages = Paginator(entries_for(request.actor), 50)  # type: ignore[attr-defined]
    page = pages.get_page(request.GET.get("page"))
    context = {
        "rows": [words.spoken_entry(entry) for entry in page],
        "total": pages.count,
        "number": page.number,
        "pages": pages.num_pages,
        "checked": "check" in request.GET,
        "broken": first_break() if "check" in request.GET else None,
    }
    return render(request, "desk/journal.html", context)
