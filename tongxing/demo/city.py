"""The synthetic city: drawn whole in memory, loaded in one transaction. Same seed, size and day: same city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from tongxing.content.instance import pack as read
from tongxing.content.pack import Fact, Pack
from tongxing.demo import (
    cards,
    employers,
    guardians,
    numbers_entered,
    officers,
    pay,
    persons,
    programme,
    receipts,
    records,
    refusals,
    residents,
    statuses,
    truth,
    units,
)
from tongxing.demo.begin import begin
from tongxing.demo.load import insert, refreshed_statistics, without_indexes
from tongxing.demo.places import Setting, Villages, read_setting, villages
from tongxing.demo.world import World
from tongxing.journal.actions import record
from tongxing.lib.progress import step
from tongxing.organisation.models import Division, Employer
from tongxing.registry.keys import ring
from tongxing.registry.models import Certificate, Guardian, Household, ListReceived, Member, Person, Status
from tongxing.rules.compile import compile_program

LINE_FEN = 78_000  # where a pack has no dibao line


@dataclass(frozen=True)
class Drawn:
    """Everything that will be loaded."""

    world: World
    register: persons.Register
    batches: Sequence[records.Batch]
    reports: Sequence[employers.Report]


def build(people: int, seed: int, today: date) -> None:
    """Fills an empty migrated database with a city of `people` certificate holders.

    Divisions, persons, households, certificates, statuses, lists, employers, and a user in each role of the pack.
    """
    pack = read(settings.PACK)
    setting = read_setting(settings.PACK)
    where = villages(pack.divisions, setting, seed)
    with step(f"编一座有 {people:,} 位持证人的城市"):
        drawn = draw(pack, (where, setting), people, seed, today)
    with transaction.atomic():
        with step("写下区划、用人单位和用户"):
            _load_organisation(pack, where, setting, drawn)
        with step("写下每个人和每户"):
            _load_people(drawn)
        with step("写下两年里的情况和名单"):
            _load_statuses(drawn, pack, setting)
        refusals.build(pack, people, today)
        residents.build()
        with step("接过已经在发的补贴"):
            pay.take_over(drawn.world, drawn.register, compile_program(pack, today), setting.paid_by_us)
        with step("上个月的发放"):
            pay.settle_last_month(today)
        with step("规划的任务、项目和文件"):
            programme.build(seed, today)
            numbers_entered.build(setting, today)
        record(by=None, verb="demo.built", people=people, seed=seed, today=today.isoformat())
    refreshed_statistics()


def draw(pack: Pack, where: tuple[Villages, Setting], people: int, seed: int, today: date) -> Drawn:
    """The city in memory."""
    world = begin(people, seed, today, where, line_of(pack, today))
    truth.tell_all(world)
    program, coverage = compile_program(pack, today), where[1].coverage
    received = receipts.settle(world, pack, program, coverage)
    facts = [fact for fact in pack.facts.values() if not fact.name.startswith("receives_")]
    batches = [*records.all_batches(world, facts), *received]
    register = persons.registered(world, where[1].surnames.split())
    return Drawn(world, register, batches, employers.reports(program, seed, coverage))


def line_of(pack: Pack, today: date) -> int:
    """The dibao line in force in fen, the highest where it differs by register."""
    param = pack.params.get("dibao_line")
    newest = [value.value for value in param.values if value.from_date <= today][-1:] if param else []
    each = [line for value in newest for line in (value.values() if isinstance(value, Mapping) else [value])]
    return max((line for line in each if isinstance(line, int)), default=LINE_FEN)


def _load_organisation(pack: Pack, where: Villages, setting: Setting, drawn: Drawn) -> None:
    known = {each.code for each in pack.divisions}
    rows = [
        (each.code, each.name, each.level, each.parent if each.parent in known else None) for each in pack.divisions
    ]
    insert(Division, ("code", "name", "level", "parent"), rows)
    world = drawn.world
    insert(Employer, employers.EMPLOYER, employers.employer_rows(where, world.seed, world.today, drawn.reports))
    officers.build(pack, setting.surnames.split(), world.today)
    units.build(setting, world.today)


def _load_people(drawn: Drawn) -> None:
    world, register, keys = drawn.world, drawn.register, ring()
    with without_indexes(Person, Household, Member, Guardian, Certificate):
        insert(Person, persons.PERSON, persons.person_rows(world, register, keys))
        insert(Household, ("id", "village_code"), persons.household_rows(world, register))
        insert(Member, persons.MEMBER, persons.member_rows(world, register))
        insert(Guardian, guardians.GUARDIAN, guardians.guardian_rows(world, register))
        insert(Certificate, cards.CERTIFICATE, cards.certificate_rows(world, register, keys))


def _load_statuses(drawn: Drawn, pack: Pack, setting: Setting) -> None:
    facts: list[Fact] = [fact for fact in pack.facts.values() if fact.unit != "employer"]
    counties = [division.code for division in pack.divisions if division.level == "county"]
    with without_indexes(Status, ListReceived):
        insert(Status, statuses.STATUS, statuses.status_rows(drawn.batches, drawn.register))
        rows = statuses.list_rows(facts, counties, setting.late, drawn.world.today)
        insert(ListReceived, statuses.LIST, rows)
