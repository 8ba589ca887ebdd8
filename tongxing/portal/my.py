"""My things: everything that runs or ran, in plain states, and first what waits for an answer of mine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.applications.queries import ends_soon, linked, renewal
from tongxing.casework.queries import cases_of
from tongxing.lib.dates import spoken_date
from tongxing.organisation import queries as divisions
from tongxing.outbox.queries import messages_about
from tongxing.portal import drafts, status
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.portal.told import shown
from tongxing.registry.models import Certificate
from tongxing.registry.queries import valid_certificate
from tongxing.reviews.queries import waiting_for_word

MINE = ("answer", "needed")
NEW = timedelta(days=30)


@needs(Right.OWN_AFFAIRS)
def things(request: HttpRequest) -> HttpResponse:
    person, found = look(request), _all(request)
    context = {
        "person": person,
        "checks": waiting_for_word([s.case for s in found]),
        "drafts": drafts.listed(person),
        "mine": [s for s in found if s.key in MINE],
        "running": [s for s in found if s.case.waits and s.key not in MINE],
        "over": [s for s in found if s.is_over],
        "messages_got": shown(messages_about(person, 5)),
    }
    return render(request, "portal/my/things.html", context)


def _all(request: HttpRequest) -> list[status.Status]:
    return status.of_cases(cases_of(actor_of(request), person_of(request)), divisions.names())


def waiting_for_me(request: HttpRequest) -> list[dict[str, Any]]:
    """What the first page puts first."""
    found = _all(request)
    return [
        {
            "icon": each.icon,
            "title": f"{each.name}：{each.word}",
            "text": f"请补：{each.missing}。" if each.missing else "我们查到您可能够条件。要不要，回一句就行。",
            "action": "现在补" if each.missing else "现在回答",
            "url": reverse("portal:case", args=[each.case.number]),
        }
        for each in found
        if each.key in MINE
    ] + [*_checks(found), *_new_certificate(request)]


def _checks(found: list[status.Status]) -> list[dict[str, Any]]:
    """The yearly check: one list, one button."""
    text = "看一眼单子，按一下就行。核对期间，钱照发。"
    return [
        {"icon": "ask", "title": f"{case.service_name}：还是这样吗？", "text": text, "action": "看单子", "url": url}
        for case in waiting_for_word([each.case for each in found])
        if (url := reverse("portal:same", args=[case.number]))
    ]


def _old_certificate(request: HttpRequest, certificate: Certificate) -> list[dict[str, Any]]:
    """It ends soon: renewed with one press, until that was asked for."""
    if renewal(certificate, linked(person_of(request), timezone.localdate())) is None:
        return []
    text = f"有效到 {spoken_date(certificate.valid_until_date)}。按一下，就替您换。"
    url = reverse("portal:certificate")
    return [{"icon": "flag", "title": "残疾人证快到期了", "text": text, "action": "去换证", "url": url}]


def _new_certificate(request: HttpRequest) -> list[dict[str, Any]]:
    """Just issued: there is more to have, with one button."""
    certificate = valid_certificate(person_of(request))
    if certificate is not None and ends_soon(certificate, timezone.localdate()):
        return _old_certificate(request, certificate)
    if certificate is None or timezone.localdate() - certificate.issued_date > NEW:
        return []
    text = "看看有了证，还可以有什么。一个按钮就都要。"
    url = reverse("portal:certificate")
    return [{"icon": "ok", "title": "残疾人证办好了", "text": text, "action": "看我的证", "url": url}]
