"""What citizens say about the plan, and the answer that everybody will read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.content.plan import plan
from tongxing.releases import actions
from tongxing.releases.models import Remark
from tongxing.releases.queries.remarks import remark_for, remarks_for
from tongxing.releases.refusal import Refused

PAGE = 50


@needs(Right.SEE_PLAN)
def remarks(request: HttpRequest) -> HttpResponse:
    """Those that the actor may answer: what waits first, the day that comes first on top; `?done` the answered."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    is_done, mine = "done" in request.GET, remarks_for(actor)
    waiting = mine.filter(state=Remark.State.WAITING)
    shown = mine.exclude(state=Remark.State.WAITING).order_by("-answered_date", "-id") if is_done else waiting
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "rows": [{"remark": one, "about": about(one), "is_late": one.due_date < today} for one in page],
        "page": page,
        "is_done": is_done,
        "waiting": waiting.count(),
        "late": waiting.filter(due_date__lt=today).count(),
    }
    return render(request, "desk/plan/remarks.html", context)


def about(remark: Remark) -> str:
    """What the remark is about, by its name."""
    city = plan(settings.PACK)
    if remark.about in city.indicators:
        return city.indicators[remark.about].name
    return city.clauses[remark.about].title if remark.about in city.clauses else remark.about


@needs(Right.SEE_PLAN)
def remark(request: HttpRequest, remark_id: int) -> HttpResponse:
    """One remark and its answer. What was typed stays when it cannot be taken."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = remark_for(actor, remark_id)
    if found is None:
        raise Http404("没有这条意见，或者由别的单位答复。")
    context: dict[str, Any] = {"remark": found, "about": about(found), "typed": request.POST}
    if request.method == "POST":
        try:
            _answered(request, actor, found)
            return redirect("desk:plan-remarks")
        except Refused as why:
            context["wrong"] = [("words", str(why))]
    return render(request, "desk/plan/remark.html", context, status=422 if "wrong" in context else 200)


def _answered(request: HttpRequest, actor: Actor, found: Remark) -> None:
    """Choosing to keep it needs the reason; the default is to show both to everybody."""
    why = request.POST.get("why", "").strip()
    if request.POST.get("who") == "kept" and not why:
        raise Refused("不公开，要写为什么，比如“写到了具体的人”。")
    kept = why if request.POST.get("who") == "kept" else ""
    actions.answer(by=actor, remark=found, words=request.POST.get("words", ""), why_kept=kept)
    messages.success(request, "答复记下了，没有公开。" if kept else "答复公开了，现在谁都看得到。")
