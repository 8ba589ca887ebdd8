"""Papers of a case: taken in, and looked at beside the case, each look written down."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.casework import catalogue
from tongxing.casework.refusal import Refused
from tongxing.desk import cases
from tongxing.documents import actions, queries
from tongxing.documents.models import Paper
from tongxing.lib.scans import MAX_BYTES


@require_POST
@needs(Right.WORK_CASE)
def add(request: HttpRequest, number: str) -> HttpResponse:
    case = cases.load(request, number)
    sent = request.FILES.get("file")
    content = sent.read(MAX_BYTES + 1) if sent else b""
    try:
        paper = actions.add_paper(by=request.actor, case=case, item=request.POST.get("item", ""), content=content)  # type: ignore[attr-defined]
        messages.success(request, f"收下了：{catalogue.item_name(catalogue.service_of(case), paper.item)}。")
    except Refused as why:
        messages.error(request, str(why))
    return redirect("desk:case", number=number)


def load(request: HttpRequest, number: str, paper_id: int) -> Paper:
    paper = queries.paper_for(request.actor, number, paper_id)  # type: ignore[attr-defined]
    if paper is None:
        raise Http404("没有这份材料。")
    return paper


@needs(Right.WORK_CASE)
def show(request: HttpRequest, number: str, paper_id: int) -> HttpResponse:
    """The paper with buttons to turn it, larger and smaller; all by links, so by keyboard and without JavaScript."""
    paper = load(request, number, paper_id)
    turn, size = _whole(request.GET.get("turn")) % 4, request.GET.get("size", "fit")
    context = {
        "case": paper.case,
        "paper": paper,
        "name": catalogue.item_name(catalogue.service_of(paper.case), paper.item),
        "others": queries.papers_of(paper.case),
        "turn": turn,
        "left": (turn + 3) % 4,
        "right": (turn + 1) % 4,
        "size": size if size in ("fit", "full") else "fit",
    }
    return render(request, "desk/cases/paper.html", context)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 3 else 0


@needs(Right.WORK_CASE)
def look(request: HttpRequest, number: str, paper_id: int) -> HttpResponse:
    """The content itself; a PDF is only ever handed out as a file."""
    paper = load(request, number, paper_id)
    shown = actions.look_at_paper(by=request.actor, paper=paper, turn=_whole(request.GET.get("turn")))  # type: ignore[attr-defined]
    response = HttpResponse(shown, content_type=paper.kind)
    if paper.kind != "image/jpeg":
        response["Content-Disposition"] = f'attachment; filename="{number}-{paper.pk}.pdf"'
    return response
