"""Pages for what went wrong: what happened, what to do, and a number to quote. They never show what was asked for."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import open_to_all

log = logging.getLogger("tongxing.errors")


def _page(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    reference = secrets.token_hex(4).upper()
    if status >= 500:
        log.error("error %s status %s", reference, status)
    return render(request, f"{status}.html", {"reference": reference, "message": message}, status=status)


@open_to_all
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400)


@open_to_all
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, str(exception or ""))


@open_to_all
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    words = str(exception.args[0]) if exception and exception.args and isinstance(exception.args[0], str) else ""
    return _page(request, 404, words)


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, "这一页放得太久了。请退回上一页，刷新，再交一次。填的内容还在。")
