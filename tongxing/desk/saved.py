"""Filters that people keep: under a name, for oneself or for everybody in the same post."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.lists import actions, queries
from tongxing.lists.models import SavedFilter
from tongxing.lists.refusal import Refused
from tongxing.policy.queries.runs import newest_run


@needs(Right.SEE_LISTS)
def all_saved(request: HttpRequest) -> HttpResponse:
    """What is kept; sent, one more. A name that is missing comes back with the filter."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    typed, mistakes = request.POST.dict(), []
    if request.method == "POST":
        given = {"page": typed.get("page", ""), "name": typed.get("name", ""), "query": typed.get("query", "")}
        try:
            saved = actions.keep(by=actor, **given, is_shared="shared" in typed)
            messages.success(request, f"存好了“{saved.name}”，“今天”里每天报数。")
            return redirect("desk:saved")
        except Refused as why:
            mistakes = [("name", str(why))]
    context = {
        "watched": queries.watched(actor, newest_run(), timezone.localdate()),
        "typed": typed,
        "keep": (typed.get("page", ""), typed.get("query", "")) if mistakes else None,
        "mistakes": mistakes,
        "actor_id": actor.user_id,
    }
    return render(request, "desk/saved/list.html", context, status=422 if mistakes else 200)


@require_POST
@needs(Right.SEE_LISTS)
def drop(request: HttpRequest, saved_id: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    saved = SavedFilter.objects.filter(pk=saved_id, by_user_id=actor.user_id).first()
    if saved is None:
        raise Http404("没有这个条件，或者不是您存的。")
    actions.drop(by=actor, saved=saved)
    messages.success(request, "删掉了。")
    return redirect("desk:saved")
