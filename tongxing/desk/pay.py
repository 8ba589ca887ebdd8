"""Payments: a month's run, what is not as last month and why, two approvals, the bank's file and its answer."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, fresh, may, needs
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.jobs.models import Job
from tongxing.jobs.queries import open_ones
from tongxing.journal.actions import OtherContent, once
from tongxing.organisation import queries as divisions
from tongxing.payments import actions, queries, tasks
from tongxing.payments.models import Difference, Line, Run
from tongxing.payments.months import after, this_month
from tongxing.payments.refusal import Refused
from tongxing.registry.queries import shown_people
from tongxing.reviews.actions import ask_for_accounts

PAGE = 50
KINDS = {"new": "新增", "changed": "金额变了", "stopped": "停了", "held": "暂存"}


@needs(Right.SEE_PAYMENTS)
def all_runs(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = list(queries.runs()[:36])
    next_one = after(found[0].month) if found else this_month()  # no month is left out
    due = [next_one] if next_one <= after(this_month()) else []
    context = {"runs": found, "due": due, "may_build": may(actor, Right.BUILD_PAYMENTS)}
    context["building"] = open_ones(actor, "pay.build:")
    return render(request, "desk/pay/runs.html", context)


def load(month: str) -> Run:
    """2026-11. Raises 404."""
    try:
        run = queries.run_of(date.fromisoformat(f"{month}-01"))
    except ValueError:
        run = None
    if run is None:
        raise Http404("这个月还没有做发放。")
    return run


@require_POST
@needs(Right.SEE_PAYMENTS, Right.BUILD_PAYMENTS)
def build(request: HttpRequest) -> HttpResponse:
    try:
        month = date.fromisoformat(f"{request.POST.get('month', '')}-01")
        made = tasks.build(month=month, by=request.actor)  # type: ignore[attr-defined]
    except ValueError:
        messages.error(request, "月份要写成 2026-01 这样。")
        return redirect("desk:pay")
    except Refused as why:
        messages.error(request, str(why))
        return redirect("desk:pay")
    return redirect("desk:job", job_id=made.pk) if isinstance(made, Job) else redirect("desk:pay-run", month=str(made))


@needs(Right.SEE_PAYMENTS)
def one_run(request: HttpRequest, month: str, wrong: list[tuple[str, str]] | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run = load(month)
    names, policies = divisions.names(), pack(settings.PACK).policies
    context = {
        "run": run,
        "whole": len(actor.prefix) <= 4,
        "place": names.get(actor.division_code, ""),
        "counties": [
            {"name": names.get(share.key.ljust(12, "0"), share.key), "share": share}
            for share in queries.by_county(actor, run)
        ],
        "policies": [
            {"name": policies[share.key].name if share.key in policies else share.key, "share": share}
            for share in queries.by_policy(actor, run)
        ],
        "differences": [
            {"kind": kind, "name": KINDS[kind], "reason": reason, "count": count}
            for kind, reason, count in queries.difference_counts(actor, run)
        ],
        "approvals": queries.approvals_of(run),
        "balances": queries.balances(run),
        "replies": list(run.replies.all()),
        "wrong": wrong,
        "once": secrets.token_hex(12),
    }
    return render(request, "desk/pay/run.html", context | _may(actor, run), status=422 if wrong else 200)


def _may(actor: Actor, run: Run) -> dict[str, Any]:
    """Which buttons this person has now, and why one of them is not there."""
    waits = run.state in ("built", "checked") and may(actor, Right.APPROVE_PAYMENTS)
    did = run.approvals.filter(by_user_id=actor.user_id).exists()
    why = (
        "这一批是您做的，要由别人批准。"
        if run.built_by_id == actor.user_id
        else "您批准过了，等第二个人。"
        if did
        else ""
    )
    sends = may(actor, Right.SEND_PAYMENTS)
    return {
        "may_approve": waits and not why,
        "why_not": why if waits else "",
        "may_reopen": run.state in ("checked", "approved") and may(actor, Right.APPROVE_PAYMENTS),
        "may_build": run.is_open and may(actor, Right.BUILD_PAYMENTS),
        "may_send": sends and run.state in ("approved", "sent", "settled"),
        "may_reply": sends and run.state in ("sent", "settled"),
    }


@require_POST
@needs(Right.SEE_PAYMENTS, Right.APPROVE_PAYMENTS)
@fresh()
def approve(request: HttpRequest, month: str) -> HttpResponse:
    actor, run, digest = request.actor, load(month), request.POST.get("digest", "")  # type: ignore[attr-defined]

    def work() -> str:
        return str(actions.approve(by=actor, run=run, seen_digest=digest).get_state_display())

    try:  # pressed twice, it is one approval and the same answer
        content = {"month": month, "digest": digest, "user": str(actor.user_id)}
        state = once(key=request.POST.get("once") or secrets.token_hex(12), content=content, work=work)
    except (Refused, OtherContent) as why:
        return one_run(request, month, wrong=[("approve", str(why))])
    messages.success(request, f"您批准了。现在：{state}。")
    return redirect("desk:pay-run", month=month)


@require_POST
@needs(Right.SEE_PAYMENTS, Right.APPROVE_PAYMENTS)
def reopen(request: HttpRequest, month: str) -> HttpResponse:
    try:
        actions.reopen(by=request.actor, run=load(month), reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except Refused as why:
        return one_run(request, month, wrong=[("reason", str(why))])
    messages.success(request, "退回重做了。前面的批准作废，都记在操作记录里。")
    return redirect("desk:pay-run", month=month)


@require_POST
@needs(Right.SEE_PAYMENTS, Right.SEND_PAYMENTS)
@fresh()
def bank_file(request: HttpRequest, month: str) -> HttpResponse:
    form = "xlsx" if request.POST.get("form") == "xlsx" else "csv"
    try:
        content = actions.bank_file(by=request.actor, run=load(month), form=form)  # type: ignore[attr-defined]
    except Refused as why:
        return one_run(request, month, wrong=[("file", str(why))])
    kind = "text/csv" if form == "csv" else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="bank-{month}.{form}"'
    return response


@require_POST
@needs(Right.SEE_PAYMENTS, Right.SEND_PAYMENTS)
def returns(request: HttpRequest, month: str) -> HttpResponse:
    """The bank's answer; who got nothing becomes a case near them at once."""
    sent = request.FILES.get("file")
    if sent is None:
        return one_run(request, month, wrong=[("reply", "请先选银行回单的文件。")])
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        reply = actions.bank_returns(by=actor, run=load(month), name=sent.name or "", content=sent.read())
    except Refused as why:
        return one_run(request, month, wrong=[("reply", str(why))])
    if reply.known:
        messages.success(request, "这份回单收过了，什么也没有变。")
    else:
        asked = ask_for_accounts(by=None)
        messages.success(
            request, f"收下了：到账 {reply.paid:,} 笔，退回 {reply.returned:,} 笔。开了 {asked:,} 件去问账户。"
        )
    return redirect("desk:pay-run", month=month)


@needs(Right.SEE_PAYMENTS)
def lines(request: HttpRequest, month: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run, state = load(month), request.GET.get("state", "")
    if state and state not in Line.State.values:
        raise Http404("没有这种状态。")
    page = Paginator(queries.lines_for(actor, run, state), PAGE).get_page(request.GET.get("page"))
    known, policies = divisions.names(), pack(settings.PACK).policies
    shown = shown_people(actor, [line.payment.person_id for line in page.object_list])
    rows = [
        {
            "line": line,
            "person": shown.get(line.payment.person_id),
            "policy": policies[line.payment.policy].name,
            "village": divisions.path_name(line.village_code, known, actor.prefix),
        }
        for line in page.object_list
    ]
    title = Line.State(state).label if state else "全部"
    context = {"run": run, "rows": rows, "page": page, "state": state, "title": title, "base": f"?state={state}"}
    return render(request, "desk/pay/lines.html", context | {"states": Line.State.choices} | _sees(actor))


@needs(Right.SEE_PAYMENTS)
def differences(request: HttpRequest, month: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run, kind = load(month), request.GET.get("kind", "")
    if kind and kind not in Difference.Kind.values:
        raise Http404("没有这种变化。")
    page = Paginator(queries.differences_for(actor, run, kind), PAGE).get_page(request.GET.get("page"))
    policies = pack(settings.PACK).policies
    shown = shown_people(actor, [d.person_id for d in page.object_list])
    rows = [
        {"d": d, "person": shown.get(d.person_id), "policy": policies[d.policy].name, "kind": KINDS[d.kind]}
        for d in page.object_list
    ]
    context = {"run": run, "rows": rows, "page": page, "kind": kind, "kinds": KINDS, "base": f"?kind={kind}"}
    return render(request, "desk/pay/differences.html", context | _sees(actor))


def _sees(actor: Actor) -> dict[str, bool]:
    return {"may_see": may(actor, Right.SEE_PERSON)}
