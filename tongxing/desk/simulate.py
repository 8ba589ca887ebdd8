"""The simulator: change a parameter, see cost, winners and losers by county. Nothing is published here."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.desk import words
from tongxing.lib.money import parse_yuan
from tongxing.organisation import queries as divisions
from tongxing.policy.queries.runs import newest_run, policies_for
from tongxing.policy.queries.simulation import Change, simulate
from tongxing.ui.charts import Bar, bars


@dataclass(frozen=True)
class Knob:
    """A parameter that can be tried: its key for the engine, what stands now, what was typed, and what is wrong."""

    key: str
    label: str
    type: str
    now: str
    typed: str
    error: str
    illustrative: bool

    @property
    def chosen(self) -> str:
        """What the control shows: what was typed, else what stands now."""
        return self.typed or self.now


@needs(Right.SIMULATE)
def what_if(request: HttpRequest) -> HttpResponse:
    """GET carries the whole question, so that a trial is a link that can be sent. It changes nothing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shown, run = policies_for(actor), newest_run()
    monthly = next((known for known in shown.values() if known.period == "month"), next(iter(shown.values())))
    policy = shown.get(request.GET.get("policy", ""), monthly)
    knobs, changes = _knobs(policy, request.GET)
    context: dict[str, Any] = {
        "policies": shown.values(),
        "policy": policy,
        "knobs": knobs,
        "run": run,
        "errors": [(f"k-{knob.key}", f"{knob.label}：{knob.error}") for knob in knobs if knob.error],
        "yes_no": [("true", "是"), ("false", "否")],
    }
    if run and changes and not context["errors"]:
        started = time.monotonic()
        rows = simulate(run, changes)
        context |= _result(rows, policy.id) | {"seconds": round(time.monotonic() - started, 1)}
    return render(request, "desk/simulate.html", context)


def _knobs(policy: Any, typed: Any) -> tuple[list[Knob], dict[str, Any]]:
    """The policy's own parameters and the pack's shared ones that it reads; only those typed differently count."""
    knobs, changes = [], {}
    shared = {name: param for name, param in pack(settings.PACK).params.items() if f"param.{name}" in _texts(policy)}
    own = {f"{policy.id}.{name}": param for name, param in policy.params.items()}
    for key, param in (own | shared).items():
        now = _now(param)
        if param.by or param.type not in ("money", "int", "bool") or now is None:
            continue
        said = typed.get(key, "").strip()
        value, error = _parsed(param.type, said) if said else (None, "")
        if value is not None and value != now.value:
            changes[key] = value
        knobs.append(
            Knob(key, param.label, param.type, _said(param.type, now.value), said, error, now.status == "illustrative")
        )
    return knobs, changes


def _texts(policy: Any) -> str:
    """All expressions of the policy and of the derived facts, to see which shared parameters they name."""
    derived = pack(settings.PACK).derived
    own = " ".join(str(part) for version in policy.versions for part in _walk(version.who)) + str(
        policy.versions[-1].amount
    )
    for _ in range(4):  # derived names may use derived names
        own += " ".join(text for name, text in derived.items() if name in own and text not in own)
    return own


def _walk(node: Any) -> list[str]:
    return [str(node.text)] if node.text else [text for item in (node.all or node.any) for text in _walk(item)]


def _now(param: Any) -> Any:
    begun = [value for value in param.values if value.from_date <= date.today()]
    return begun[-1] if begun else None


def _parsed(kind: str, said: str) -> tuple[int | None, str]:
    if kind == "bool":
        return said == "true", ""
    try:
        return (parse_yuan(said) if kind == "money" else int(said)), ""
    except ValueError as error:
        return None, str(error) if kind == "money" else "请填一个整数，比如 3。"


def _said(kind: str, value: Any) -> str:
    if kind == "bool":
        return "true" if value else "false"
    return f"{value / 100:.2f}".removesuffix(".00") if kind == "money" else str(value)


def _result(rows: list[Change], policy: str) -> dict[str, Any]:
    known = divisions.names()
    own = [row for row in rows if row.policy == policy] or rows
    others = sorted({row.policy for row in rows if row.policy != policy})
    total = {
        name: sum(getattr(row, name) for row in own)
        for name in ("before", "after", "before_fen", "after_fen", "more_fen", "winners", "losers", "new", "unknown")
    }
    spoken = [{"place": known.get(row.county + "000000", row.county), "change": row} for row in own]
    chart = bars(
        [Bar(r["place"], r["change"].after_fen // 1_000_000, r["change"].before_fen // 1_000_000) for r in spoken],
        "改后",
        "现在",
    )
    return {
        "rows": spoken,
        "total": total,
        "chart": chart,
        "changed": True,
        "others": [pack(settings.PACK).policies[name].name for name in others],
        "unit": words.UNITS[pack(settings.PACK).policies[policy].unit],
    }
