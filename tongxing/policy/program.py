"""The pack's policies compiled for a day, kept for the life of the process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from django.conf import settings

from tongxing.content.instance import pack
from tongxing.content.pack import ParamValue
from tongxing.rules.compile import compile_program
from tongxing.rules.one import Explainer
from tongxing.rules.tree import Program, Value

MONTHS = {"month": 1, "year": 12}


@lru_cache(maxsize=8)
def program(as_of: date) -> Program:
    """What is in force on `as_of`."""
    return compile_program(pack(settings.PACK), as_of)


def changed_program(as_of: date, overrides: Mapping[str, Value]) -> Program:
    """The same with some parameter values replaced, for a simulation. Raises PackErrors for an unknown name."""
    return compile_program(pack(settings.PACK), as_of, dict(overrides))  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def explainer(as_of: date) -> Explainer:
    return Explainer(program(as_of))


def monthly(period: str, fen: int) -> int:
    """What an amount per period comes to a month, rounded half up; one-off sums and rights cost nothing a month."""
    months = MONTHS.get(period)
    return 0 if months is None else (fen + months // 2) // months


def param_in_force(name: str, as_of: date) -> ParamValue | None:
    """The value of a parameter of the whole pack on that day, with its source; None where the pack has none."""
    param = pack(settings.PACK).params.get(name)
    found = _in_force(param.values, as_of) if param else []
    return found[0] if found else None


def illustrative(policy: str, as_of: date) -> bool:
    """Whether any parameter in force of the policy is only an example; then every amount says so."""
    own = pack(settings.PACK).policies[policy].params.values()
    return any(value.status == "illustrative" for param in own for value in _in_force(param.values, as_of))


def _in_force(values: Sequence[ParamValue], as_of: date) -> list[ParamValue]:
    begun = [value for value in values if value.from_date <= as_of]
    return begun[-1:]
