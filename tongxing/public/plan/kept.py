"""Pages for everybody are drawn once a release and kept: the same bytes for every visitor, no cookie, no session.

Whoever has signed in gets a page of their own, which is never kept (S31).
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from tongxing.accounts.access import open_to_all
from tongxing.releases.queries.published import newest_release
from tongxing.releases.queries.remarks import newest_answer
from tongxing.ui.display import display_settings, is_written_on

KEPT_FOR = 24 * 3600  # seconds; a new release or answer has another key
FRESH = "public, max-age=300"
NAMES = ("Content-Type", "Content-Disposition", "Cache-Control")
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Kept:
    """A page as it goes out: plain and compressed."""

    content: bytes
    compressed: bytes
    headers: dict[str, str]


def for_everybody(view: View) -> View:
    """Open to all, by GET alone, kept for visitors. A page that is not found is not kept."""

    @open_to_all
    @require_safe
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if getattr(request, "actor", None) is not None or request.user.is_authenticated:
            return view(request, *args, **kwargs)
        key = _key(request)
        found: Kept | None = cache.get(key)
        if found is None:
            answer = view(request, *args, **kwargs)
            if answer.status_code != 200:
                return answer
            headers = {name: answer[name] for name in NAMES if answer.has_header(name)}
            found = Kept(answer.content, gzip.compress(answer.content, 9, mtime=0), headers)
            cache.set(key, found, KEPT_FOR)
        return _answer(request, found)

    return kept


def _key(request: HttpRequest) -> str:
    release = newest_release()
    state = (release.pk if release else 0, newest_answer(), timezone.localdate(), display_settings(request).cookie)
    return "plan:" + sha256(f"{state}{request.get_full_path()}".encode()).hexdigest()


def _answer(request: HttpRequest, found: Kept) -> HttpResponse:
    """Compressing is safe here: nothing on these pages is secret."""
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    takes_gzip = takes_gzip and not is_written_on(request)
    content = found.compressed if takes_gzip else found.content
    response = HttpResponse(content, headers={"Cache-Control": FRESH} | found.headers)
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response


def fresh_for_visitors(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page that is not kept here may be kept by the visitor for as long as one that is."""
    if not request.user.is_authenticated:
        response["Cache-Control"] = FRESH
        patch_vary_headers(response, ["Cookie"])
    return response
