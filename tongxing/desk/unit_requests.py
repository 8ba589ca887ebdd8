"""What employers say is wrong with the figures held of them, for the department that keeps the figure."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.desk import words
from tongxing.letters.words import said_value
from tongxing.organisation.actions.corrections import answer_correction
from tongxing.organisation.queries import corrections_for, names, path_name, words_of

MOST = 100


@needs(Right.ANSWER_FACTS)
def waiting(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, wrong: tuple[int, str] | None = None) -> HttpResponse:
    """`wrong`: the one whose answer could not be taken, and why; what was typed stays."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known, today = names(), timezone.localdate()
    asked = [
        {
            "correction": each,
            "words": words_of(each),
            "fact": words.fact_label(each.fact),
            "now": said_value(each.fact, each.employer.facts.get(each.fact)),
            "place": path_name(each.employer.division_code, known, actor.prefix),
            "late": each.due_date is not None and each.due_date < today,
            "typed": request.POST.get("words", "") if wrong and wrong[0] == each.pk else "",
        }
        for each in corrections_for(actor)[:MOST]
    ]
    mistakes = [(f"answer-{wrong[0]}", wrong[1])] if wrong else []
    context = {"asked": asked, "mistakes": mistakes}
    return render(request, "desk/unit_requests.html", context, status=422 if wrong else 200)


@require_POST
@needs(Right.ANSWER_FACTS)
def answer(request: HttpRequest, correction_id: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = corrections_for(actor).filter(pk=correction_id).first()
    if asked is None:
        raise Http404("这一条不在您这里，或者已经答复过了。")
    try:
        answer_correction(correction=asked, words=request.POST.get("words", ""), by=actor)
    except ValidationError as why:
        return _page(request, (asked.pk, why.messages[0]))
    messages.success(request, f"答复了{asked.employer.name}。单位在自己的页面上看得到。")
    return redirect("desk:unit-requests")
