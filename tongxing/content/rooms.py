"""Reads what stands around the policies: codes, roles, purposes, departments, glossary, divisions, the calendar."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import StringIO

from tongxing.content.blocks import Block, Items
from tongxing.content.fields import Fields, Mistakes, as_day
from tongxing.content.pack import Calendar, Demo, Department, Division, Purpose, Role, Term
from tongxing.lib.place import PackError, Place, Text, nearest, place_of

PEOPLE = ("all", "holders", "minors", "households_on_help", "own", "none")
LEVELS = ("none", "village", "township", "county", "city")
DIVISION_COLUMNS = ["code", "name", "level", "parent"]


def each(block: Block, what: str, mistakes: Mistakes) -> Iterator[tuple[Text, Fields]]:
    """The mappings inside a mapping; unknown keys of each are noted when the next one is asked for."""
    for id_, value in block.items():
        fields = Fields(value, mistakes, f"{what} {id_} ", id_.place)
        yield id_, fields
        fields.finish()


def check_known(name: Text | None, known: Iterable[str], what: str, mistakes: Mistakes) -> None:
    known = list(known)
    if name is not None and name not in known:
        mistakes.note(f"没有{what} {name}{nearest(name, known)}", name.place)


def read_codes(block: Block, mistakes: Mistakes) -> dict[str, dict[str, str]]:
    """{list: {code: name}}."""
    fields = Fields(block, mistakes, "codes.yaml ")
    return {str(name): {str(code): str(said) for code, said in fields.inner(name).items()} for name in block}


def read_roles(
    block: Block, departments: Mapping[str, object], purposes: Mapping[str, object], mistakes: Mistakes
) -> dict[str, Role]:
    """Roles by id; their departments and purposes must be known."""
    roles = {}
    for id_, fields in each(block, "角色", mistakes):
        department = fields.text("department")
        check_known(department, departments, "部门", mistakes)
        for purpose in fields.names("purposes"):
            check_known(purpose, purposes, "目的", mistakes)
        roles[str(id_)] = Role(
            id=id_,
            name=fields.words("name", need=True),
            department=str(department) if department else None,
            level=fields.choice("level", LEVELS),
            rights=fields.names("rights"),
            purposes=fields.names("purposes"),
            demo=_demo(fields, mistakes),
        )
    return roles


def _demo(role: Fields, mistakes: Mistakes) -> Demo | None:
    value = role.raw("demo")
    if value is None:
        return None
    fields = Fields(value, mistakes, "demo ")
    nowhere = Text("", fields.place)
    demo = Demo(fields.words("name", need=True), fields.words("hint"), fields.text("division", need=True) or nowhere)
    fields.finish()
    return demo


def read_purposes(block: Block, mistakes: Mistakes) -> dict[str, Purpose]:
    return {
        str(id_): Purpose(
            id_, fields.words("name", need=True), fields.choice("people", PEOPLE), fields.words("basis", need=True)
        )
        for id_, fields in each(block, "目的", mistakes)
    }


def read_departments(block: Block, mistakes: Mistakes) -> dict[str, Department]:
    departments = {}
    for id_, fields in each(block, "部门", mistakes):
        name = fields.words("name", need=True)
        departments[str(id_)] = Department(id_, name, fields.words("county", name), fields.words("city", name))
    return departments


def read_glossary(block: Block, mistakes: Mistakes) -> dict[str, Term]:
    return {
        str(id_): Term(
            id_, fields.words("term", need=True), fields.words("english", need=True), fields.words("plain", need=True)
        )
        for id_, fields in each(block, "词条", mistakes)
    }


def read_divisions(text: str, name: str, mistakes: Mistakes) -> list[Division]:
    """code,name,level,parent; the first row is the whole, parents stand before their parts."""
    reader = csv.DictReader(StringIO(text))
    if reader.fieldnames != DIVISION_COLUMNS:
        mistakes.note(f"第一行要是 {','.join(DIVISION_COLUMNS)}", Place(name, 1, 1))
        return []
    divisions: dict[str, Division] = {}
    for row in reader:
        division = Division(*(row[column] or "" for column in DIVISION_COLUMNS))
        if wrong := _wrong_division(division, divisions):
            mistakes.append(PackError(wrong, Place(name, reader.line_num, 1)))
        divisions[division.code] = division
    return list(divisions.values())


def _wrong_division(division: Division, known: Mapping[str, Division]) -> str:
    if len(division.code) != 12 or not division.code.isdigit() or not division.code.isascii():
        return f"区划代码要是 12 位数字，不是 {division.code}"
    if division.level not in LEVELS[1:]:
        return f"level 只能是 {'、'.join(LEVELS[1:])}，不是 {division.level}"
    if division.code in known:
        return f"代码 {division.code} 写了两遍"
    if known and division.parent not in known:
        return f"上级 {division.parent} 还没有出现"
    return ""


def read_calendar(block: Block, mistakes: Mistakes) -> Calendar:
    fields = Fields(block, mistakes, "calendar.yaml ")
    fields.words("source")
    ends = fields.day("ends", need=True) or date.max
    holidays, workdays = _days(fields, "holidays", mistakes), _days(fields, "workdays", mistakes)
    for day, place in holidays.items():
        if day in workdays:
            mistakes.note(f"{day} 既放假又上班", place)
    for day, place in (holidays | workdays).items():
        if day > ends:
            mistakes.note(f"{day} 在 ends 后面", place)
    fields.finish()
    return Calendar(frozenset(holidays), frozenset(workdays), ends)


def _days(fields: Fields, key: str, mistakes: Mistakes) -> dict[date, Place]:
    """{year: [days]} as {day: its place}."""
    days: dict[date, Place] = {}
    for year, items in fields.inner(key).items():
        if not isinstance(items, Items):
            mistakes.note("要写成 [日期, 日期, …]", place_of(items))
            continue
        for text in items:
            try:
                day = as_day(str(text))
            except ValueError as wrong:
                mistakes.note(str(wrong), place_of(text))
            else:
                days[day] = place_of(text)
                if str(day.year) != year:
                    mistakes.note(f"{day} 不在 {year} 年", place_of(text))
    return days
