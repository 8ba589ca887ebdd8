"""My number, my account, my home, my family: what the person may change takes effect, the rest goes to its office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongxing.accounts.access import fresh, needs
from tongxing.accounts.rights import Right
from tongxing.lib.contact import looks_mistyped, mask_account, mask_phone
from tongxing.lib.text import normalise_number
from tongxing.outbox import actions as outbox
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.registry.actions import change_phone
from tongxing.registry.models import Person
from tongxing.residents.actions import ask_office, change_account
from tongxing.residents.models import Request

ALARM = "您登记的{what}刚刚改了。不是您改的，马上打 12345。"


@needs(Right.OWN_AFFAIRS)
@fresh()
def phone(request: HttpRequest) -> HttpResponse:
    """At once; the old number hears of it, in case it was somebody else."""
    person = look(request)
    context: dict[str, Any] = {"now": mask_phone(person.opened("phone") or ""), "typed": request.POST.get("value", "")}
    if request.method == "POST":
        try:
            _change_phone(request, person, context["typed"])
        except ValidationError as why:
            return _again(request, "phone", context, why.messages[0])
        messages.success(request, "改好了。以后短信发到新号码。")
        return redirect("portal:data")
    return render(request, "portal/my/change_phone.html", context)


@transaction.atomic
def _change_phone(request: HttpRequest, person: Person, number: str) -> None:
    by, old = actor_of(request), person.opened("phone") or ""
    change_phone(by=by, person=person, number=number)
    if old:
        outbox.post(by=by, news=outbox.News(person, "alarm", ALARM.format(what="手机号"), number=old))


@needs(Right.OWN_AFFAIRS)
@fresh()
def account(request: HttpRequest) -> HttpResponse:
    """From the next run on. A number that does not check is asked about once more, never refused."""
    person = look(request)
    typed = request.POST.get("value", "")
    context: dict[str, Any] = {"now": mask_account(person.opened("account") or ""), "typed": typed}
    if request.method == "POST":
        if _is_doubtful(normalise_number(typed)) and not request.POST.get("sure"):
            context["unsure"] = True
            return _again(request, "account", context, "这个账号看着像少抄了一位。请对一遍，没错就再按一次。")
        try:
            change_account(by=actor_of(request), person=person, number=typed)
        except ValidationError as why:
            return _again(request, "account", context, why.messages[0])
        outbox.post(by=actor_of(request), news=outbox.News(person, "alarm", ALARM.format(what="收款账户")))
        messages.success(request, "改好了。从下一次发放起，钱到新账户。")
        return redirect("portal:data")
    return render(request, "portal/my/change_account.html", context)


def _is_doubtful(number: str) -> bool:
    """Of an account's length, and yet it does not check; one that is too short is told so."""
    return number.isdigit() and 16 <= len(number) <= 19 and looks_mistyped(number)


def _again(request: HttpRequest, what: str, context: dict[str, Any], wrong: str) -> HttpResponse:
    context["wrong"] = [("id_value", wrong)]
    return render(request, f"portal/my/change_{what}.html", context, status=422)


@needs(Right.OWN_AFFAIRS)
def home(request: HttpRequest) -> HttpResponse:
    """A move, or somebody born, married, gone: the township writes it down, and answers."""
    look(request)
    context: dict[str, Any] = {
        "typed": request.POST.get("words", ""),
        "kind": request.POST.get("kind") or request.GET.get("kind", "address"),
    }
    if request.method == "POST":
        asked = Request.Kind.HOUSEHOLD if context["kind"] == "household" else Request.Kind.ADDRESS
        try:
            ask_office(by=actor_of(request), person=person_of(request), kind=asked, words=context["typed"])
        except ValidationError as why:
            context["wrong"] = [("words", why.messages[0])]
            return render(request, "portal/my/change_home.html", context, status=422)
        messages.success(request, "记下了。乡镇或街道会核实，再答复您。")
        return redirect("portal:data")
    return render(request, "portal/my/change_home.html", context)
