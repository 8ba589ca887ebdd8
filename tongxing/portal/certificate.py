"""My certificate, and what it brings along: taken together with one button."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.applications.actions import take_linked
from tongxing.applications.queries import linked, renewal
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.lib.identity import mask
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.registry.queries import valid_certificate


@needs(Right.OWN_AFFAIRS)
def show(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, wrong: str = "") -> HttpResponse:
    person = look(request)
    certificate, policies = valid_certificate(person), pack(settings.PACK).policies
    found = linked(person, timezone.localdate()) if certificate else []
    number = certificate.number if certificate else ""
    renews = renewal(certificate, found)
    context = {
        "renews": renews,
        "person": person,
        "certificate": certificate,
        "number": mask(number) if number else "",
        "linked": [(service, policies[service.policy]) for service in found if service != renews],
        "mistakes": [("main", wrong)] if wrong else [],
    }
    return render(request, "portal/my/certificate.html", context, status=422 if wrong else 200)


@require_POST
@needs(Right.OWN_AFFAIRS)
def take(request: HttpRequest) -> HttpResponse:
    """One press; pressed again, nothing more happens."""
    try:
        cases = take_linked(by=actor_of(request), person=person_of(request), services=request.POST.getlist("service"))
    except (Refused, ValidationError) as why:
        return _page(request, why.messages[0] if isinstance(why, ValidationError) else str(why))
    messages.success(request, f"收到了：一共 {len(cases)} 样，都开始办了。")
    return redirect("portal:my")
