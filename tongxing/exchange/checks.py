"""What a line must keep to beyond its single cells: with its other cells, the other lines, and the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from tongxing.content.layout import Layout
from tongxing.exchange.lines import Line, Problem
from tongxing.exchange.scope import Scope
from tongxing.lib.dates import spoken_date
from tongxing.lib.divisions import is_under
from tongxing.lib.text import normalise_name

Found = Iterator[tuple[str, str]]  # (field, message)
GRADES = range(1, 5)


def check(lines: Sequence[Line], layout: Layout, scope: Scope) -> None:
    """Adds problems to the lines, each under the header of its column."""
    _check_twice(lines, layout)
    for line in lines:
        titled = {problem.column for problem in line.problems}
        for rule in RULES:
            for field, message in rule(line, scope):
                if (title := layout.title(field)) not in titled:  # one problem a cell is enough to mend it
                    line.problems.append(Problem(title, message))
                    titled.add(title)


def _check_twice(lines: Sequence[Line], layout: Layout) -> None:
    """A person once; a list of certificates may add the ones that they had before."""
    seen: dict[str, int] = {}
    for line in lines:
        key = str(line.person.id if line.person else line.id_number)
        if line.certificate and line.values.get("state", "valid") != "valid":
            key = line.certificate.number
        first = seen.setdefault(key, line.number)
        if key != "None" and first != line.number:
            message = f"和第 {first} 行是同一个人。请只留一行；如果不是同一个人，请核对号码。"
            line.problems.append(Problem(layout.key_title, message))


def certificate_fits(line: Line, scope: Scope) -> Found:
    number, resident = line.certificate, line.resident
    if number is None:
        return
    if resident and number.id_number != resident.number:
        yield "certificate_number", "残疾人证号的前 18 位和这一行的身份证号不一样。请对照证件改。"
    if line.values.get("category", number.category) != number.category:
        yield "category", "残疾类别和证号第 19 位对不上。请对照证件改。"
    if line.values.get("grade") in GRADES and line.values["grade"] != number.grade:
        yield "grade", f"残疾等级写的是 {line.values['grade']}，证号第 20 位是 {number.grade}。请对照证件改。"


def grade_exists(line: Line, scope: Scope) -> Found:
    if "grade" in line.values and line.values["grade"] not in GRADES:
        yield "grade", f"残疾等级只有一级到四级，写的是 {line.values['grade']}。请对照证件改。"


def name_fits(line: Line, scope: Scope) -> Found:
    name = line.values.get("name")
    if line.person and name and normalise_name(line.person.name) != name:
        yield "name", "姓名和库里这个号码的人对不上。请核对姓名和号码，有一个写错了。"


def of_this_area(line: Line, scope: Scope) -> Found:
    """Nobody changes the file of a person of another area, whose list this is not."""
    if line.person is None:
        return
    village = line.person.household_village if scope.feed.unit == "household" else None
    if not is_under(village or line.person.village_code, scope.division_code):
        yield scope.feed.match_by[0], "这个人登记在别的辖区，不归这份名单。请核对号码，或转给那边的部门。"


def days_are_possible(line: Line, scope: Scope) -> Found:
    """What has happened did not happen after the day of the list, nor to a person before they were born."""
    birth = line.identity.birth_date if line.identity else None
    for field in ("death_date", "issued_date", scope.from_field):
        day = line.values.get(field)
        if not isinstance(day, date):
            continue
        if day > scope.as_of_date:
            yield field, f"这一天在名单截至日（{spoken_date(scope.as_of_date)}）之后。请核对年份。"
        elif birth and day < birth and scope.feed.unit == "person":
            yield field, f"这一天早于出生日期（{spoken_date(birth)}）。请核对。"


def validity_follows_issue(line: Line, scope: Scope) -> Found:
    issued, until = line.values.get("issued_date"), line.values.get("valid_until_date")
    if issued and until and until <= issued:
        yield "valid_until_date", f"有效期截止日不晚于发证日期（{spoken_date(issued)}）。请对照证件改。"


RULES: Sequence[Callable[[Line, Scope], Found]] = (
    certificate_fits,
    grade_exists,
    name_fits,
    of_this_area,
    days_are_possible,
    validity_follows_issue,
)
