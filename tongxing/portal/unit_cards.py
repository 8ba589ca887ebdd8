"""What one employer can get by what it reported, as cards; and how it stands to the quota, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from tongxing.accounts.access import office_name
from tongxing.content.instance import pack
from tongxing.letters.words import said_value
from tongxing.organisation import queries as divisions
from tongxing.organisation.models import Employer
from tongxing.policy.program import illustrative, param_in_force
from tongxing.policy.queries.employers import EmployerExplained, Quota, explain_employer
from tongxing.portal import trees
from tongxing.portal.results import amount_words

QUOTA = "quota_per_mille"


def shown(employer: Employer, today: date) -> dict[str, Any]:
    """Cards by how each benefit stands, the quota, and every figure that is held."""
    found = explain_employer(employer, today)
    of: dict[str, list[dict[str, Any]]] = {state: [] for state in ("likely", "have", "ask", "no")}
    for name in found.answers:
        of[_state(found, name)].append(_card(found, name, employer))
    return of | {
        "code": " ".join(employer.credit_code[at : at + 4] for at in range(0, 18, 4)),
        "place": divisions.path_name(employer.division_code, divisions.names()),
        "quota": _quota(found, today),
        "figures": _figures(found, employer),
        "illustrative": any(card["illustrative"] for cards in of.values() for card in cards),
    }


def _state(found: EmployerExplained, name: str) -> str:
    if found.receives[name]:
        return "have"
    eligible = found.answers[name].eligible
    return "ask" if eligible is None else "likely" if eligible else "no"


def _card(found: EmployerExplained, name: str, employer: Employer) -> dict[str, Any]:
    policy, answer = pack(settings.PACK).policies[name], found.answers[name]
    known = pack(settings.PACK).facts
    return {
        "policy": policy,
        "amount": amount_words(policy.period, answer.amount_fen),
        "illustrative": bool(answer.amount_fen) and illustrative(name, found.as_of),
        "tree": trees.spoken(answer.tree, lambda facts: _say(found, facts)),
        "ticks": trees.reasons(answer.tree, found.facts.get) if answer.eligible else [],
        "failed": trees.failed(answer.tree),
        "missing": [(known[fact], office_name(known[fact].owner, employer.division_code)) for fact in answer.ask],
        "office": office_name(policy.owner, employer.division_code),
    }


def _say(found: EmployerExplained, facts: Sequence[str]) -> tuple[str, str]:
    """The figures behind a condition, and whose they are."""
    known = pack(settings.PACK).facts
    said = [f"{known[name].label}：{said_value(name, found.facts.get(name))}" for name in facts]
    return "；".join(said), "、".join(dict.fromkeys(known[name].owner for name in facts))


def _figures(found: EmployerExplained, employer: Employer) -> list[dict[str, Any]]:
    """Everything that is held of the employer, in the order of the pack; what it receives stands in the cards."""
    known = pack(settings.PACK).facts
    return [
        {
            "fact": known[name],
            "value": said_value(name, value),
            "is_known": value is not None,
            "office": office_name(known[name].owner, employer.division_code),
        }
        for name, value in found.facts.items()
        if not name.startswith("receives_")
    ]


def _quota(found: EmployerExplained, today: date) -> dict[str, Any]:
    """Persons as written on a form, 1.92; `missing` are the figures without which nothing can be said."""
    quota: Quota = found.quota
    share = param_in_force(QUOTA, today)
    known = pack(settings.PACK).facts
    needed = ("staff", "disabled_staff", "double_counted")
    return {
        "due": _persons(quota.due),
        "counted": _persons(quota.counted),
        "above": _persons(abs(quota.above)) if quota.above is not None else "",
        "is_short": quota.above is not None and quota.above < 0,
        "is_even": quota.above == 0,
        "missing": [known[name] for name in needed if found.facts.get(name) is None],
        "percent": f"{_plain(Decimal(int(share.value)) / 10)}%" if share else "",
        "source": share.source if share else "",
    }


def _persons(thousandths: int | None) -> str:
    return "" if thousandths is None else _plain(Decimal(thousandths) / 1000)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
