"""“我能得到什么” for a guest: a start, one question a page, the result. Nothing said here is kept anywhere (J1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tongxing.accounts.access import open_to_all
from tongxing.policy.guide import UNSURE, Question
from tongxing.policy.queries.asking import guide
from tongxing.portal import guest, results
from tongxing.portal.guest import Form
from tongxing.ui.display import changes_nothing

UNPROCESSABLE = 422


class SameAgain(HttpResponseRedirect):
    """To the next page with the same form: the browser posts it once more, so that no address carries an answer."""

    status_code = 307


@require_safe
@open_to_all
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/find/start.html", _start())


def _start(mistake: str = "") -> dict[str, Any]:
    mistakes = [("who-self", mistake)] if mistake else []
    return {"who": guest.WHO, "most": guide(date.today()).find.most, "mistake": mistake, "mistakes": mistakes}


@changes_nothing
@open_to_all
def question(request: HttpRequest) -> HttpResponse:
    """Takes one answer and asks the next question; what was pressed may also lead back or to an earlier question."""
    if request.method != "POST":
        return redirect("portal:find")
    form = guest.read(request.POST, guide(date.today()))
    if not form.who:
        return render(request, "portal/find/start.html", _start("请选一项：给谁问？"), status=UNPROCESSABLE)
    pressed, _, about = request.POST.get("go", "").partition(":")
    if pressed == "back":
        return _back(request, form)
    if pressed == "change" and about in form.talk.guide.questions:
        return _ask(request, form.without(about), form.talk.guide.questions[about], changing=True)
    if pressed == "more":
        form = replace(form, upto=form.count + form.talk.guide.find.most)
    if form.mistake and form.asked:
        return _ask(request, form, form.asked, changing="changing" in request.POST)
    wanted = None if form.is_done or "changing" in request.POST else form.talk.next_question()
    return _ask(request, form, wanted) if wanted else SameAgain(reverse("portal:find-result"))


def _back(request: HttpRequest, form: Form) -> HttpResponse:
    """To the question before, with its answer; from the first one to the start."""
    last = next(reversed(form.raw), None)
    if last is None:
        return redirect("portal:find")
    return _ask(request, form.without(last), form.talk.guide.questions[last])


def _ask(request: HttpRequest, form: Form, asked: Question, changing: bool = False) -> HttpResponse:
    context = {
        "form": form,
        "question": asked,
        "number": form.count + 1,
        "most": max(form.upto, form.count + 1),
        "changing": changing,
        "unsure": UNSURE,
        "mistakes": [("a-1", form.mistake)] if form.mistake else [],
    }
    status = UNPROCESSABLE if form.mistake else 200
    return render(request, "portal/find/question.html", context, status=status)


@changes_nothing
@open_to_all
def result(request: HttpRequest) -> HttpResponse:
    """Where every benefit stands by what was said; a question in one of its cards is answered in place."""
    if request.method != "POST":
        return redirect("portal:find")
    form = guest.read(request.POST, guide(date.today()))
    if not form.who:
        return render(request, "portal/find/start.html", _start("请选一项：给谁问？"), status=UNPROCESSABLE)
    mistakes = [(f"{form.asked.id}-1", form.mistake)] if form.asked and form.mistake else []
    context = {"form": form, "unsure": UNSURE, "mistakes": mistakes} | results.shown(form)
    return render(request, "portal/find/result.html", context, status=UNPROCESSABLE if form.mistake else 200)
