"""Everything that can be wrong with a pack, found in one go: reading, compiling, its own people, its loose ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tongxing.accounts.rights import Right
from tongxing.content.accessibility import read_statement
from tongxing.content.assessment import read_assessment
from tongxing.content.criteria import read_criteria
from tongxing.content.doors import doors
from tongxing.content.easy import read_easy_pages
from tongxing.content.find import read_find
from tongxing.content.inline_tests import case_day, home, newest_day
from tongxing.content.letters import read_easy_letters
from tongxing.content.pack import Case, Pack, Policy
from tongxing.content.plan import read_plan, with_indicators
from tongxing.content.programme import read_programme
from tongxing.content.provision import provision
from tongxing.content.publishing import publishing
from tongxing.content.read import read_pack
from tongxing.content.readings import read_readings
from tongxing.content.recordings import read_recordings
from tongxing.content.services import read_services
from tongxing.lib.money import spoken_yuan
from tongxing.lib.place import PackError, PackErrors, nearest
from tongxing.policy.loose_ends import loose_ends
from tongxing.rules.compile import compile_program
from tongxing.rules.one import Answer, Explainer

ELIGIBLE = {True: "够条件", False: "不够条件", None: "说不清"}
FEWEST_CASES = 2


@dataclass
class Findings:
    """`errors` stop a pack; `warnings` are loose ends. The counts are for the summary."""

    errors: list[PackError] = field(default_factory=list)
    warnings: list[PackError] = field(default_factory=list)
    policies: int = 0
    cases: int = 0


def check_pack(folder: Path) -> list[str]:
    """`file:line:column: message` for each error, sorted by place; [] for a sound pack."""
    return [str(wrong) for wrong in examine(folder).errors]


def examine(folder: Path) -> Findings:
    """Reads, compiles on every day on which a rule changes, and runs the inline tests."""
    findings = Findings()
    try:
        pack = read_pack(folder)
    except PackErrors as wrong:
        findings.errors = wrong.errors
        return findings
    findings.policies = len(pack.policies)
    findings.cases = sum(len(policy.tests) for policy in pack.policies.values())
    explainers, broken = _explainers(pack)
    found = [*broken, *_too_few_cases(pack), *_unknown_rights(pack), *_lost_doors(pack)]
    asked = (lambda: read_services(pack), lambda: read_find(pack), lambda: doors(pack.folder))
    written = (
        lambda: read_easy_letters(folder),
        lambda: read_readings(folder),
        lambda: read_easy_pages(folder),
        lambda: read_recordings(folder),
        lambda: read_statement(folder),
        lambda: read_criteria(folder),
        lambda: read_assessment(folder),
        lambda: provision(folder),
    )
    found += [mistake for read in (*asked, *written) for mistake in _broken(read)]
    counting, unplanned = _planned(pack, broken)
    found += unplanned
    if not broken:
        found += _wrong_cases(pack, explainers)
    findings.errors = sorted(found, key=lambda wrong: (wrong.place, wrong.message))
    findings.warnings = sorted(loose_ends(counting), key=lambda loose: loose.place)
    return findings


def _explainers(pack: Pack) -> tuple[dict[date, Explainer], list[PackError]]:
    """An explainer for each day that a case needs, and what does not compile on any day that matters."""
    policies = pack.policies.values()
    needed = {case_day(case, policy, pack) for policy in policies for case in policy.tests}
    days = needed | {version.from_date for policy in policies for version in policy.versions}
    days |= {newest_day(policy, pack) for policy in policies}
    explainers: dict[date, Explainer] = {}
    broken: dict[str, PackError] = {}
    for day in sorted(days):
        try:
            program = compile_program(pack, day)
        except PackErrors as wrong:
            broken |= {str(error): error for error in wrong.errors}
        else:
            if day in needed and not broken:
                explainers[day] = Explainer(program)
    return explainers, list(broken.values())


def _wrong_cases(pack: Pack, explainers: dict[date, Explainer]) -> Iterator[PackError]:
    for policy in pack.policies.values():
        for case in policy.tests:
            answer = _answer(case, policy, pack, explainers[case_day(case, policy, pack)])
            yield from (PackError(f"例子“{case.name}”：{words}", case.name.place) for words in _misses(case, answer))


def _answer(case: Case, policy: Policy, pack: Pack, explainer: Explainer) -> Answer | None:
    """None on a day on which the policy is not in force."""
    who = home(case, pack.facts)
    if policy.unit == "employer":
        return explainer.explain_employer(who.employer, [policy.id]).get(policy.id)
    return explainer.explain(0, who.persons, who.household, [policy.id]).get(policy.id)


def _misses(case: Case, answer: Answer | None) -> Iterator[str]:
    """What came out other than was expected; a policy not in force is a no for everybody."""
    eligible = answer.eligible if answer else False
    expect = case.expect
    if eligible is not expect.eligible:
        why = f"（{_reason(answer)}）" if answer and _reason(answer) else ""
        yield f"写的是{ELIGIBLE[expect.eligible]}，算出来{ELIGIBLE[eligible]}{why}"
        return
    amount = answer.amount_fen if answer else None
    if expect.amount_fen is not None and amount != expect.amount_fen:
        came = "说不清" if amount is None else spoken_yuan(amount)
        yield f"写的是 {spoken_yuan(expect.amount_fen)}，算出来 {came}"
    ask = answer.ask if answer else frozenset()
    if expect.ask is not None and set(ask) != set(expect.ask):
        yield f"写的是要问 {_listed(expect.ask)}，算出来要问 {_listed(ask)}"


def _reason(answer: Answer) -> str:
    """What decided: the failed conditions, or the facts to ask."""
    if answer.eligible is None:
        return f"不知道 {_listed(answer.ask)}"
    return "、".join(str(item.label) for item in answer.tree.items if item.value is False and item.label)


def _listed(names: Iterable[str]) -> str:
    return "[" + ", ".join(sorted(str(name) for name in names)) + "]"


def _too_few_cases(pack: Pack) -> Iterator[PackError]:
    for policy in pack.policies.values():
        if len(policy.tests) < FEWEST_CASES:
            yield PackError(f"至少要有 {FEWEST_CASES} 个例子，现在有 {len(policy.tests)} 个", policy.id.place)
        if policy.tests and all(case.expect.eligible is not None for case in policy.tests):
            yield PackError("例子里要有一个 eligible: unknown", policy.id.place)


def _planned(pack: Pack, broken: list[PackError]) -> tuple[Pack, list[PackError]]:
    """The pack with the questions of its indicators, compiled on every day on which one of them changes.

    What the plan builds, buys and issues is held against it too.
    """
    try:
        plan = read_plan(pack)
        read_programme(pack, plan)
        publishing(pack.folder)
        counting = with_indicators(pack, plan)
    except PackErrors as wrong:
        return pack, wrong.errors
    asked = counting.policies.keys() - pack.policies.keys()
    days = {version.from_date for name in asked for version in counting.policies[name].versions}
    found: dict[str, PackError] = {}
    for day in sorted(days) if not broken else ():
        try:
            compile_program(counting, day)
        except PackErrors as errors:
            found |= {str(error): error for error in errors.errors}
    return counting, list(found.values())


def _unknown_rights(pack: Pack) -> Iterator[PackError]:
    known = [right.value for right in Right]
    for role in pack.roles.values():
        for right in role.rights:
            if right not in known:
                yield PackError(f"没有 {right} 这项权限{nearest(right, known)}", right.place)


def _broken(read: Callable[[], object]) -> list[PackError]:
    """What is wrong with files that are read beside the policies."""
    try:
        read()
    except PackErrors as wrong:
        return wrong.errors
    return []


def _lost_doors(pack: Pack) -> Iterator[PackError]:
    codes = {division.code for division in pack.divisions}
    for role in pack.roles.values():
        if role.demo and codes and role.demo.division not in codes:
            yield PackError(f"divisions.csv 里没有 {role.demo.division}", role.demo.division.place)
