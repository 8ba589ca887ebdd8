"""What a resident asks an office for: a visit, a fact put right, a move written down."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.portal.frame import actor_of, person_of
from tongxing.residents.actions import ask_office
from tongxing.residents.models import Request


@require_POST
@needs(Right.OWN_AFFAIRS)
def visit(request: HttpRequest) -> HttpResponse:
    try:
        ask_office(by=actor_of(request), person=person_of(request), kind=Request.Kind.VISIT, words="请到家里来")
    except ValidationError as why:
        messages.error(request, why.messages[0])
    else:
        messages.success(request, "记下了。村里或社区的人会先联系您，再上门。")
    return redirect("portal:help")
