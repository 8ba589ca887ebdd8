"""Every indicator counted a second time by hand: plain Python over the rows of the snapshot, person by person.

What a policy says of somebody comes from the slow judge of the engines; everything else is written out here again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from tests.counts.test_recount import Facts, judged, rows
from tests.rules.judge import Judge, both, either, full_months, full_years, no
from tongxing.commands.main import main
from tongxing.content.instance import pack
from tongxing.organisation.models import Division
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import count_of
from tongxing.plan.queries.figures import indicator_figures
from tongxing.policy.models import Run

Yes = bool | None
Answer = tuple[Yes, list[Yes], Yes]  # belongs, is left out for any of these, counts


def equal(value: Any, *wanted: Any) -> Yes:
    return None if value is None else value in wanted


def at_least(value: int | None, least: int) -> Yes:
    return None if value is None else value >= least


@dataclass(frozen=True)
class Unit:
    """One row with its household; `member` its place in it, None for the household or an employer itself."""

    judge: Judge
    member: int | None
    facts: Facts
    members: list[Facts]
    home: Facts
    day: date

    def entitled(self, policy: str) -> Yes:
        unit = pack(settings.PACK).policies[policy].unit
        return self.judge.eligible(policy, self.member if unit == "person" else None)

    def age(self) -> int | None:
        born = self.facts["birth_date"]
        return None if born is None else full_years(born, self.day)

    def within(self, fact: str, months: int) -> Yes:
        day = self.facts[fact]
        return None if day is None else full_months(day, self.day) < months


def lives(person: Facts) -> Yes:
    return both([person["alive"], no(person["moved_out"])])


def certified(person: Facts) -> Yes:
    return both([person["has_cert"], equal(person["cert_status"], "valid")])


def holder(person: Facts) -> Yes:
    return both([certified(person), lives(person)])


def severe(person: Facts) -> Yes:
    return both([certified(person), equal(person["grade"], 1, 2)])


def i01(who: Unit) -> Answer:
    return both([lives(who.facts), either([holder(one) for one in who.members])]), [], who.facts["income"] is not None


def i02(who: Unit) -> Answer:
    age, male = who.age(), equal(who.facts["sex"], "male")
    young = both([at_least(age, 16), no(at_least(age, 55))])
    old = both([male, at_least(age, 55), no(at_least(age, 60))])
    trained = who.within("training_done_date", 12)
    return both([holder(who.facts), either([young, old])]), [who.facts["enrolled"]], trained


def i03(who: Unit) -> Answer:
    due = either([who.entitled("dibao_family"), who.entitled("dibao_single_person")])
    on = either([who.home["dibao"], who.facts["dibao_single"]])
    return both([holder(who.facts), due]), [who.facts["tekun"]], on


def of_policy(policy: str, receipt: str) -> Callable[[Unit], Answer]:
    return lambda who: (who.entitled(policy), [], who.facts[receipt])


def i06(who: Unit) -> Answer:
    belongs = both([holder(who.facts), who.facts["local_hukou"], at_least(who.age(), 16)])
    return belongs, [who.facts["employee_pension"], who.facts["enrolled"]], who.facts["resident_pension"]


def i07(who: Unit) -> Answer:
    return holder(who.facts), [who.facts["employee_medical"]], who.facts["resident_medical"]


def i08(who: Unit) -> Answer:
    mind = either([who.facts["has_mental"], who.facts["has_intellectual"]])
    belongs = both([holder(who.facts), at_least(who.age(), 16), either([severe(who.facts), mind])])
    times = who.facts["care_times"]
    cared = [who.facts[name] for name in ("in_institution", "day_care", "home_care")]
    return belongs, [], either([*cared, None if times is None else times > 0])


def i10(who: Unit) -> Answer:
    return both([holder(who.facts), who.facts["rehab_need"]]), [], who.facts["receives_rehab_service"]


def i11(who: Unit) -> Answer:
    fitted = who.within("served_device", 36)
    return both([holder(who.facts), either([who.facts["device_need"], fitted])]), [], fitted


def homes(who: Unit) -> Answer:
    built = who.facts["served_home_adaptation"]
    done = None if built is None else date(2021, 1, 1) <= built <= date(2025, 12, 31)
    heavy = either([both([severe(one), lives(one)]) for one in who.members])
    help_ = [who.facts["dibao"], who.facts["dibao_edge"]]
    needy = [both([lives(one), either([one["tekun"], one["dibao_single"], *help_])]) for one in who.members]
    poor = either([either(needy), who.facts["monitored"]])
    return both([heavy, poor, either([who.facts["home_mod_need"], done])]), [], done


def i13(who: Unit) -> Answer:
    return both([holder(who.facts), at_least(who.age(), 6)]), [], who.facts["joined_activity"]


def supported(who: Unit) -> Answer:
    places = who.facts["supported_places"]
    return places is not None, [], None if places is None else places > 0


BY_HAND: dict[str, tuple[str, Callable[[Unit], Answer]]] = {
    "i01": ("person", i01),
    "i02": ("person", i02),
    "i03": ("person", i03),
    "i04": ("person", of_policy("living_allowance", "receives_living_allowance")),
    "i05": ("person", of_policy("nursing_allowance", "receives_nursing_allowance")),
    "i06": ("person", i06),
    "i07": ("person", i07),
    "i08": ("person", i08),
    "i09": ("person", of_policy("compulsory_schooling", "enrolled")),
    "i10": ("person", i10),
    "i11": ("person", i11),
    "i12": ("household", homes),
    "i13": ("person", i13),
    "x_home_works": ("household", homes),
    "x_supported_units": ("employer", supported),
    "x_supported_people": ("employer", supported),
}
MEASURED = {"i01": "income", "i08": "care_times", "x_supported_people": "supported_places"}


def part(answer: Answer) -> str:
    belongs, out, counts = answer[0], either(answer[1]), answer[2]
    if belongs is False or (belongs is None and out is True):
        return ""
    if belongs and out:
        return "excluded"
    if belongs and out is False and counts is not None:
        return "counted" if counts else "not_counted"
    return "unknown"


def units(run: Run) -> Iterator[tuple[str, Unit]]:
    members: dict[int, list[Facts]] = {}
    for person in rows(run, "persons"):
        members.setdefault(person["household_id"], []).append(person)
    homes = {home["household_id"]: home for home in rows(run, "households")}
    for unit, judge, member, facts in judged(run):
        home_id = facts.get("household_id", -1)
        yield unit, Unit(judge, member, facts, members.get(home_id, []), homes.get(home_id, {}), run.as_of_date)


def recounted(run: Run, prefix: str = "") -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in BY_HAND}
    for kind, who in units(run):
        if not who.facts["village_code"].startswith(prefix):
            continue
        for name, (unit, ask) in BY_HAND.items():
            if unit != kind or not (said := part(ask(who))):
                continue
            counts[name][said] += 1
            if said == "counted" and name in MEASURED:
                counts[name]["measure"] += who.facts[MEASURED[name]] or 0
    return counts


def figures(count: Count, prefix: str = "") -> dict[str, Counter[str]]:
    found = indicator_figures(count, prefix)
    keys = ("counted", "not_counted", "unknown", "excluded", "measure")
    return {name: Counter({key: getattr(figure, key) for key in keys}) for name, figure in found.items()}


def test_every_part_of_every_indicator_is_that_of_a_recount_by_hand(city: Run, db: None) -> None:
    count = count_of(city)
    assert count is not None
    by_hand = recounted(city)
    counted = figures(count)
    assert {name: +counted[name] for name in by_hand} == {name: +numbers for name, numbers in by_hand.items()}
    assert all(numbers["counted"] for numbers in by_hand.values())
    assert sum(numbers["unknown"] for numbers in by_hand.values()) > 50
    county = Division.objects.filter(level="county").order_by("-code")[0].code[:6]
    here = figures(count, county)
    assert {name: +here[name] for name in here} == {name: +n for name, n in recounted(city, county).items() if +n}


def test_the_command_says_the_same_thirteen(city: Run, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indicators", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["as_of"] == city.as_of_date.isoformat()
    assert [row["id"] for row in said["indicators"]] == [f"i{number:02}" for number in range(1, 14)]
    by_hand = recounted(city)
    for row in said["indicators"][1:]:
        numbers = by_hand[row["id"]]
        known = numbers["counted"] + numbers["not_counted"]
        assert row["numerator"] == numbers["counted"]
        assert row["denominator"] == (known if row["unit"] == "%" else None)
        if row["unit"] == "%":
            assert row["value"] == pytest.approx(100 * numbers["counted"] / known, abs=0.051)
