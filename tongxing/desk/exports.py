"""Lists as files: asked for with a purpose, agreed to by somebody else, taken for a week; whose a found sheet is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, fresh, may, needs
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.desk import gaps, words
from tongxing.jobs.queries import newest_about
from tongxing.lists import actions, queries, tasks
from tongxing.lists.models import Export
from tongxing.lists.refusal import Refused
from tongxing.lists.rows import OPENED, key_of
from tongxing.organisation import queries as divisions
from tongxing.policy.queries.gaps import page

SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TINTS = {"waiting": ("wait", "wait"), "making": ("wait", "wait"), "ready": ("ok", "ok"), "refused": ("no", "bad")}


@needs(Right.SEE_LISTS, Right.EXPORT_LISTS)
@fresh()
def ask(request: HttpRequest) -> HttpResponse:
    """The form that asks what the list is for; sent, the list is ready or waits for somebody else."""
    wanted = gaps.asked(request)
    typed = request.POST.getlist("opened")
    wish = actions.Wish(
        run=wanted.run,
        filter=wanted.filter,
        title=_title(wanted),
        purpose=request.POST.get("purpose", ""),
        opened=tuple(field for field in OPENED if field in typed),
    )
    wrong = ""
    if request.method == "POST":
        try:
            return redirect("desk:export", export_id=tasks.ask(by=wanted.actor, wish=wish).pk)
        except Refused as why:
            wrong = str(why)
    count = page(wanted.actor, wanted.run, wanted.filter, 1, 1).total
    context = {
        "wish": wish,
        "count": count,
        "why": queries.needs_approval(wanted.actor, count, (), timezone.now()),
        "columns": OPENED.items() if may(wanted.actor, Right.UNMASK) else [],
        "back": gaps.link(wanted, page=None),
        "run": wanted.run,
        "mistakes": [("purpose", wrong)] if wrong else [],
        "at_once": queries.AT_ONCE,
        "days": actions.DAYS,
    }
    return render(request, "desk/exports/ask.html", context, status=422 if wrong else 200)


def _title(wanted: gaps.Asked) -> str:
    """甲县 · 应享未享 · 困难残疾人生活补贴 · 从没领过."""
    f, policies = wanted.filter, pack(settings.PACK).policies
    parts = [divisions.names().get(wanted.division, ""), words.KINDS[f.kind]]
    parts.append(policies[f.policy].name if f.policy else "全部政策")
    if f.policy and f.reason:
        parts.append(words.reason(f.policy, f.kind, f.reason, wanted.run.as_of_date))
    return " · ".join(part for part in parts if part)


@needs(Right.EXPORT_LISTS)
def all_exports(request: HttpRequest) -> HttpResponse:
    """What waits for my yes, what I asked for, what the others of my department took, and how much a day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    mine = queries.exports_for(actor).filter(by_user_id=actor.user_id)[:SHOWN]
    others = queries.in_reach(actor).exclude(by_user_id=actor.user_id)[:SHOWN]
    context = {
        "waiting": list(queries.to_approve(actor, now)[:SHOWN]),
        "mine": [_row(export) for export in mine],
        "others": [_row(export) for export in others],
        "totals": queries.day_totals(actor, timezone.localdate()),
    }
    return render(request, "desk/exports/list.html", context)


def _row(export: Export) -> dict[str, Any]:
    state = Export.State.OVER if export.is_over(timezone.now()) else Export.State(export.state)
    icon, tint = TINTS.get(state.value, ("off", ""))
    return {"export": export, "state": state.label, "icon": icon, "tint": tint}


def load(request: HttpRequest, export_id: int, is_mine: bool | None = None) -> Export:
    """Raises 404; also for somebody else's file to take, and for one's own to approve."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.export_for(actor, export_id)
    if found is None or is_mine not in (None, found.by_user_id == actor.user_id):
        raise Http404("没有这份名单，或者它不归您管。")
    return found


@needs(Right.EXPORT_LISTS)
def show(request: HttpRequest, export_id: int, wrong: list[tuple[str, str]] | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    export = load(request, export_id)
    is_mine, over = export.by_user_id == actor.user_id, export.is_over(timezone.now())
    context = _row(export) | {
        "columns": [OPENED[field] for field in export.columns],
        "place": divisions.names().get(export.division_code, ""),
        "is_mine": is_mine,
        "may_take": is_mine and export.state == "ready" and not over,
        "may_decide": not is_mine and export.state == "waiting" and not over,
        "waits": is_mine and export.state == "waiting" and not over,
        "job": newest_about(f"export:{export.pk}") if export.state == "making" else None,
        "taken": list(export.taken.order_by("-at")[:SHOWN]),
        "mistakes": wrong,
    }
    return render(request, "desk/exports/one.html", context, status=422 if wrong else 200)


@require_POST
@needs(Right.EXPORT_LISTS)
@fresh()
def decide(request: HttpRequest, export_id: int) -> HttpResponse:
    export, is_granted = load(request, export_id, is_mine=False), request.POST.get("what") == "grant"
    said = request.POST.get("words", "")
    try:
        tasks.decide(by=request.actor, export=export, is_granted=is_granted, words=said)  # type: ignore[attr-defined]
    except Refused as why:
        return show(request, export_id, wrong=[("words", str(why))])
    messages.success(request, "您批准了。要的人现在可以下载。" if is_granted else "记下了：没有批准。")
    return redirect("desk:exports")


@require_POST
@needs(Right.EXPORT_LISTS)
@fresh()
def take(request: HttpRequest, export_id: int) -> HttpResponse:
    """The file; each time is counted."""
    export = load(request, export_id, is_mine=True)
    try:
        content = actions.take(by=request.actor, export=export)  # type: ignore[attr-defined]
    except Refused as why:
        return show(request, export_id, wrong=[("file", str(why))])
    response = HttpResponse(content, content_type=XLSX)
    kind = export.filter["kind"]
    response["Content-Disposition"] = f'attachment; filename="{kind}-{export.run.as_of_date}-{export.pk}.xlsx"'
    return response


@needs(Right.SEE_JOURNAL)
def whose(request: HttpRequest) -> HttpResponse:
    """Rows of a sheet that turned up somewhere: the order of the rows tells from which file they come."""
    typed = request.POST.get("rows", "")[:200_000]
    keys = [key for key in map(_key, typed.splitlines()) if key]
    found = queries.file_of_rows(keys) if keys else None
    context = {"typed": typed, "rows": len(keys), "is_asked": bool(typed.strip())}
    if found:
        export, match = found
        context |= {"export": export, "match": match, "taken": list(export.taken.order_by("at"))}
    return render(request, "desk/exports/whose.html", context)


def _key(line: str) -> str:
    """A line pasted from the sheet has name, age, village …; one typed from a photo name and village."""
    cells = [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split())]
    if len(cells) < 2 or cells[0] == "姓名":
        return ""
    return key_of(cells[0], cells[1] if len(cells) == 2 else cells[2])
