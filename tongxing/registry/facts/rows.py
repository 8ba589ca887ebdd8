"""Reads of the operational tables as rows; the only raw SQL of the registry.

Days come as ISO text on every database: numpy reads two million of them faster than Django makes date objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

Rows = list[tuple[object, ...]]

PEOPLE = """
SELECT m.household_id, p.id, CAST(p.birth_date AS TEXT), p.sex, p.hukou, p.local_hukou, p.village_code,
       CAST(p.death_date AS TEXT), CAST(p.moved_out_date AS TEXT)
FROM registry_member m JOIN registry_person p ON p.id = m.person_id
WHERE m.from_date <= %s AND (m.until_date IS NULL OR m.until_date > %s){scope}
ORDER BY m.household_id, p.id
"""
HOUSEHOLDS = "SELECT id, village_code FROM registry_household{scope} ORDER BY id"
CERTIFICATES = """
SELECT c.person_id, c.category, c.parts, c.grade, CAST(c.issued_date AS TEXT),
       CAST(c.valid_until_date AS TEXT), c.state
FROM registry_certificate c{join}
WHERE c.issued_date <= %s AND c.state <> 'replaced'{scope}
ORDER BY c.issued_date, c.id
"""
STATUSES = """
SELECT s.fact, COALESCE(s.person_id, s.household_id), CAST(s.from_date AS TEXT), s.value, s.answer,
       CAST(s.received_date AS TEXT), s.source = '同行发放'
FROM registry_status s
WHERE {which} AND s.from_date <= %s AND (s.until_date IS NULL OR s.until_date > %s) AND s.received_date <= %s
ORDER BY s.received_date, s.id
"""
# Of a complete list only who and since when; the rows of one list need no order.
LISTED = """
SELECT COALESCE(s.person_id, s.household_id), CAST(s.from_date AS TEXT), s.source = '同行发放' FROM registry_status s
WHERE s.fact = %s AND s.from_date <= %s AND (s.until_date IS NULL OR s.until_date > %s) AND s.received_date <= %s
"""
LISTS = """
SELECT fact, division_code, MAX(as_of_date) FROM registry_listreceived
WHERE received_date <= %s GROUP BY fact, division_code
"""
EMPLOYERS = "SELECT id, division_code, facts, reported_date FROM organisation_employer ORDER BY id"


def fetch(sql: str, params: Sequence[object]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _within(column: str, ids: Sequence[int] | None) -> str:
    """A condition on whole numbers that we made ourselves; ints cannot carry SQL."""
    return "" if ids is None else f" AND {column} IN ({','.join(str(int(i)) for i in ids)})"


def people(as_of: date, households: Sequence[int] | None) -> Rows:
    return fetch(PEOPLE.format(scope=_within("m.household_id", households)), [as_of, as_of])


def households(ids: Sequence[int] | None) -> Rows:
    return fetch(HOUSEHOLDS.format(scope=_within("id", ids).replace(" AND", " WHERE", 1)), [])


def certificates(as_of: date, person_ids: Sequence[int] | None) -> Rows:
    return fetch(CERTIFICATES.format(join="", scope=_within("c.person_id", person_ids)), [as_of])


def statuses_of(as_of: date, person_ids: Sequence[int], household_ids: Sequence[int]) -> dict[str, Rows]:
    """fact → (unit, from, value, answer, received, ours) of a few units, oldest received first; one query."""
    one, other = _within("s.person_id", person_ids)[4:], _within("s.household_id", household_ids)[4:]
    found: dict[str, Rows] = {}
    for fact, *rest in fetch(STATUSES.format(which=f"({one} OR {other})"), [as_of, as_of, as_of]):
        found.setdefault(str(fact), []).append(tuple(rest))
    return found


def statuses(fact: str, as_of: date) -> Rows:
    """(unit, from, value, answer, received, ours) of everybody for one fact, oldest received first."""
    return [row[1:] for row in fetch(STATUSES.format(which="s.fact = %s"), [fact, as_of, as_of, as_of])]


def listed(fact: str, as_of: date) -> Rows:
    """(unit, from, ours) of everybody on the list of one fact."""
    return fetch(LISTED, [fact, as_of, as_of, as_of])


def lists(as_of: date) -> Rows:
    return fetch(LISTS, [as_of])


def employers() -> Rows:
    return fetch(EMPLOYERS, [])
