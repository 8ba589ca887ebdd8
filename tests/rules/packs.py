"""Packs made of a few sentences, on top of the small invented pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tongxing.content.pack import Condition, Pack, Policy, Version
from tongxing.lib.place import Place, Text

AT = Place("x.yaml", 10, 20)  # where the sentences of these packs stand
START = date(2000, 1, 1)


def policy(source: Pack, name: str, who: str, unit: str = "person", amount: str | None = None) -> Policy:
    """A policy of one condition, since 2000."""
    version = Version(START, None, Condition(Text("条件"), Text(who, AT)), amount and Text(amount, AT))  # type: ignore[arg-type]
    period = "none" if amount is None else "month"
    return replace(
        source.policies["discount"], id=Text(name), unit=unit, period=period, receipt=Text("tekun"), versions=(version,)
    )


def with_policies(source: Pack, more: Mapping[str, Policy]) -> Pack:
    return replace(source, policies={**source.policies, **more})


def with_derived(source: Pack, **texts: str) -> Pack:
    lines = {name: Text(text, Place("facts.yaml", 10 + row, 5)) for row, (name, text) in enumerate(texts.items())}
    return replace(source, derived={**source.derived, **lines})
