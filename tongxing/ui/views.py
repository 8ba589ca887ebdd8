"""The look itself on one page: every token and component."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongxing.ui import samples
from tongxing.ui.templatetags.look import names_in


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every token and component with made-up content, for whoever writes a page."""
    return render(request, "ui/design.html", samples.everything() | {"pictures": sorted(names_in("pictures.svg"))})
