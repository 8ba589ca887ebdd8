"""The lengths of the four lists by county, and what the clauses of the plan lead to."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from tongxing.content.instance import pack
from tongxing.evaluation.inputs import ClauseLine, GapLine, PolicyGap
from tongxing.lib.disclosure import Row, Withheld, protect, shown
from tongxing.organisation.models import Division
from tongxing.organisation.queries import parts_of
from tongxing.plan.models import Count
from tongxing.plan.queries.coverage import Covered, coverage
from tongxing.policy.queries.figures import KINDS, Figures, by_area, by_policy, totals
from tongxing.releases.queries.promises import PUBLIC_KINDS

COUNTY = 6  # digits
CITY = "city"
NAMED = 3  # objects of a clause that are named; the rest is counted


def gap_lines(count: Count, city: str, *, is_public: bool) -> list[GapLine]:
    """By county; what is public goes through the one mechanism that hides small cells."""
    found, counties = by_area(count.run, "", COUNTY), parts_of(city)
    sums = {part.code: totals(_of(found, part.code)) for part in counties}
    columns = {kind: _column(kind, sums, is_public) for kind in KINDS}
    return [_gap(part, columns) for part in counties]


def _of(found: Mapping[tuple[str, str], Figures], code: str) -> list[Figures]:
    return [figures for (_, area), figures in found.items() if area == code[:COUNTY]]


def _column(kind: str, sums: Mapping[str, Mapping[str, int]], is_public: bool) -> dict[str, int | None]:
    counts = {code: each[kind] for code, each in sums.items()}
    if not is_public:
        return dict(counts)
    rows = [Row(CITY, "place", None, sum(counts.values())), *(Row(c, "place", CITY, n) for c, n in counts.items())]
    try:
        release = protect(rows)
    except Withheld:
        return dict.fromkeys(counts)
    return {code: shown(release, code).whole for code in counts}


def _gap(part: Division, columns: Mapping[str, Mapping[str, int | None]]) -> GapLine:
    return GapLine(part.name, **{kind: columns[kind][part.code] for kind in KINDS})


def policy_gaps(count: Count) -> list[PolicyGap]:
    """The policies that most people miss out on; only for officers."""
    found, policies = by_policy(count.run, ""), pack(settings.PACK).policies
    lines = [
        PolicyGap(policies[id_].name, each.entitled, each.missing_out) for id_, each in found.items() if id_ in policies
    ]
    return sorted((line for line in lines if line.missing), key=lambda line: (-line.missing, line.name))


def clause_lines(count: Count) -> list[ClauseLine]:
    """Every clause of the plan with what carries it out on the day of the counting."""
    return [_clause(id_, covered) for id_, covered in coverage(count, count.as_of_date).items()]


def _clause(id_: str, covered: Covered) -> ClauseLine:
    """Only what has a name for everybody is named; facts, pages and posts are counted."""
    named = [each.name for each in covered.linked if each.link.partition(":")[0] in PUBLIC_KINDS]
    system = covered.clause.section.split(".")[0]
    others = len(covered.linked) - len(named[:NAMED])
    return ClauseLine(id_, covered.clause.title, system, named[:NAMED], others, covered.records, covered.gap)
