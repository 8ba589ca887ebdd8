"""The phone of somebody invented: the texts that they got, so that codes and links can be used. Only in a demo."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import open_to_all
from tongxing.lib.contact import mask_phone
from tongxing.outbox.queries import texts_on_phone_of, texts_to_strangers
from tongxing.portal.told import on_phone
from tongxing.registry.queries import people_by_number

STRANGERS = 0  # in place of a person: the phones of nobody known


@open_to_all
def phone(request: HttpRequest, person_id: int) -> HttpResponse:
    if settings.DEMO and person_id == STRANGERS:
        found = texts_to_strangers()
        texts = [text | {"to": mask_phone(text["message"].number or "")} for text in on_phone(found)]
        return render(request, "portal/demo_phone.html", {"texts": texts, "has_phone": True})
    person = people_by_number([person_id]).first() if settings.DEMO else None
    if person is None:
        raise Http404("没有这部手机。")
    context = {
        "owner": person,
        "texts": on_phone(texts_on_phone_of(person)),
        "has_phone": person.phone_sealed is not None,
    }
    return render(request, "portal/demo_phone.html", context)
