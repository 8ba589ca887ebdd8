"""Departments' lists: send a file, look at what it would do, take it or leave it, take it back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.content.layout import MissingColumns
from tongxing.content.pack import Feed
from tongxing.desk import feed_files
from tongxing.exchange import actions, queries, tasks
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch
from tongxing.exchange.permission import may_send
from tongxing.jobs import queries as jobs
from tongxing.jobs.models import Job
from tongxing.lib.dates import parse_date
from tongxing.lib.mistakes import BadDate, BadValue
from tongxing.lib.pasted import PASTED, as_file
from tongxing.organisation import queries as divisions

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = [("", "全部变化"), ("start", "新增"), ("stop", "停止"), ("change", "变更"), ("held", "存疑")]


def _feeds(actor: Actor) -> list[Any]:
    return [feed for feed in pack(settings.PACK).feeds.values() if may_send(actor, feed, actor.division_code)]


def _headings(actor: Actor, feed: Feed) -> list[dict[str, Any]]:
    """(what the department calls it, what we call it) of each column that was explained before."""
    names = {column.field: column.name for column in feed.columns}
    known = queries.headings_of(feed.id, actor.department)
    return [{"heading": each, "name": names.get(each.field, each.field)} for each in known]


@needs(Right.SEND_FEEDS)
def all_feeds(request: HttpRequest, wrong: dict[str, Any] | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "feeds": [{"feed": feed, "headings": _headings(actor, feed)} for feed in _feeds(actor)],
        "batches": queries.batches_for(actor)[:30],
        "names": {key: feed.name for key, feed in pack(settings.PACK).feeds.items()},
        "places": divisions.names(),
        "today": timezone.localdate(),
        "wrong": wrong,
        "mistakes": [(f"{wrong['control']}-{wrong['feed']}", f"{wrong['name']}：{wrong['message']}")] if wrong else [],
    }
    return render(request, "desk/feeds/list.html", context, status=422 if wrong else 200)


@require_POST
@needs(Right.SEND_FEEDS)
def upload(request: HttpRequest, feed_id: str) -> HttpResponse:
    """A file becomes a preview; a file that is no such list is refused with what to do, and nothing is kept."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    feed = pack(settings.PACK).feeds.get(feed_id)
    if feed is None:
        raise Http404("没有这种名单。")
    said = {key.removeprefix("map-"): title for key, title in request.POST.items() if key.startswith("map-") and title}
    try:
        if said:
            actions.remember(by=actor, feed=feed_id, said=said)
        filename, content = _sent(request)
        batch, job = tasks.take_in(
            by=actor,
            feed=feed_id,
            filename=filename,
            content=content,
            as_of_date=parse_date(request.POST.get("as_of", "")),
            division_code=actor.division_code,
        )
    except (BadValue, Refused) as error:
        wrong = {"feed": feed_id, "name": feed.name, "control": _control(request, error), "message": str(error)}
        return all_feeds(request, wrong | _typed(request, error))
    return redirect("desk:job", job_id=job.pk) if job else redirect("desk:batch", batch_id=batch.pk)


def _sent(request: HttpRequest) -> tuple[str, bytes]:
    """A file, or the cells that were copied from a spreadsheet: the same from here on."""
    file, pasted = request.FILES.get("file"), request.POST.get("pasted", "").strip("\r\n")
    if file is not None and pasted:
        raise Refused("选了文件，又粘贴了表格。请只留一样。")
    if pasted:
        return PASTED, as_file(pasted)
    if file is None:
        raise Refused("请先选一个文件，或者粘贴表格，再按“看看会怎样”。")
    return file.name or "", file.read()


def _control(request: HttpRequest, error: Exception) -> str:
    if isinstance(error, BadDate):
        return "as"
    return "paste" if request.POST.get("pasted") else "file"


def _typed(request: HttpRequest, error: Exception) -> dict[str, Any]:
    """What was typed stays; and the choice of columns, where the file calls them by names we do not know."""
    typed: dict[str, Any] = {key: request.POST.get(key, "") for key in ("as_of", "pasted")}
    if isinstance(error, MissingColumns):
        typed |= {"unfound": error.unfound, "titles": error.titles}
    return typed


@require_POST
@needs(Right.SEND_FEEDS)
def forget(request: HttpRequest, feed_id: str) -> HttpResponse:
    """A column's other name is no longer known. Pressed twice it is forgotten once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if feed_id not in pack(settings.PACK).feeds:
        raise Http404("没有这种名单。")
    for each in queries.headings_of(feed_id, actor.department):
        if str(each.pk) == request.POST.get("heading"):
            actions.forget(by=actor, heading=each)
            messages.success(request, f"忘掉了：“{each.title}”不再当作别的列。")
    return redirect("desk:feeds")


def load(request: HttpRequest, batch_id: int) -> Batch:
    """A batch this actor may act on, or 404."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = next((batch for batch in queries.batches_for(actor) if batch.pk == batch_id), None)
    if found is None:
        raise Http404("没有这一批名单，或者它不归您管。")
    return found


@needs(Right.SEND_FEEDS)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    found = load(request, batch_id)
    kind = request.GET.get("kind", "")
    kind = kind if kind in dict(KINDS) else ""
    number = int(request.GET["page"]) if request.GET.get("page", "").isdigit() else 1
    context = {
        "batch": found,
        "sentences": queries.receipt(found),
        "feed_name": pack(settings.PACK).feeds[found.feed].name,
        "problems": queries.problems(found),
        "differences": queries.differences(found, kind, number),
        "effects": queries.effects(found),
        "kinds": [(key, name, key == kind) for key, name in KINDS],
        "kind": kind,
        "jobs": jobs.about(request.actor, f"batch:{found.pk}"),  # type: ignore[attr-defined]
        "place": divisions.names().get(found.division_code, ""),
    }
    return render(request, "desk/feeds/batch.html", context)


@require_POST
@needs(Right.SEND_FEEDS)
def commit(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _done(request, batch_id, "已入库。", lambda by, found: tasks.commit_good_rows(by=by, batch=found))


@require_POST
@needs(Right.SEND_FEEDS)
def roll_back(request: HttpRequest, batch_id: int) -> HttpResponse:
    why = request.POST.get("reason", "").strip()
    return _done(
        request,
        batch_id,
        "已撤回，和入库以前一样。",
        lambda by, found: actions.roll_back(by=by, batch=found, reason=why),
    )


@require_POST
@needs(Right.SEND_FEEDS)
def discard(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _done(
        request, batch_id, "没有收这一批，什么都没有变。", lambda by, found: actions.discard(by=by, batch=found)
    )


def _done(request: HttpRequest, batch_id: int, said: str, verb: Any) -> HttpResponse:
    found = load(request, batch_id)
    try:
        if isinstance(job := verb(request.actor, found), Job):  # type: ignore[attr-defined]
            return redirect("desk:job", job_id=job.pk)
        messages.success(request, said)
    except Refused as error:
        messages.error(request, str(error))
    return redirect("desk:batch", batch_id=batch_id)


@needs(Right.SEND_FEEDS)
def error_file(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _file(feed_files.error_file(load(request, batch_id)), f"errors-{batch_id}.xlsx")


@needs(Right.SEND_FEEDS)
def template(request: HttpRequest, feed_id: str) -> HttpResponse:
    if feed_id not in pack(settings.PACK).feeds:
        raise Http404("没有这种名单。")
    return _file(feed_files.template_file(feed_id), f"{feed_id}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
