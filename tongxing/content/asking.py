"""The three questions of an indicator as policies without money, so that figures and entitlements share one engine."""

from __future__ import annotations

from collections.abc import Sequence

from tongxing.content.indicators import Definition, Indicator
from tongxing.content.pack import Condition, Policy, Version
from tongxing.lib.place import Text

PARTS = ("population", "counted", "excluded")


def part_name(indicator: str, part: str) -> str:
    """The name of the policy that answers one of the three questions; no policy of a pack has a double underscore."""
    return f"{indicator}__{part}"


def as_policies(indicator: Indicator) -> dict[str, Policy]:
    """{i04__population: …, i04__counted: …, i04__excluded: …}; the last only where somebody is left out."""
    made = {}
    for part in PARTS:
        versions = tuple(_version(version, part) for version in indicator.versions)
        if any(version.who.any != () for version in versions):
            name = Text(part_name(indicator.id, part), indicator.id.place)
            made[str(name)] = _policy(name, indicator, versions)
    return made


def _version(version: Definition, part: str) -> Version:
    left_out = Condition(any=tuple(version.excluded))
    who = {"population": version.population, "counted": version.counted, "excluded": left_out}[part]
    return Version(version.from_date, None, who, None)


def _policy(name: Text, indicator: Indicator, versions: Sequence[Version]) -> Policy:
    """A right without money; none of what a benefit has beside its conditions."""
    return Policy(
        id=name,
        name=indicator.name,
        unit=indicator.unit,
        plan=(),
        owner="",
        law=(),
        summary="",
        period="none",
        receipt=None,
        shared_list=False,
        higher_of=(),
        certainty="sure",
        params={},
        versions=versions,
        tests=(),
    )
