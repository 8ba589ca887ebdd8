"""Where is my thing, without signing in: the number of the case and the phone (J4). Says the same for nobody's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import open_to_all
from tongxing.accounts.actions import throttle
from tongxing.casework.queries import case_by_number_and_phone
from tongxing.lib.contact import parse_phone
from tongxing.lib.mistakes import BadNumber
from tongxing.lib.text import normalise_number
from tongxing.organisation import queries as divisions
from tongxing.portal import history, status
from tongxing.signing.sessions import address_of

NOT_FOUND = "没有查到。请对照短信或信上的编号，再看看手机号。"


@open_to_all
def follow(request: HttpRequest) -> HttpResponse:
    """State, unit and due date; no name, no history, nothing that could be changed. A POST, so that no address of a
    page holds a number."""
    typed = {"number": request.POST.get("number", ""), "phone": request.POST.get("phone", "")}
    if request.method != "POST":
        return render(request, "portal/follow.html", {"typed": typed})
    wait = throttle.try_once(account=f"follow {typed['number']}", address=address_of(request))
    if wait:
        return _again(request, typed, f"查得太快了。请等 {wait} 秒再查。", 429)
    try:
        phone = parse_phone(typed["phone"])
    except BadNumber as why:
        return _again(request, typed, str(why), field="phone")
    case = case_by_number_and_phone(_number(typed["number"]), phone)
    if case is None:
        return _again(request, typed, NOT_FOUND)
    throttle.was_right(account=f"follow {typed['number']}", address=address_of(request))
    now = status.of_cases([case], divisions.names())[0]
    return render(request, "portal/followed.html", {"s": now, "steps": history.steps(case, now)})


def _number(typed: str) -> str:
    """2026-00012, however it was typed."""
    digits = normalise_number(typed)
    return f"{digits[:4]}-{digits[4:]}" if "-" not in digits else digits


def _again(
    request: HttpRequest, typed: dict[str, str], wrong: str, code: int = 422, field: str = "number"
) -> HttpResponse:
    context = {"typed": typed, "wrong": [(f"id_{field}", wrong)]}
    return render(request, "portal/follow.html", context, status=code)
