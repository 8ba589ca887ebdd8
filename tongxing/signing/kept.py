"""What a form said while somebody first has to say who they are: carried along as hidden fields, never on the server.

It goes on through a button that can be seen, and only to a page of ours that asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

OURS = {"csrfmiddlewaretoken", "code", "enter-phone", "enter-tail", "credential", "confirm-path", "confirm-method"}


@dataclass(frozen=True)
class Kept:
    """A request that waits."""

    path: str
    method: str = "GET"
    fields: list[tuple[str, str]] = field(default_factory=list)


def safe_path(request: HttpRequest, path: str, home: str) -> str:
    """The path if it is one of this site, else `home`."""
    is_ours = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if path and is_ours else home


def of_request(request: HttpRequest) -> Kept:
    """The request as it came."""
    return Kept(request.get_full_path(), str(request.method), fields_of(request))


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Every value, also of names that come several times; files have to be chosen again."""
    if request.method != "POST":
        return []
    said = request.POST
    return [(name, str(value)) for name in said if name not in OURS for value in said.getlist(name)]


def of_form(request: HttpRequest, asked: Callable[[Any], bool], home: str) -> Kept:
    """What a form of ours carries. Raises Http404 unless the view that it goes on to is one that `asked`."""
    path = safe_path(request, request.POST.get("confirm-path") or request.GET.get("next", ""), home)
    method = "POST" if request.POST.get("confirm-method") == "POST" else "GET"
    try:
        is_asked = asked(resolve(path.split("?")[0]).func)
    except Resolver404:
        is_asked = False
    if method == "POST" and not is_asked:
        raise Http404("没有这一页。")
    return Kept(path, method, fields_of(request))
