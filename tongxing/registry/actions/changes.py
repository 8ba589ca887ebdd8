"""What is told of a person, what they receive, where they are reached, and their certificate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.content.pack import Fact
from tongxing.journal.actions import record
from tongxing.lib.contact import parse_phone
from tongxing.lib.dates import parse_date
from tongxing.lib.identity import certificate_number
from tongxing.lib.mistakes import BadNumber
from tongxing.lib.money import parse_yuan
from tongxing.registry.keys import ring
from tongxing.registry.models import Certificate, Finding, Household, Person, Status
from tongxing.registry.places import address_of
from tongxing.registry.queries import check_person


@transaction.atomic
def look_at(*, person: Person, by: Actor) -> Person:
    """A look at a file is written down with its purpose before anything is shown (S14)."""
    check_may(by, Right.SEE_PERSON, Right.OWN_AFFAIRS, Right.ASSESS)
    record(by=by, verb="registry.looked", subject=f"person:{person.pk}")
    return person


@transaction.atomic
def unmask(*, person: Person, field: str, by: Actor) -> str | None:
    """One field in full, for one purpose, written down (S9)."""
    check_may(by, Right.UNMASK)
    record(by=by, verb="registry.unmasked", subject=f"person:{person.pk}", field=field)
    return address_of(by, person) if field == "address" else person.opened(field)


@dataclass(frozen=True)
class Told:
    """What somebody told us about one fact: the words as typed ('refused' if they would not say), and who told.

    `seen` is the number of the newest status that the writer had before them; None where nobody looked first.
    """

    fact: str
    words: str
    source: str
    on: date
    seen: int | None = None


class Overtaken(Exception):
    """Somebody else wrote another value of the fact after the writer had looked. `theirs` is what stands now."""

    def __init__(self, theirs: Status) -> None:
        super().__init__("这一项刚才别人写过，和您填的不一样。请选留哪个。")
        self.theirs = theirs


@transaction.atomic
def answer(*, person: Person, household: Household | None, told: Told, by: Actor) -> Status:
    """Writes down one answer as a status of the person or the household.

    Raises ValidationError with how to mend it; Overtaken, and writes nothing, if it would cover what another has just
    written (D17).
    """
    check_person(by, person, Right.ANSWER_FACTS, Right.OWN_AFFAIRS)
    declared = pack(settings.PACK).facts.get(told.fact)
    if declared is None or declared.origin != "status":
        raise ValidationError("这一项由部门名单更新，不能在这里改。请找负责的部门。")
    value = None if told.words == "refused" else stored_value(declared, told.words)
    home = declared.unit == "household"
    _check_not_overtaken(person, household if home else None, told, value)
    status = Status.objects.create(
        person=None if home else person,
        household=household if home else None,
        fact=told.fact,
        answer=Status.Answer.REFUSED if value is None else Status.Answer.KNOWN,
        value=value or "",
        from_date=told.on,
        source=told.source,
        received_date=told.on,
    )
    record(by=by, verb="registry.answered", subject=f"person:{person.pk}", fact=told.fact, status=status.pk)
    return status


def _check_not_overtaken(person: Person, household: Household | None, told: Told, value: str | None) -> None:
    """Of two who write the same fact at once the second waits here for the first."""
    if told.seen is None:
        return
    Person.objects.select_for_update().get(pk=person.pk)
    whose = {"household": household} if household else {"person": person}
    newest = Status.objects.filter(fact=told.fact, pk__gt=told.seen, **whose).order_by("pk").last()
    if newest is not None and newest.value != (value or ""):
        raise Overtaken(newest)


CERTIFICATE_YEARS = 10
OWN = "同行发放"  # the source of what we pay or grant ourselves: known without a department's list


@transaction.atomic
def note_receipt(*, by: Actor | None, person: Person, unit_id: int, policy: str, from_date: date) -> Status:
    """The unit receives this policy from us: a fact from now on. `by` None is the system."""
    receipt, home = _receipt(policy)
    status = Status.objects.create(
        person=None if home else person,
        household_id=unit_id if home else None,
        fact=receipt,
        value="true",
        from_date=from_date,
        source=OWN,
        received_date=timezone.localdate(),
    )
    record(by=by, verb="registry.receives", subject=f"person:{person.pk}", policy=policy, status=status.pk)
    return status


@transaction.atomic
def end_receipt(*, by: Actor | None, person: Person, unit_id: int, policy: str, until_date: date) -> int:
    """From this day on the unit no longer receives it, whoever said that it does. How many statuses ended."""
    receipt, home = _receipt(policy)
    whose = {"household": unit_id} if home else {"person": unit_id}
    open_ones = Status.objects.filter(fact=receipt, **whose).filter(Q(until_date=None) | Q(until_date__gt=until_date))
    ended = open_ones.update(until_date=until_date)
    record(by=by, verb="registry.receives_no_more", subject=f"person:{person.pk}", policy=policy, ended=ended)
    return ended


def _receipt(policy: str) -> tuple[str, bool]:
    """(the fact that says who receives the policy, whether it is a household's)."""
    known = pack(settings.PACK).policies[policy]
    return str(known.receipt or f"receives_{policy}"), known.unit == "household"


@transaction.atomic
def change_phone(*, by: Actor | None, person: Person, number: str) -> Person:
    """Where texts go from now on. Raises ValidationError with how to write it."""
    check_person(by, person, Right.WORK_CASE, Right.OWN_AFFAIRS)
    try:
        plain = parse_phone(number)
    except BadNumber as error:
        raise ValidationError(str(error)) from error
    person.phone_sealed = ring().seal(plain, place=f"person.phone.{person.id}")
    person.phone_index = ring().blind_index("phone", plain)
    if person.contact == Person.Contact.NO_PHONE:
        person.contact = Person.Contact.SMS
    person.save(update_fields=["phone_sealed", "phone_index", "contact"])
    record(by=by, verb="registry.phone_changed", subject=f"person:{person.pk}")
    return person


@transaction.atomic
def note_finding(*, by: Actor | None, case_number: str, person: Person, parts: Sequence[str], grade: int) -> Finding:
    """Category and grade, once for a case. Raises ValidationError with what is missing."""
    actor = check_person(by, person, Right.ASSESS)
    known = [str(part) for part in Certificate.Category if part in parts and part != "multiple"]
    if not known:
        raise ValidationError("请选类别，至少一项。")
    if grade not in dict(Certificate.GRADES):
        raise ValidationError("请选等级，一级到四级。")
    finding = Finding.objects.create(
        case_number=case_number,
        person=person,
        parts=",".join(known),
        grade=grade,
        found_at=timezone.now(),
        by_user_id=actor.user_id,
        by_label=actor.label[:80],
    )
    record(by=by, verb="registry.assessed", subject=f"person:{person.pk}", case=case_number, finding=finding.pk)
    return finding


@transaction.atomic
def issue_certificate(*, by: Actor | None, finding: Finding, on: date) -> Certificate:
    """The certificate that follows from a finding; good for ten years. Raises ValidationError if it cannot be."""
    check_may(by, Right.DECIDE_CASE)
    person = finding.person
    id_number = person.opened("id_number")
    if id_number is None:
        raise ValidationError("库里没有这个人的证件号码，证号编不出来。请先补上。")
    if Certificate.objects.filter(person=person, state=Certificate.State.VALID).exists():
        raise ValidationError("这个人已经有一张有效的残疾人证。")
    number = certificate_number(id_number, finding.category, finding.grade)
    index = ring().blind_index("certificate", number)
    if Certificate.objects.filter(number_index=index).exists():
        raise ValidationError("这个证号以前发过。请走换证。")
    certificate = Certificate.objects.create(
        person=person,
        number_sealed=ring().seal(number, place=f"certificate.number.{person.pk}"),
        number_index=index,
        category=finding.category,
        parts=finding.parts if finding.category == "multiple" else "",
        grade=finding.grade,
        issued_date=on,
        valid_until_date=on.replace(year=on.year + CERTIFICATE_YEARS, day=min(on.day, 28)),
        source="残联",
        received_date=on,
    )
    record(by=by, verb="registry.certified", subject=f"person:{person.pk}", certificate=certificate.pk)
    return certificate


def stored_value(fact: Fact, words: str) -> str:
    """The text form of a typed value. Raises ValidationError saying how to write it."""
    try:
        return _STORED[fact.type](fact, words.strip())
    except ValueError as error:
        raise ValidationError(str(error)) from error


def _stored_bool(fact: Fact, words: str) -> str:
    if words not in ("true", "false"):
        raise ValueError("请选“是”或“不是”。")
    return words


def _stored_int(fact: Fact, words: str) -> str:
    if not words.lstrip("-").isdigit():
        raise ValueError("请填一个整数，比如 3。")
    return str(int(words))


def _stored_code(fact: Fact, words: str) -> str:
    if words not in fact.code_values:
        raise ValueError("请从列出的几项里选一项。")
    return words


_STORED: dict[str, Callable[[Fact, str], str]] = {
    "bool": _stored_bool,
    "int": _stored_int,
    "code": _stored_code,
    "money": lambda fact, words: str(parse_yuan(words)),
    "date": lambda fact, words: parse_date(words).isoformat(),
}
