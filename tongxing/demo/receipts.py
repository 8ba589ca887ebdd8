"""Who receives what: the rules of the pack are asked once about the true city, and a city's failings are laid over it.

Most of the entitled receive (how many, per policy, stands in the pack's demo.yaml), fewer where the right is new, and
not everywhere alike. Some receive who no longer should: the dead, the moved, expired certificates, double benefits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tongxing.content.pack import Fact, Pack
from tongxing.demo import personas
from tongxing.demo.dates import received_after
from tongxing.demo.papers import WINDOW
from tongxing.demo.records import Batch, as_texts, begins, persona_since
from tongxing.demo.streams import Days, Flags, Floats, Ints, between, exactly, month_start, some
from tongxing.demo.tables import household_table, person_table
from tongxing.demo.world import NEVER, World
from tongxing.policy.lists import facts_of
from tongxing.rules.planes import Evaluation, evaluate
from tongxing.rules.tree import Policy, Program

USUAL = 60  # of a hundred entitled, where demo.yaml says nothing
DEAD, MOVED, EXPIRED, DOUBLE, OTHER = 0.002, 0.006, 0.011, 0.004, 0.006  # of all who receive, and should not
STOPPED, ENDED = 0.25, 0.05  # of the missing and of the receiving: it ended once
PATIENCE = 70  # days within which a new right is mostly not yet paid


@dataclass(frozen=True)
class Gets:
    """One policy's receivers, and from when."""

    on: Flags
    begin: Days


def settle(world: World, pack: Pack, program: Program, coverage: Mapping[str, float]) -> list[Batch]:
    """Tells receives_<policy> of every person and household policy; gives their statuses.

    Twice, because some rules look at who receives another benefit: the second time with the first answers.
    """
    mine = [policy for policy in program.policies.values() if policy.receipt == f"receives_{policy.id}"]
    mine = sorted((policy for policy in mine if policy.unit != "employer"), key=lambda policy: policy.id)
    for policy in mine:
        _tell(world, policy, np.zeros(_size(world, policy), bool))
    for _ in range(2):
        evaluation = _evaluated(world, program)
        doubles = {policy.id: _doubles(world, pack, policy) for policy in mine}
        gets = {policy.id: _receivers(world, policy, evaluation, coverage, doubles[policy.id]) for policy in mine}
        for policy in mine:
            _tell(world, policy, gets[policy.id].on)
    batches = []
    for policy in mine:
        eligible = evaluation.eligible(policy.id)
        batches += _batches(world, policy, gets[policy.id], eligible, pack.facts[policy.receipt])
    return batches


def _size(world: World, policy: Policy) -> int:
    return len(world.people) if policy.unit == "person" else world.people.homes


def _tell(world: World, policy: Policy, on: Flags) -> None:
    (world.tell if policy.unit == "person" else world.tell_home)(policy.receipt, on)


def _evaluated(world: World, program: Program) -> Evaluation:
    return evaluate(program, person_table(world, program), household_table(world, program), asks=False)


def _doubles(world: World, pack: Pack, policy: Policy) -> Flags:
    """Who gets a benefit of which this one may not be drawn beside."""
    groups = [{*each.higher_of, each.id} for each in pack.policies.values() if each.higher_of]
    others = {name for group in groups if policy.id in group for name in group} - {policy.id}
    told = world.person if policy.unit == "person" else world.household
    flags = [told[f"receives_{name}"].values for name in sorted(others) if f"receives_{name}" in told]
    return np.asarray(np.logical_or.reduce([np.zeros(_size(world, policy), bool), *flags]))


def _receivers(
    world: World, policy: Policy, evaluation: Evaluation, coverage: Mapping[str, float], doubles: Flags
) -> Gets:
    eligible, size = evaluation.eligible(policy.id), _size(world, policy)
    rng = world.rng(f"receivers {policy.id}")
    begin = _begin(world, policy)
    village = world.village[world.people.home] if policy.unit == "person" else world.village
    share = _shares(world, policy, coverage)[village]
    late = (world.now - begin).astype("i8") < PATIENCE
    on = some(rng, eligible == 1, np.where(late, 0.3 * share, share))
    on |= _wrongly(world, policy, eligible, int(on.sum()), doubles)
    _personas_say(world, policy, on)
    return Gets(on[:size], begin)


def _shares(world: World, policy: Policy, coverage: Mapping[str, float]) -> Floats:
    """Coverage by village: odds that differ between townships and villages around the city's share."""
    share = np.clip(coverage.get(policy.id, USUAL) / 100, 0.01, 0.99)
    rng = world.rng(f"coverage {policy.id}")
    codes = world.villages.codes
    towns, town = np.unique([code[:9] for code in codes], return_inverse=True)
    odds = np.log(share / (1 - share)) + rng.normal(0, 0.35, len(towns))[town] + rng.normal(0, 0.3, len(codes))
    return np.asarray(1 / (1 + np.exp(-odds)))


def _begin(world: World, policy: Policy) -> Days:
    """Paid from some weeks after the last thing that it needs: a certificate, a list that names them."""
    size = _size(world, policy)
    latest = np.maximum(begins(world, policy.receipt, policy.unit), np.datetime64(policy.from_date, "D"))
    rng = world.rng(f"begin {policy.id}")
    wait = between(rng, 10, 60, size).astype("m8[D]")
    for need in _needs(world, policy):
        latest = np.where(np.isnat(need), latest, np.maximum(latest, need + wait))
    begin = np.minimum(month_start(latest), month_start(np.full(size, world.now)))
    for row, days in persona_since(world, policy.receipt, policy.unit):
        begin[row] = world.now - np.timedelta64(days, "D")
    return begin


def _needs(world: World, policy: Policy) -> list[Days]:
    """First days of the lists and certificates that the policy's conditions read, where they hold; NaT elsewhere."""
    found = []
    home = world.people.home
    read = facts_of(policy.own)
    for name in sorted(read & (world.person.keys() | world.household.keys()) - {policy.receipt}):
        if name in world.household:
            days = np.where(world.household[name].values.astype(bool), begins(world, name, "household"), NEVER)
            found.append(days[home] if policy.unit == "person" else days)
        elif policy.unit == "person" and world.person[name].values.dtype.kind == "b":
            found.append(np.where(world.person[name].values, begins(world, name, "person"), NEVER))
    if policy.unit == "person" and read & {"has_cert", "cert_status"}:
        found.append(np.where(world.holder, world.certificates.issued, NEVER))
    return found


def _wrongly(world: World, policy: Policy, eligible: np.ndarray, receiving: int, doubles: Flags) -> Flags:
    """Receivers who should not be: in numbers that follow those who rightly receive."""
    on = np.zeros(len(eligible), bool)
    rng = world.rng(f"wrongly {policy.id}")
    if policy.unit != "person":
        on[exactly(rng, (eligible == 0).astype("f8"), round((EXPIRED + OTHER) * receiving))] = True
        return on
    kin = _like_receivers(world, eligible)
    expired = world.holder & (world.certificates.until < world.now)
    groups = (
        (~np.isnat(world.death), DEAD),
        (~np.isnat(world.moved), MOVED),
        (expired & world.here, EXPIRED),
        (doubles & world.here, DOUBLE),
        (world.here & ~expired, OTHER),
    )
    for group, share in groups:
        on[exactly(rng, np.where(group & (eligible == 0), kin, 0.0), round(share * receiving))] = True
    return on


def _like_receivers(world: World, eligible: np.ndarray) -> Floats:
    """How much like the entitled a person is, by age group, certificate and household's lists."""
    holder = world.holder.astype("i8") + (world.severe & world.holder)
    kind = holder * 6 + np.minimum(world.people.age // 18, 5)
    kind = kind * 2 + world.home_flag("dibao")
    most = int(kind.max()) + 1
    entitled = np.bincount(kind, weights=eligible == 1, minlength=most)
    return np.asarray(
        np.asarray((entitled / np.maximum(np.bincount(kind, minlength=most), 1))[kind]) + 1e-4 * (entitled[kind] > 0)
    )


def _personas_say(world: World, policy: Policy, on: Flags) -> None:
    first = world.people.homes - len(personas.HOMES)
    for number, home in enumerate(personas.HOMES, first):
        if policy.unit == "household" and policy.receipt in home.facts:
            on[number] = home.facts[policy.receipt]
        for member in home.members:
            if policy.unit == "person" and policy.receipt in member.facts:
                on[world.persona[str(member.id)]] = member.facts[policy.receipt]


def _batches(world: World, policy: Policy, gets: Gets, eligible: np.ndarray, fact: Fact) -> list[Batch]:
    """Who receives now; and what ended: for a part of the missing, and for some who are no longer entitled."""
    rng = world.rng(f"ended {policy.id}")
    rows = np.flatnonzero(gets.on)
    now = _batch(world, policy, fact, (rows, gets.begin[rows], np.full(len(rows), NEVER)))
    missing = some(rng, (eligible == 1) & ~gets.on, STOPPED)
    _spare_personas(world, policy, missing)
    weight = np.where(gets.on | (eligible == 1), 0.0, 1.0)
    if policy.unit == "person":
        weight = weight * _like_receivers(world, eligible)
        weight[list(world.persona.values())] = 0
    past = np.r_[np.flatnonzero(missing), exactly(rng, weight, round(ENDED * len(rows)))]
    end = month_start(world.now - between(rng, 0, WINDOW - 31, len(past)).astype("m8[D]"))
    begin = month_start(end - between(rng, 90, 1500, len(past)).astype("m8[D]"))
    return [now, _batch(world, policy, fact, (past, begin, end))]


def _spare_personas(world: World, policy: Policy, flags: Flags) -> None:
    """What never was paid to an invented person did not end either."""
    flags[list(world.persona.values()) if policy.unit == "person" else slice(-len(personas.HOMES), None)] = False


def _batch(world: World, policy: Policy, fact: Fact, spell: tuple[Ints, Days, Days]) -> Batch:
    rows, begin, end = spell
    texts = as_texts(np.ones(len(rows), bool), "bool")
    received = received_after(world, policy.receipt, begin)
    source = f"{fact.owner or ''}发放名单"
    return Batch(fact.name, policy.unit, rows, texts, begin, end, received, np.zeros(len(rows), bool), source)
