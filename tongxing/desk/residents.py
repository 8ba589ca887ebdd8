"""What comes from residents: what they ask of this office, what did not reach them; and doing it for them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.applications.queries import checks_for
from tongxing.desk import people, words
from tongxing.desk.identity import service_name
from tongxing.moves.queries import lately_for, waiting_for
from tongxing.organisation import queries as divisions
from tongxing.organisation.queries import corrections_for
from tongxing.outbox import actions as outbox
from tongxing.outbox.queries import undelivered_for
from tongxing.residents import actions
from tongxing.residents.access import ASSIST
from tongxing.residents.models import Consent
from tongxing.residents.queries import request_for, requests_for, words_of

MOST = 100


@needs(Right.SEE_PERSON, Right.ANSWER_FACTS)
def requests(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, wrong: tuple[int, str] | None = None) -> HttpResponse:
    """`wrong`: the request whose answer could not be taken, and why; what was typed stays."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known, today = divisions.names(), timezone.localdate()
    asked = [
        {
            "request": each,
            "words": words_of(each),
            "fact": words.fact_label(each.fact) if each.fact else "",
            "place": divisions.path_name(each.village_code, known, actor.prefix),
            "late": each.due_date is not None and each.due_date < today,
            "typed": request.POST.get("words", "") if wrong and wrong[0] == each.pk else "",
        }
        for each in requests_for(actor)[:MOST]
    ]
    waiting = [(move, divisions.path_name(move.to_code, known, actor.prefix)) for move in waiting_for(actor)[:MOST]]
    gone = [(move, divisions.path_name(move.to_code, known)) for move in lately_for(actor)[:MOST]]
    untold = list(undelivered_for(actor)[:MOST])
    mistakes = [(f"answer-{wrong[0]}", wrong[1])] if wrong else []
    checks = [{"check": each, "service": service_name(each.service)} for each in checks_for(actor)[:MOST]]
    context = {"asked": asked, "untold": untold, "checks": checks, "mistakes": mistakes}
    context |= {"moves": waiting, "moved": gone, "units": corrections_for(actor).count()}
    return render(request, "desk/requests.html", context, status=422 if wrong else 200)


@require_POST
@needs(Right.SEE_PERSON, Right.ANSWER_FACTS)
def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = request_for(actor, request_id)
    if asked is None:
        raise Http404("这一条不在您这里。")
    try:
        actions.answer_request(by=actor, request=asked, words=request.POST.get("words", ""))
    except ValidationError as why:
        return _page(request, (asked.pk, why.messages[0]))
    except PermissionDenied as why:
        messages.error(request, str(why))
    else:
        messages.success(request, f"答复了{asked.person.name}。本人会收到消息。")
    return redirect("desk:requests")


@require_POST
@needs(Right.SEE_PERSON, Right.ANSWER_FACTS)
def told(request: HttpRequest, message_id: int) -> HttpResponse:
    """Somebody went and said it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    message = undelivered_for(actor).filter(pk=message_id).first()
    if message is None:
        raise Http404("没有这条消息，或者已经说过了。")
    outbox.tell(by=actor, message=message)
    messages.success(request, f"记下了：已经当面告诉{message.person.name}。")
    return redirect("desk:requests")


@require_POST
@needs(Right.SEE_PERSON, Right.OPEN_CASE)
def assist(request: HttpRequest, person_id: int) -> HttpResponse:
    """From here on the residents' pages of this person, under the officer's name."""
    person = people.load(request, person_id)
    channel = request.POST.get("channel", "")
    if channel not in (Consent.Channel.SPOKEN, Consent.Channel.PAPER):
        channel = Consent.Channel.SPOKEN
    try:
        sitting = actions.sit_down(by=request.actor, person=person, channel=channel)  # type: ignore[attr-defined]
    except PermissionDenied as why:
        messages.error(request, str(why))
        return redirect("desk:person", person_id=person.pk)
    request.session[ASSIST] = sitting.pk
    return redirect("portal:my")
