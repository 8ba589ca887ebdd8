"""The nine policies of bench/pack in OpenFisca-Core, as its authors would write them: one vector formula a variable.

OpenFisca has no unknown, so it is only given data without NULLs. Its ints are int32; products that are larger are made
in int64. Codes are small ints. Shares round half up as in Tongxing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.periods import ETERNITY, MONTH
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MONTH_OF = "2026-03"
TODAY = dt.date(2026, 3, 31)
PERSON = Entity("person", "persons", "a person", "")
ROLES = [{"key": "member", "plural": "members", "label": "member"}]
HOUSEHOLD = GroupEntity("household", "households", "a household", "", roles=ROLES)
STANDARD = np.array([86000, 62000, 84000, 61000, 82000, 60000, 83000, 60500])
INTELLECTUAL, MENTAL = 5, 6
VARIABLES: dict[str, type[Variable]] = {}


def variable(name: str, kind: Any, entity: Entity = PERSON, formula: Any = None, period: Any = MONTH) -> None:
    parts = {"value_type": kind, "entity": entity, "definition_period": period}
    VARIABLES[name] = type(name, (Variable,), parts | ({"formula": formula} if formula else {}))


def formula(kind: Any, entity: Entity = PERSON) -> Callable[[Any], Any]:
    def kept(function: Any) -> Any:
        variable(function.__name__, kind, entity, function)
        return function

    return kept


INTS = ("category", "grade", "income", "earned")
BOOLS = ("certified", "in_institution", "student", "employee_pension", "resident_medical", "injury_care")
for _name in INTS:
    variable(_name, int)
for _name in BOOLS:
    variable(_name, bool)
variable("birth_date", dt.date, period=ETERNITY)
variable("local_hukou", bool, HOUSEHOLD)
variable("place", int, HOUSEHOLD)
variable("assets", int, HOUSEHOLD)


@formula(int)
def age(person, t):
    day = person("birth_date", t).astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    count = month.astype(int)
    born = (count % 12 + 1) * 100 + (day - month).astype(int) + 1
    return TODAY.year - 1970 - count // 12 - (born > TODAY.month * 100 + TODAY.day)


@formula(bool)
def disabled(person, t):
    return (person("category", t) != 0) & person("certified", t)


@formula(bool)
def severe(person, t):
    return person("disabled", t) & (person("grade", t) <= 2)


@formula(int)
def countable(person, t):
    earned, income = person("earned", t), person("income", t)
    return np.where((person("category", t) != 0) & (earned > 0), income - (earned + 1) // 2, income)


@formula(int, HOUSEHOLD)
def hh_size(household, t):
    return household.nb_persons()


@formula(int, HOUSEHOLD)
def hh_income(household, t):
    return household.sum(household.members("countable", t))


@formula(int, HOUSEHOLD)
def standard(household, t):
    return STANDARD[household("place", t)]


@formula(bool, HOUSEHOLD)
def dibao(household, t):
    size = household("hh_size", t)
    poor = household("hh_income", t) < household("standard", t) * size
    return household("local_hukou", t) & poor & (household("assets", t) <= 3_000_000 * size)


@formula(int, HOUSEHOLD)
def dibao_fen(household, t):
    size = household("hh_size", t)
    gap = household("standard", t) * size - household("hh_income", t)
    return household("dibao", t) * ((2 * gap + size) // (2 * size))


@formula(bool)
def eligible_dibao(person, t):
    return person.household("dibao", t)


@formula(int)
def amount_dibao(person, t):
    return person.household("dibao_fen", t)


@formula(bool, HOUSEHOLD)
def near_line(household, t):
    line = household("standard", t).astype(np.int64) * household("hh_size", t)
    return household("local_hukou", t) & (household("hh_income", t).astype(np.int64) * 100 < line * 150)


@formula(bool)
def eligible_dibao_single(person, t):
    grade, category = person("grade", t), person("category", t)
    mind = (category == INTELLECTUAL) | (category == MENTAL)
    fits = person("severe", t) | person("disabled", t) & ((grade == 3) | (grade == 4)) & mind
    return ~person("eligible_dibao", t) & person.household("near_line", t) & fits


@formula(int)
def amount_dibao_single(person, t):
    return person("eligible_dibao_single", t) * person.household("standard", t)


@formula(bool)
def any_dibao(person, t):
    return person("eligible_dibao", t) | person("eligible_dibao_single", t)


@formula(bool)
def eligible_living_subsidy(person, t):
    return person("disabled", t) & person("any_dibao", t) & ~person("in_institution", t)


@formula(int)
def amount_living_subsidy(person, t):
    return person("eligible_living_subsidy", t) * 8000


@formula(bool)
def nursing_own(person, t):
    return person("severe", t) & ~person("in_institution", t) & ~person("injury_care", t)


@formula(int)
def nursing_offer(person, t):
    return np.where(person("grade", t) == 1, 12000, 8000)


@formula(bool)
def elderly_own(person, t):
    return (person("age", t) >= 60) & person("eligible_dibao", t) & ~person("in_institution", t)


@formula(bool)
def eligible_nursing_subsidy(person, t):
    return person("nursing_own", t) & ~(person("elderly_own", t) & (person("nursing_offer", t) <= 10000))


@formula(int)
def amount_nursing_subsidy(person, t):
    return person("eligible_nursing_subsidy", t) * person("nursing_offer", t)


@formula(bool)
def eligible_elderly_nursing(person, t):
    return person("elderly_own", t) & ~(person("nursing_own", t) & (person("nursing_offer", t) > 10000))


@formula(int)
def amount_elderly_nursing(person, t):
    return person("eligible_elderly_nursing", t) * 10000


@formula(bool)
def eligible_pension_premium(person, t):
    years = person("age", t)
    fits = (years >= 16) & (years <= 59) & person("severe", t)
    return fits & ~person("employee_pension", t) & ~person("student", t)


@formula(int)
def amount_pension_premium(person, t):
    return person("eligible_pension_premium", t) * 10000


@formula(bool)
def eligible_medical_premium(person, t):
    return person("resident_medical", t) & (person("any_dibao", t) | person("severe", t))


@formula(int)
def amount_medical_premium(person, t):
    return person("eligible_medical_premium", t) * np.where(person("eligible_dibao", t), 40000, 24000)


@formula(bool)
def eligible_child_rehab(person, t):
    return (person("age", t) <= 17) & (person("category", t) != 0) & person.household("local_hukou", t)


@formula(int)
def amount_child_rehab(person, t):
    return person("eligible_child_rehab", t) * 200000


@formula(bool)
def eligible_respite_care(person, t):
    cared_for = person.household.any(person.household.members("eligible_nursing_subsidy", t))
    return cared_for & (person("age", t) >= 18) & ~person("severe", t)


@formula(int)
def amount_respite_care(person, t):
    return person("eligible_respite_care", t) * 0


OUTPUTS = tuple(name for name in VARIABLES if name.startswith(("eligible_", "amount_")))


def system() -> TaxBenefitSystem:
    made = TaxBenefitSystem([PERSON, HOUSEHOLD])
    for each in VARIABLES.values():
        made.add_variable(each)
    return made


def columns(table: pa.Table) -> dict[str, np.ndarray]:
    """The columns of a table of bench.population as the numpy arrays that OpenFisca takes."""
    return {name: _column(table, name) for name in table.column_names}


def simulation(made: TaxBenefitSystem, persons: dict[str, np.ndarray], households: dict[str, np.ndarray]) -> Simulation:
    """Persons and households, loaded in the quickest way there is: roles as numbers."""
    builder = SimulationBuilder()
    builder.create_entities(made)
    builder.declare_person_entity("person", persons["person_id"])
    builder.declare_entity("household", households["household_id"])
    roles = np.zeros(len(persons["person_id"]), int)
    builder.join_with_persons(builder.populations["household"], persons["household_id"], roles)
    loaded = builder.build(made)
    for name in (*INTS, *BOOLS):
        loaded.set_input(name, MONTH_OF, persons[name])
    loaded.set_input("birth_date", "ETERNITY", persons["birth_date"])
    for name in ("local_hukou", "place", "assets"):
        loaded.set_input(name, MONTH_OF, households[name])
    return loaded


def _column(table: pa.Table, name: str) -> np.ndarray:
    if name == "birth_date":
        return table.column(name).to_numpy().astype("datetime64[D]")
    column = table.column(name).combine_chunks()
    return column.indices.to_numpy() if pa.types.is_dictionary(column.type) else column.to_numpy(zero_copy_only=False)


def calculate(loaded: Simulation) -> dict[str, np.ndarray]:
    return {name: loaded.calculate(name, MONTH_OF) for name in OUTPUTS}
