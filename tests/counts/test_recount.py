"""What `tongxing gaps --json` says is what the slow judge counts, unit by unit, on the same snapshot."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings

from tests.rules.judge import Judge
from tongxing.commands.main import main
from tongxing.content.instance import pack
from tongxing.organisation.models import Division
from tongxing.policy.models import Run

Facts = Mapping[str, Any]
COUNTS = ("entitled", "receiving", "missing", "unknown", "not_entitled_but_receiving", "monthly_fen")


def rows(run: Run, name: str) -> list[dict[str, Any]]:
    return pq.read_table(settings.DATA / "runs" / run.folder / f"{name}.parquet").to_pylist()


def judged(run: Run) -> Iterator[tuple[str, Judge, int | None, Facts]]:
    """(unit, the judge of its household or employer, whose place in it, its own facts), one after another."""
    source, day = pack(settings.PACK), run.as_of_date
    homes = {home["household_id"]: home for home in rows(run, "households")}
    for number, group in groupby(rows(run, "persons"), key=lambda person: person["household_id"]):
        members = list(group)
        judge = Judge(source, day, members, homes[number])
        yield "household", judge, None, homes[number]
        for who, person in enumerate(members):
            yield "person", judge, who, person
    for employer in rows(run, "employers"):
        yield "employer", Judge(source, day, [], employer), None, employer


def recounted(run: Run, prefix: str = "") -> dict[str, Counter[str]]:
    """Every policy in force, each unit of the area asked once."""
    policies = {name: policy for name, policy in pack(settings.PACK).policies.items()}
    in_force = [name for name in policies if Judge(pack(settings.PACK), run.as_of_date, [], {}).version(name)]
    counts: dict[str, Counter[str]] = {name: Counter() for name in in_force}
    for unit, judge, who, facts in judged(run):
        if not facts["village_code"].startswith(prefix):
            continue
        for name in in_force:
            if policies[name].unit == unit:
                counts[name].update(_counted(judge, policies[name], who, facts))
    return counts


def _counted(judge: Judge, policy: Any, who: int | None, facts: Facts) -> Counter[str]:
    """What one unit adds to the figures of one policy."""
    eligible, gets = judge.eligible(policy.id, who), facts.get(judge.receipt(policy.id))
    if eligible is None or (eligible and gets is None):
        return Counter(unknown=1)
    if not eligible:
        return Counter(not_entitled_but_receiving=int(gets is True and not policy.shared_list))
    months = {"month": 1, "year": 12}.get(policy.period)
    fen = judge.amount(policy.id, who) if months else 0
    monthly = (2 * (fen or 0) + (months or 1)) // (2 * (months or 1))  # to the nearest fen
    return Counter(entitled=1, receiving=int(gets), missing=int(not gets), monthly_fen=monthly)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, int]]:
    assert main(["gaps", "--json", *arguments]) == 0
    return {row["id"]: {key: row[key] for key in COUNTS} for row in json.loads(capsys.readouterr().out)["policies"]}


def plain(counts: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    return {name: {key: counter[key] for key in COUNTS} for name, counter in counts.items()}


def test_the_figures_of_the_city_are_those_of_a_slow_recount(
    city: Run, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    counted = plain(recounted(city))
    assert said(capsys) == counted
    assert sum(count["missing"] for count in counted.values()) > 100
    assert all(sum(count[key] for count in counted.values()) for key in COUNTS)


def test_the_figures_of_a_county_and_of_one_policy_are_those_of_a_slow_recount(
    city: Run, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    county = Division.objects.filter(level="county").order_by("code")[1].code
    counted = plain(recounted(city, county[:6]))
    assert said(capsys, "--division", county) == counted
    one = said(capsys, "--division", county, "--policy", "living_allowance")
    assert one == {"living_allowance": counted["living_allowance"]}
