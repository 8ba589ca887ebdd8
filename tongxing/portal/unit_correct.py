"""“不对”: an employer says of one figure that it is wrong; what was said and answered stands on its page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongxing.accounts.access import needs, office_name
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.letters.words import said_value
from tongxing.organisation.actions.corrections import ask_correction
from tongxing.organisation.models import Employer
from tongxing.organisation.queries import answer_of, employers_of, words_of


@needs(Right.OWN_UNIT)
def correct(request: HttpRequest, fact: str) -> HttpResponse:
    employer = employers_of(request.actor).first()  # type: ignore[attr-defined]
    known = pack(settings.PACK).facts.get(fact)
    if employer is None or known is None or known.unit != "employer" or fact.startswith("receives_"):
        raise Http404("没有这一项。")
    words = request.POST.get("words", "")
    context: dict[str, Any] = {
        "fact": known,
        "now": said_value(fact, employer.facts.get(fact)),
        "office": office_name(known.owner, employer.division_code),
        "typed": words,
    }
    if request.method == "POST":
        try:
            ask_correction(employer=employer, fact=fact, words=words, by=request.actor)  # type: ignore[attr-defined]
        except ValidationError as why:
            context["wrong"] = [("words", why.messages[0])]
            return render(request, "portal/unit/correct.html", context, status=422)
        messages.success(request, "转过去了。答复写在这一页最下面。")
        return redirect("portal:unit")
    return render(request, "portal/unit/correct.html", context)


def said_of(employer: Employer) -> list[dict[str, Any]]:
    """What this employer said was wrong, the newest first, with the answers."""
    known = pack(settings.PACK).facts
    return [
        {"correction": each, "fact": known[each.fact].label, "words": words_of(each), "answer": answer_of(each)}
        for each in employer.corrections.order_by("-id")
        if each.fact in known
    ]
