"""A list of disability certificates: new ones are added, a reissue replaces the one before, which stays as history.

A person who is not in the registry yet is entered with what the list says. They get no household: who lives together
is not on this list, and a guess would make wrong yeses and noes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tongxing.content.cells import read_code
from tongxing.content.layout import Layout
from tongxing.exchange.lines import Line, Problem
from tongxing.exchange.matching import chunks, known_people
from tongxing.exchange.plans.plan import Plan
from tongxing.exchange.scope import Scope
from tongxing.lib.dates import spoken_date
from tongxing.lib.mistakes import BadValue
from tongxing.lib.pinyin import initials
from tongxing.registry.alike import Newcomer, held_already
from tongxing.registry.keys import ring
from tongxing.registry.likeness import Traits, spoken
from tongxing.registry.models import Certificate, Person, new_serial

MOST_COMPARED = 2_000  # newcomers of one list
Held = dict[int, list[Certificate]]
SAID = ("parts", "issued_date", "valid_until_date", "state")
DAYS = {"issued_date": "发证日期", "valid_until_date": "有效期至"}


def certificate_plan(lines: Sequence[Line], layout: Layout, scope: Scope) -> Plan:
    plan = Plan(lines, layout)
    held = _held({line.person.id for line in lines if line.person})
    owners = known_people("certificate", {line.certificate.number for line in lines if line.certificate})
    for line in lines:
        owner = owners.get(line.certificate.number) if line.certificate else None
        if line.good and owner and (line.person is None or line.person.id != owner.id):
            _refuse(plan, line, "certificate_number", "这个证号在库里是另一个人的。请核对号码。")
        elif line.good:
            _plan_line(plan, line, scope, held)
    _warn_of_likeness([line for line in lines if line.action == "start" and line.person is None])
    return plan


def _warn_of_likeness(newcomers: Sequence[Line]) -> None:
    """Who looks like somebody held already is entered all the same; the note says whom to compare. The first list of
    a whole city is left to the night's search."""
    if len(newcomers) > MOST_COMPARED:
        return
    found = held_already(_newcomer(line) for line in newcomers)
    for line in newcomers:
        if line.number in found:
            number, why = found[line.number]
            line.note = f"像库里的人员 {number}：{spoken(why)}。收下以后，在“可能重复”里核对。"


def _newcomer(line: Line) -> Newcomer:
    resident = line.identity
    assert resident is not None
    traits = Traits(line.values["name"], resident.birth_date, resident.sex, resident.number)
    return Newcomer(line.number, traits, line.values["village_code"])


def _held(people: set[int]) -> Held:
    """The certificates of each person, newest first."""
    found: Held = {}
    for part in chunks(people):
        for certificate in Certificate.objects.filter(person_id__in=part).order_by("-issued_date", "-id"):
            found.setdefault(certificate.person_id, []).append(certificate)
    return found


def _plan_line(plan: Plan, line: Line, scope: Scope, held: Held) -> None:
    if line.certificate is None:
        return _refuse(plan, line, "certificate_number", "没有残疾人证号，不能入库。请填上。")
    if "parts" in line.values and not _read_parts(plan, line):
        return None
    if line.person is None:
        return _plan_newcomer(plan, line, scope)
    indexes = ring().blind_indexes("certificate", line.certificate.number)
    owned = held.get(line.person.id, [])
    same = next((one for one in owned if bytes(one.number_index) in indexes), None)
    valid = next((one for one in owned if one.state == Certificate.State.VALID), None)
    if same:
        _plan_known(plan, line, same, valid)
    else:
        _plan_new(plan, line, scope, valid)


def _refuse(plan: Plan, line: Line, field: str, message: str) -> None:
    line.action = "bad"
    line.problems.append(Problem(plan.layout.title(field), message))


def _read_parts(plan: Plan, line: Line) -> bool:
    """'肢体、智力' → 'limb,intellectual', as the certificate keeps it."""
    names = {str(value): str(label) for value, label in Certificate.Category.choices}
    words = [word for word in re.split(r"[,，、;；+/和\s]+", line.values["parts"]) if word]
    try:
        line.values["parts"] = ",".join(read_code(word, names) for word in words)
    except BadValue as wrong:
        _refuse(plan, line, "parts", str(wrong))
    return line.good


def _said(line: Line) -> dict[str, Any]:
    """What the list says of the certificate; the number itself gives category and grade where columns do not."""
    number = line.certificate
    assert number is not None
    said = {field: line.values[field] for field in SAID if field in line.values}
    return said | {"category": number.category, "grade": number.grade}


def _plan_known(plan: Plan, line: Line, same: Certificate, valid: Certificate | None) -> None:
    """The same number again: a longer validity or a corrected day is written down, the old value kept in the change."""
    after = {field: value for field, value in _said(line).items() if getattr(same, field) != value}
    if valid and valid.pk != same.pk:
        after.pop("state", None)  # replaced by a newer one: an old list does not bring it back
    if not after:
        line.action = "keep"
        return
    line.action, line.note = "change", "证号没变，内容和库里不同。"
    plan.alter("certificate", same.pk, {field: getattr(same, field) for field in after}, after)


def _plan_new(plan: Plan, line: Line, scope: Scope, valid: Certificate | None) -> None:
    assert line.person is not None
    if not _complete(plan, line):
        return
    line.action = "start"
    if valid and _is_valid(line):
        if line.values["issued_date"] < valid.issued_date:
            when = spoken_date(valid.issued_date)
            return _refuse(plan, line, "issued_date", f"这个证比库里的旧，库里的是 {when}发的。请核对发证日期。")
        line.action, line.note = "change", f"换证：原来是{valid}。"
        plan.alter("certificate", valid.pk, {"state": valid.state}, {"state": "replaced"})
    plan.certificates.append(_certificate(line, line.person.id, scope))


def _is_valid(line: Line) -> bool:
    """A list without a column of states speaks of certificates in force."""
    return bool(line.values.get("state", "valid") == "valid")


def _complete(plan: Plan, line: Line) -> bool:
    """A new certificate needs its days; without them the line is bad."""
    missing = [field for field in DAYS if field not in line.values]
    for field in missing:
        _refuse(plan, line, field, f"新证要写{DAYS[field]}。请填上。")
    return not missing


def _plan_newcomer(plan: Plan, line: Line, scope: Scope) -> None:
    if not _is_valid(line):
        line.action, line.note = "none", "库里没有这个人，证也不再有效，跳过。"
        return
    if not _complete(plan, line):
        return
    if "name" not in line.values or "village_code" not in line.values:
        field = "village_code" if "name" in line.values else "name"
        return _refuse(plan, line, field, "库里没有这个人，要入库得有姓名和村社区。请补上。")
    person = _person(line, scope)
    line.action, line.note = "start", "新持证人，还没有户，请村里补登同住的人。"
    plan.persons.append(person)
    plan.certificates.append(_certificate(line, person.id, scope))


def _person(line: Line, scope: Scope) -> Person:
    resident, keys, id_ = line.identity, ring(), new_serial()
    assert resident is not None
    number = resident.number
    return Person(
        id=id_,
        name=line.values["name"],
        initials=initials(line.values["name"])[:20],
        sex=resident.sex,
        birth_date=resident.birth_date,
        village_code=line.values["village_code"],
        id_number_sealed=keys.seal(number, place=f"person.id_number.{id_}"),
        id_number_index=keys.blind_index("id_number", number),
        id_tail_index=keys.blind_index("id_tail", number[-4:]),
        registered_date=scope.received_date,
    )


def _certificate(line: Line, person_id: int, scope: Scope) -> Certificate:
    assert line.certificate is not None
    number, keys = line.certificate.number, ring()
    return Certificate(
        person_id=person_id,
        number_sealed=keys.seal(number, place=f"certificate.number.{person_id}"),
        number_index=keys.blind_index("certificate", number),
        source=scope.source,
        received_date=scope.received_date,
        **_said(line),
    )
