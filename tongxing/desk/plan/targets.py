"""Targets set elsewhere and yearly statistics: one person enters them with the source, another confirms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.content.plan import plan
from tongxing.plan import actions
from tongxing.plan.models import Statistic, Target
from tongxing.plan.queries.entered import confirmed_rows, entered_row, waiting
from tongxing.plan.refusal import Refused
from tongxing.plan.words import number_words


class NumberForm(forms.Form):
    what = forms.ChoiceField(label="哪一个数")
    year = forms.IntegerField(label="哪一年", min_value=2000, max_value=2099)
    value = forms.DecimalField(label="数", max_digits=15, decimal_places=4)
    source = forms.CharField(label="出处", max_length=200, help_text="哪份文件、哪一页，别人照着能找到。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices()  # type: ignore[attr-defined]
        self.fields["year"].widget.attrs["inputmode"] = "numeric"
        self.fields["value"].widget.attrs["inputmode"] = "decimal"


def choices() -> list[tuple[str, str]]:
    known = plan(settings.PACK)
    series = [(f"statistic:{id_}", f"{each.name}（{each.unit}）") for id_, each in known.series.items()]
    open_ = [each for each in known.indicators.values() if each.kind != "growth"]
    return [*series, *((f"target:{each.id}", f"目标：{each.name}（{each.result}）") for each in open_)]


@needs(Right.KEEP_TARGETS)
def targets(request: HttpRequest) -> HttpResponse:
    """The form, what waits for a second person, and what holds."""
    form = NumberForm(request.POST if request.method == "POST" else None, initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid() and _entered(request, form):
        return redirect("desk:plan-targets")
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "form": form,
        "waiting": [_spoken(row) | {"is_mine": row.entered_by_id == actor.user_id} for row in waiting()],
        "confirmed": [_spoken(row) for row in confirmed_rows()],
        "asks": [(each.name, each.ask) for each in plan(settings.PACK).series.values()],
    }
    return render(request, "desk/plan/targets.html", context, status=422 if form.errors else 200)


def _entered(request: HttpRequest, form: NumberForm) -> bool:
    kind, _, name = form.cleaned_data["what"].partition(":")
    said = {key: form.cleaned_data[key] for key in ("year", "value", "source")}
    by: Actor = request.actor  # type: ignore[attr-defined]
    try:
        if kind == "target":
            actions.enter_target(indicator=name, by=by, **said)
        else:
            actions.enter_statistic(series=name, by=by, **said)
    except Refused as no:
        form.add_error(None, str(no))
        return False
    messages.success(request, "录好了，等另一位同事核对后生效。")
    return True


@require_POST
@needs(Right.KEEP_TARGETS)
def do(request: HttpRequest, entered: str) -> HttpResponse:
    """Confirm or refuse one number, named as `key` of its row."""
    row = entered_row(entered)
    if row is None:
        raise Http404("没有这个数。")
    by: Actor = request.actor  # type: ignore[attr-defined]
    try:
        if request.POST.get("verb") == "confirm":
            actions.confirm(entered=row, by=by)
            messages.success(request, "核对好了，这个数从现在起生效。")
        else:
            actions.refuse(entered=row, words=request.POST.get("words", ""), by=by)
            messages.success(request, "退回了，这个数没有生效。")
    except Refused as no:
        messages.error(request, str(no))
    return redirect("desk:plan-targets")


def _spoken(row: Statistic | Target) -> dict[str, Any]:
    known, said = plan(settings.PACK), {"row": row, "key": row.key, "value": number_words(row.value)}
    if isinstance(row, Target):
        indicator = known.indicators.get(row.indicator)
        return said | {"name": f"目标：{indicator.name if indicator else row.indicator}"}
    series = known.series.get(row.series)
    return said | {"name": series.name if series else row.series}
