"""Where an indicator stands: its value, what it is held against, and the state that follows. Pure; dates are given.

States: on_track, behind, far_behind while the plan runs; reached, missed after its last day; no_data where nothing is
known or nobody is counted (never 100 % of nothing); no_target where none is set; stale where the data are older than
one and a half rounds of the indicator's rhythm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tongxing.content.indicators import Indicator

STATES = ("on_track", "reached", "behind", "far_behind", "missed", "stale", "no_data", "no_target")
BEHIND = Fraction(9, 10)  # of what is expected by now; less is far behind
ROUNDS = Fraction(3, 2)
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Figure:
    """How many units of one area are in each part of an indicator; `measure` is what the counted add up to."""

    indicator: str
    area: str
    counted: int = 0
    not_counted: int = 0
    unknown: int = 0
    excluded: int = 0
    measure: int = 0

    @property
    def known(self) -> int:
        """Who is counted or not: the denominator of a rate."""
        return self.counted + self.not_counted

    @property
    def anybody(self) -> int:
        return self.known + self.unknown + self.excluded


@dataclass(frozen=True)
class Reading:
    """`exact` is the value before rounding, None where nothing is known. `as_of`: until when the data go."""

    numerator: int | Decimal | None
    denominator: int | Decimal | None
    exact: Fraction | None
    as_of: date

    @property
    def value(self) -> Decimal | None:
        """To one decimal; never 100 unless it is all, and whole numbers stay whole."""
        if self.exact is None:
            return None
        if self.exact.denominator == 1:
            return Decimal(self.exact.numerator)
        shown = (Decimal(self.exact.numerator) / Decimal(self.exact.denominator)).quantize(TENTH, ROUND_HALF_UP)
        return Decimal("99.9") if shown == 100 and self.exact < 100 else shown


@dataclass(frozen=True)
class Aim:
    """What is to be reached, and by the end of which years how much. `value` None: not set, `why` says why not."""

    value: Decimal | None
    compare: str
    tolerance: Decimal
    source: str
    why: str
    steps: Sequence[tuple[int, Decimal]] = ()


def reading(indicator: Indicator, figure: Figure | None, as_of: date) -> Reading:
    """Of an indicator that is counted. A figure of nobody reads as nothing known."""
    if figure is None or not figure.anybody:
        return Reading(None, None, None, as_of)
    if indicator.kind == "rate":
        share = Fraction(100 * figure.counted, figure.known) if figure.known else None
        return Reading(figure.counted, figure.known, share, as_of)
    number = figure.measure if indicator.kind == "sum" else figure.counted
    return Reading(number, None, Fraction(number) if figure.known else None, as_of)


def entered_reading(indicator: Indicator, numbers: Mapping[int, Decimal], as_of: date) -> Reading:
    """Of an indicator whose numbers people enter: the newest year up to `as_of`; growth against the year before."""
    years = [year for year in numbers if date(year, 12, 31) <= as_of]
    if not years:
        return Reading(None, None, None, as_of)
    year = max(years)
    until = date(year, 12, 31)
    if indicator.kind == "entered":
        return Reading(numbers[year], None, Fraction(numbers[year]), until)
    before = numbers.get(year - 1)
    if not before:
        return Reading(numbers[year], None, None, until)
    return Reading(numbers[year], before, (Fraction(numbers[year]) / Fraction(before) - 1) * 100, until)


def aim(indicator: Indicator, set_elsewhere: Mapping[int, Decimal], sources: Mapping[int, str]) -> Aim:
    """The target of the plan, unless confirmed targets of years (`set_elsewhere`) stand in its place."""
    said = indicator.target
    if set_elsewhere:
        last = max(set_elsewhere)
        steps = sorted(set_elsewhere.items())
        return Aim(set_elsewhere[last], said.compare, said.tolerance, sources[last], "", steps)
    steps = [(step.year, step.value) for step in indicator.path]
    return Aim(said.value, said.compare, said.tolerance, said.source, said.missing, steps)


def expected(aim: Aim, day: date, starts_at_zero: bool) -> Decimal | None:
    """Where it should stand on a day: between the ends of two years in proportion; after the last one the target."""
    if aim.value is None:
        return None
    ends = dict(aim.steps)
    here = ends.get(day.year)
    if here is None:
        return aim.value if not ends or day.year > max(ends) else Decimal(0)
    before = ends.get(day.year - 1, Decimal(0) if starts_at_zero else here)
    length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    passed = (day - date(day.year, 1, 1)).days + 1
    return before + (here - before) * passed / length


def is_met(exact: Fraction, wanted: Decimal, aim: Aim) -> bool:
    if aim.compare == "more_than":
        return exact > Fraction(wanted)
    return exact >= Fraction(wanted) - (Fraction(aim.tolerance) if aim.compare == "about" else 0)


def state(indicator: Indicator, found: Reading, aim: Aim, today: date, plan_until: date) -> str:
    """One of STATES."""
    if found.exact is None:
        return "no_data"
    if aim.value is None:
        return "no_target"
    if today - found.as_of > timedelta(days=int(indicator.rhythm_days * ROUNDS)):
        return "stale"
    if today > plan_until <= found.as_of:
        return "reached" if is_met(found.exact, aim.value, aim) else "missed"
    wanted = expected(aim, found.as_of, starts_at_zero=indicator.kind != "rate")
    assert wanted is not None
    if is_met(found.exact, wanted, aim):
        return "on_track"
    return "behind" if _is_near(found.exact, wanted, aim) else "far_behind"


def _is_near(exact: Fraction, wanted: Decimal, aim: Aim) -> bool:
    if aim.compare == "about":
        return exact >= Fraction(wanted) - 2 * Fraction(aim.tolerance)
    return exact >= Fraction(wanted) * BEHIND
