"""The rules in plain words: conditions, parameters with source and state, coverage and cost by area."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.content.pack import Policy
from tongxing.desk import words
from tongxing.organisation import queries as divisions
from tongxing.policy.models import Run
from tongxing.policy.program import program
from tongxing.policy.queries import figures
from tongxing.policy.queries.runs import newest_run, policies_for
from tongxing.rules.words import expression_in_words
from tongxing.ui.charts import Bar, bars


@needs(Right.SEE_POLICIES)
def all_policies(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run, shown = newest_run(), policies_for(actor)
    counted = figures.by_policy(run, actor.prefix) if run else {}
    rows = [
        {
            "policy": policy,
            "figure": counted.get(name),
            "unit": words.UNITS[policy.unit],
            "illustrative": words.illustrative(name, date.today()),
        }
        for name, policy in shown.items()
    ]
    context = {"rows": rows, "run": run, "place": divisions.names().get(actor.division_code, "")}
    return render(request, "desk/policies/list.html", context)


@needs(Right.SEE_POLICIES)
def one_policy(request: HttpRequest, policy_id: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    policy = policies_for(actor).get(policy_id)
    if policy is None:
        raise Http404("没有这条政策。")
    run = newest_run()
    context = {
        "policy": policy,
        "who": spoken_conditions(policy, date.today()),
        "params": spoken_params(policy),
        "illustrative": words.illustrative(policy_id, date.today()),
        "unit": words.UNITS[policy.unit],
        "period": words.PERIODS[policy.period],
        "run": run,
        "others": [pack(settings.PACK).policies[name] for name in policy.higher_of],
    }
    if run is not None and policy_id in program(run.as_of_date).policies:
        context |= coverage(actor, run, policy_id)
    return render(request, "desk/policies/one.html", context)


def spoken_conditions(policy: Policy, on: date) -> dict[str, Any] | None:
    """The conditions in force as a tree of labels with the expression said in words."""
    begun = [version for version in policy.versions if version.from_date <= on]
    return _spoken(begun[-1].who, _names(policy)) if begun else None


def _names(policy: Policy) -> dict[str, str]:
    """Label of every fact, derived name and parameter that an expression may use."""
    content = pack(settings.PACK)
    params = {f"param.{name}": param.label for name, param in {**content.params, **policy.params}.items()}
    receipts = {f"receives({name})": f"在领{other.name}" for name, other in content.policies.items()}
    return {name: fact.label for name, fact in content.facts.items()} | dict(content.derived_labels) | params | receipts


def _spoken(node: Any, names: dict[str, str]) -> dict[str, Any]:
    items = node.all or node.any
    if items:
        return {"label": node.label, "kind": "all" if node.all else "any", "items": [_spoken(n, names) for n in items]}
    said = expression_in_words(node.text, names)
    return {"label": node.label, "words": said if said != node.label else ""}


def spoken_params(policy: Policy) -> list[dict[str, Any]]:
    """Every value of the policy's own parameters, newest first, with source and state."""
    return [
        {"name": name, "param": param, "values": [_spoken_value(param, value) for value in reversed(param.values)]}
        for name, param in policy.params.items()
    ]


def _spoken_value(param: Any, value: Any) -> dict[str, Any]:
    parts = value.value if isinstance(value.value, dict) or hasattr(value.value, "items") else {"": value.value}
    said = "，".join(f"{key} {_amount(param.type, part)}".strip() for key, part in parts.items())
    return {
        "from_date": value.from_date,
        "said": said,
        "source": value.source,
        "illustrative": value.status == "illustrative",
    }


def _amount(kind: str, value: Any) -> str:
    if kind == "bool":
        return "是" if value else "否"
    return f"{value / 100:,.2f} 元".replace(".00 元", " 元") if kind == "money" else str(value)


def coverage(actor: Actor, run: Run, policy_id: str) -> dict[str, Any]:
    """Coverage and cost a month by the areas under the actor's, as a chart and the same table."""
    parts = divisions.parts_of(actor.division_code)
    length = {"county": 6, "township": 9, "village": 12}[parts[0].level] if parts else 12
    cells = figures.by_area(run, actor.prefix, length, policy_id)
    rows = [{"part": p, "figure": cells.get((policy_id, p.code[:length]))} for p in parts]
    rows = [row for row in rows if row["figure"]]
    chart = bars([Bar(r["part"].name, r["figure"].receiving, r["figure"].entitled) for r in rows], "正在领", "够条件")
    return {"rows": rows, "total": figures.by_policy(run, actor.prefix).get(policy_id), "chart": chart}
