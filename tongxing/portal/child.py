"""Before the first change for a child under 14 the guardian says yes once; then it goes on where it was (S28)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.portal.frame import actor_of, person_of
from tongxing.residents.actions import agree_for_child, may_agree_for_child
from tongxing.residents.children import CHILD
from tongxing.residents.consents import TEXTS
from tongxing.residents.models import Consent
from tongxing.signing.kept import Kept, of_form, of_request

AGREED = "child-agreed"  # in a form that asks for the yes and goes on by itself


@needs(Right.OWN_AFFAIRS)
def child(request: HttpRequest) -> HttpResponse:
    """Reached in place of a page whose change has to wait, and by its own form.

    The browser then posts the same form again to where it came from (307): one press for both.
    """
    if request.resolver_match is None or request.resolver_match.view_name != settings.CHILD_CONSENT_URL:
        return _ask(request, of_request(request))
    kept = of_form(request, lambda view: Right.OWN_AFFAIRS in getattr(view, "access", ()), "/my/")
    if request.method != "POST":
        return _ask(request, kept)
    sitting = getattr(request, "sitting", None)
    channel = sitting.consent.channel if sitting else Consent.Channel.PAGE
    agree_for_child(by=actor_of(request), person=person_of(request), channel=channel)
    return redirect(kept.path, preserve_request=kept.method == "POST")


def _ask(request: HttpRequest, kept: Kept) -> HttpResponse:
    person = person_of(request)
    context = {"kept": kept, "may": _may(request), "has_files": bool(request.FILES)}
    return render(request, "portal/my/child.html", asking(person.name) | context)


def _may(request: HttpRequest) -> bool:
    return may_agree_for_child(actor_of(request), person_of(request))


def asking(name: str) -> dict[str, Any]:
    """The text in force, and whose name heads it."""
    return {"text": TEXTS[CHILD], "name": name}
