"""One of my things: where it stands, the one thing that is missing, my answer, my objection, the letter."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.casework import actions, catalogue, queries
from tongxing.casework.models import Case
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.documents.actions import add_paper
from tongxing.documents.queries import papers_of
from tongxing.journal.actions import OtherContent, once
from tongxing.lib.contact import mask_account
from tongxing.organisation import queries as divisions
from tongxing.portal import history, status
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.proposals import actions as proposals
from tongxing.registry.actions import Told, answer, change_phone
from tongxing.registry.queries import household_of
from tongxing.reviews import actions as reviews
from tongxing.reviews.queries import waiting_for_word

LARGEST = 10 * 1024 * 1024


def load(request: HttpRequest, number: str) -> Case:
    """One's own case, or the same 404 for nobody's and for somebody else's."""
    case = queries.case_for(actor_of(request), number)
    if case is None:
        raise Http404("没有找到这个编号。请对照短信或信再看一遍。")
    return case


@needs(Right.OWN_AFFAIRS)
def show(request: HttpRequest, number: str) -> HttpResponse:
    case = load(request, number)
    look(request)
    return _page(request, case)


def _page(request: HttpRequest, case: Case, wrong: list[tuple[str, str]] | None = None) -> HttpResponse:
    now = status.of_cases([case], divisions.names())[0]
    context: dict[str, Any] = {
        "person": person_of(request),
        "s": now,
        "once": request.POST.get("once") or secrets.token_hex(12),
        "steps": history.steps(case, now),
        "events": history.told(case),
        "papers": papers_of(case),
        "kind": item_kind(now.item),
        "fact": pack(settings.PACK).facts.get(now.item),
        "account": mask_account(case.person.opened("account") or ""),
        "proposal": history.proposal(case) if now.key == "answer" else None,
        "asks_if_same": bool(waiting_for_word([case])),
        "typed": request.POST,
        "objecting": request.POST.get("what") == "object",
        "wrong": [(place if place in _controls(now, case) else "main", words) for place, words in wrong or []],
    }
    return render(request, "portal/my/case.html", context, status=422 if wrong else 200)


def _controls(now: status.Status, case: Case) -> set[str]:
    """Where a mistake can lead: to what the page shows of it now."""
    if now.key == "answer":
        return {"yes", "no", "call", "words"}
    return {"words", *["give"] * bool(now.item), *["withdraw"] * case.waits}


def item_kind(item: str) -> str:
    """How the missing item is given: typed, or a picture of it."""
    if item in ("account", "phone"):
        return item
    return "fact" if item in pack(settings.PACK).facts else "paper"


@require_POST
@needs(Right.OWN_AFFAIRS)
def do(request: HttpRequest, number: str) -> HttpResponse:
    """One step of the person's own. What cannot be done comes back with the reason and with what was typed."""
    case, what = load(request, number), request.POST.get("what", "")
    if what not in DO:
        raise Http404("没有这一步。")
    said = {key: str(value) for key, value in request.POST.items() if key not in ("csrfmiddlewaretoken", "once")}

    def work() -> str:
        return DO[what][0](request, case)

    try:
        key = request.POST.get("once") or secrets.token_hex(12)
        place = once(key=key, content={"case": number, "resident": "1"} | said, work=work)
    except (Refused, ValidationError, OtherContent) as why:
        case.refresh_from_db()
        look(request)
        return _page(request, case, [(DO[what][1], _said(why))])
    messages.success(request, DO[what][2])
    return redirect("portal:case", number=place)


def _said(why: Exception) -> str:
    return str(why.messages[0]) if isinstance(why, ValidationError) else str(why)


def _yes(request: HttpRequest, case: Case) -> str:
    return proposals.agree(by=actor_of(request), case=case, words=request.POST.get("words", "")).number


def _no(request: HttpRequest, case: Case) -> str:
    said = request.POST.get("words", "").strip() or "不要"
    return proposals.turn_down(by=actor_of(request), case=case, words=said).number


def _call_me(request: HttpRequest, case: Case) -> str:
    return proposals.call_back(by=actor_of(request), case=case).number


def _give(request: HttpRequest, case: Case) -> str:
    """The one missing item, by whatever way it is given; then the clock goes on."""
    by, item, said = actor_of(request), status.of_cases([case], {})[0].item, request.POST.get("value", "")
    if not item:
        raise Refused("现在没有要补的。")
    kind = item_kind(item)
    if kind == "paper":
        add_paper(by=by, case=case, item=item, content=content_of(request.FILES.get("file")))
    elif kind == "phone":
        change_phone(by=by, person=case.person, number=said)
    elif kind == "account":
        reviews.give_account(by=by, case=case, number=said)
    else:
        day = catalogue.clocks.today()
        told = Told(item, said, "本人说", day)
        answer(person=case.person, household=household_of(case.person), told=told, by=by)
    case.refresh_from_db()
    if case.waits:
        actions.receive(by=by, case=case, item=item)
    return case.number


def content_of(file: UploadedFile[Any] | None) -> bytes:
    """Raises Refused where none was chosen, and for one that is too large before it is read."""
    if file is None:
        raise Refused("请先选一张照片，或者拍一张。")
    if (file.size or 0) > LARGEST:
        raise Refused("这个文件太大，超过 10 MB。请拍一张照片再试。")
    return file.read()


def _object(request: HttpRequest, case: Case) -> str:
    words = request.POST.get("words", "").strip() or ("请打电话给我" if request.POST.get("call") else "")
    return reviews.appeal(by=actor_of(request), case=case, words=words).number


def _withdraw(request: HttpRequest, case: Case) -> str:
    return actions.withdraw(
        by=actor_of(request), case=case, words=request.POST.get("words", "").strip() or "不办了"
    ).number


# what: the verb, the control to go to when it cannot be done, what is said when it was
DO: dict[str, tuple[Callable[[HttpRequest, Case], str], str, str]] = {
    "yes": (_yes, "yes", "记下了：您要。下面写着什么时候有结果。"),
    "no": (_no, "no", "记下了：您不要。以后改主意，随时说。"),
    "call": (_call_me, "call", "记下了。村里的人会先打电话给您。"),
    "give": (_give, "give", "收到了。我们接着办。"),
    "object": (_object, "words", "记下了：您不同意。换一个人再看，编号在下面。"),
    "withdraw": (_withdraw, "withdraw", "记下了：不办了。以后随时可以再办。"),
}
