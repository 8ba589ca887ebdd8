"""The phone of somebody invented: the texts that they got, so that codes and links can be used. Only in a demo."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import open_to_all
from tongxing.outbox.queries import texts_on_phone_of
from tongxing.portal.told import on_phone
from tongxing.registry.queries import people_by_number


@open_to_all
def phone(request: HttpRequest, person_id: int) -> HttpResponse:
    person = people_by_number([person_id]).first() if settings.DEMO else None
    if person is None:
        raise Http404("没有这部手机。")
    context = {
        "owner": person,
        "texts": on_phone(texts_on_phone_of(person)),
        "has_phone": person.phone_sealed is not None,
    }
    return render(request, "portal/demo_phone.html", context)
