"""Reads of people, always through the scope of the one who asks: division × purpose (S3)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet

from tongxing.accounts.access import Actor, check_free, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.models import Entry
from tongxing.lib.identity import BadNumber, parse_certificate_number, parse_resident_id
from tongxing.lib.text import normalise, normalise_number
from tongxing.registry.keys import ring
from tongxing.registry.models import Certificate, Finding, Guardian, Household, Member, Person, Status

ADULT = 18


def within(prefix: str, field: str = "village_code") -> Q:
    """Division codes that start with the prefix, as a range that any index serves."""
    if len(prefix) >= 12:
        return Q(**{field: prefix})
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": f"{int(prefix) + 1:0{len(prefix)}d}"})


def here(actor: Actor, field: str = "village_code", person: str = "pk") -> Q:
    """In the actor's area; and protected people for whom the actor was named, who are in no area below the county."""
    area = within(actor.prefix, field)
    return area | Q(**{f"{person}__in": actor.named}) if actor.named else area


def people_for(actor: Actor) -> QuerySet[Person]:
    """The people this actor may see for their purpose. Every list and page of people starts here."""
    return files_for(actor).filter(merged_into=None)


def files_for(actor: Actor) -> QuerySet[Person]:
    """The same with files that were merged into another: to be read as history, and to lead to the one that counts."""
    if actor.people == "own":  # wherever they live
        return Person.objects.filter(pk__in=actor.own)
    return Person.objects.filter(here(actor)).filter(_of_purpose(actor.people))


def file_that_counts(actor: Actor, person_id: int) -> Person | None:
    """Where a merged file leads, for somebody who may see both; None for every other number."""
    gone = files_for(actor).exclude(merged_into=None).filter(pk=person_id).first()
    return person_for(actor, gone.merged_into_id) if gone and gone.merged_into_id else None


def subjects_of(person: Person) -> list[str]:
    """What the journal calls this person: under the number of today and under those of merged files."""
    numbers = [person.pk, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)]
    return [f"person:{number}" for number in numbers]


def _of_purpose(people: str) -> Q:
    """The row filter named by a purpose of the pack."""
    today = date.today()
    filters = {
        "all": Q(),
        "holders": Q(certificates__state=Certificate.State.VALID),
        "minors": Q(birth_date__gt=_years_before(today, ADULT)),
        "households_on_help": Q(memberships__household__statuses__until_date=None, memberships__until_date=None)
        & Q(memberships__household__statuses__fact__in=["dibao", "dibao_edge", "monitored"]),
        "none": Q(pk=None),
    }
    return Q(pk__in=Person.objects.filter(filters[people]).values("pk")) if people != "all" else Q()


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, month=3, day=1)


def check_person(by: Actor | None, person: Person, right: Right, *others: Right) -> Actor:
    """One of the rights, and a person whom the purpose shows; raises PermissionDenied."""
    check_may(by, right, *others)
    assert by is not None
    if person_for(by, person.pk) is None:
        raise PermissionDenied("这个人的事不归这个账号办。")
    check_free(by)
    return by


def person_for(actor: Actor, person_id: int) -> Person | None:
    """One person, or None: then the page answers 404, the same as for nobody."""
    return people_for(actor).filter(pk=person_id).first()


def finding_of(case_number: str) -> Finding | None:
    return Finding.objects.select_related("person").filter(case_number=case_number).first()


def valid_certificate(person: Person) -> Certificate | None:
    return Certificate.objects.filter(person=person, state=Certificate.State.VALID).first()


def named_person(number: str, name: str) -> Person | None:
    """The one person of the whole city with this ID number and this name; for a look that could not wait,
    and to find whose it is what a visitor wrote.

    Raises BadNumber with how to write the number.
    """
    known = Person.objects.filter(id_number_index=ring().blind_index("id_number", parse_resident_id(number).number))
    found = known.filter(name=normalise(name)).select_related("merged_into").first()
    return found.file if found else None


@dataclass(frozen=True)
class Found:
    people: list[Person]
    more: bool
    how: str


def find_people(actor: Actor, words: str, limit: int = 50) -> Found:
    """By ID number, certificate number, phone, last four of the ID, pinyin initials or name; said in `how`."""
    text = normalise(words)
    if not text:
        return Found([], False, "")
    how, condition = _meaning(text)
    people = list(people_for(actor).filter(condition).prefetch_related(valid_certificates())[: limit + 1])
    return Found(people[:limit], len(people) > limit, how)


def _meaning(text: str) -> tuple[str, Q]:
    number = normalise_number(text)
    if len(number) >= 15 and number[:15].isdigit():
        return _by_long_number(number)
    if number.isdigit() and len(number) == 11:
        return "电话", Q(phone_index=ring().blind_index("phone", number))
    if len(number) == 4 and number[:3].isdigit():
        return "证件尾号", Q(id_tail_index=ring().blind_index("id_tail", number))
    if number.isdigit():
        return "人员编号", Q(pk=int(number) if len(number) < 16 else 0)
    if text.isascii():
        return "拼音头字母", Q(initials__startswith=text.upper().replace(" ", ""))
    return "姓名", Q(name__startswith=text)


def _by_long_number(number: str) -> tuple[str, Q]:
    try:
        if len(number) > 18:
            parse_certificate_number(number)
            return "残疾人证号", Q(certificates__number_index=ring().blind_index("certificate", number))
        return "证件号码", Q(id_number_index=ring().blind_index("id_number", parse_resident_id(number).number))
    except BadNumber as error:
        return str(error), Q(pk=None)


def valid_certificates() -> Prefetch[Any]:
    current = Certificate.objects.filter(state=Certificate.State.VALID)
    return Prefetch("certificates", queryset=current, to_attr="current_certificates")


def household_of(person: Person) -> Household | None:
    member = Member.objects.filter(person=person, until_date=None).select_related("household").first()
    return member.household if member else None


def members_of(household: Household) -> list[Member]:
    """Who lives in the household now, with their certificates, head first."""
    members = (
        Member.objects.filter(household=household, until_date=None)
        .select_related("person")
        .prefetch_related(
            Prefetch(
                "person__certificates",
                to_attr="current_certificates",
                queryset=Certificate.objects.filter(state=Certificate.State.VALID),
            )
        )
    )
    return sorted(members, key=lambda member: (member.relation != Member.Relation.HEAD, member.pk))


def certificates_of(person: Person) -> list[Certificate]:
    return list(person.certificates.order_by("-issued_date", "-id"))


def guardians_of(person: Person) -> list[Guardian]:
    return list(person.guardians.select_related("guardian", "ward").order_by("-from_date"))


def statuses_of(person: Person, household: Household | None) -> list[Status]:
    """All statuses of the person and their household, newest first."""
    return list(
        Status.objects.filter(Q(person=person) | Q(household=household, household__isnull=False)).order_by(
            "-from_date", "-received_date", "-id"
        )
    )


def status_before(status: Status, seen: int) -> Status | None:
    """What stood of the same fact when the newest status was number `seen`."""
    same = Status.objects.filter(fact=status.fact, person=status.person_id, household=status.household_id)
    return same.filter(pk__lte=seen).order_by("received_date", "pk").last()


def written_by(status: Status) -> Entry | None:
    """The line of the journal that says who wrote it; None for what came with a list."""
    said = Entry.objects.filter(verb="registry.answered", at__date__gte=status.received_date, detail__status=status.pk)
    return said.first()


def shown_people(actor: Actor, ids: list[int]) -> dict[int, Person]:
    """Those of `ids` that the actor may see, with certificates; two queries whatever the number.

    Protected people only for whom it was named: a stored list may still say where they lived.
    """
    found = files_for(actor).prefetch_related(valid_certificates()).in_bulk(ids)
    return {pk: person for pk, person in found.items() if not person.is_protected or pk in actor.named}


def wards_of(person: Person, today: date) -> list[Person]:
    """Whom this person acts for today: children under 18, and adults for whom guardianship was registered as adults.

    What was registered for a child ends with the eighteenth birthday, by the clock alone (S28).
    """
    found = Guardian.objects.filter(running(today), guardian=person, ward__death_date=None).select_related("ward")
    return [row.ward for row in found.order_by("from_date", "pk") if _still_acts(row, today)]


def acting_guardians(wards: Collection[int], today: date) -> dict[int, Person]:
    """{ward: the person who acts for them today}; the one registered last, and nobody where an office does."""
    found = Guardian.objects.filter(running(today), ward__in=wards, guardian__isnull=False)
    found = found.select_related("ward", "guardian").order_by("from_date", "pk")
    return {row.ward_id: row.guardian for row in found if row.guardian and _still_acts(row, today)}


def of_age_on(ward: Person) -> date | None:
    """The eighteenth birthday; of 29 February it is 1 March."""
    born = ward.birth_date
    return None if born is None else _years_before(born, -ADULT)


def ends_on(row: Guardian) -> date | None:
    """From this day on the guardian no longer acts: the day registered, or the birthday if it was for a child."""
    adult = of_age_on(row.ward)
    days = [day for day in (row.until_date, adult if adult and row.from_date < adult else None) if day]
    return min(days, default=None)


def coming_of_age(since: date, until: date) -> list[Guardian]:
    """What ends by an eighteenth birthday from `since` to `until`; not of the dead and of merged files."""
    born = (_years_before(since, ADULT) - timedelta(days=1), _years_before(until, ADULT))
    found = Guardian.objects.filter(ward__birth_date__range=born, ward__death_date=None, ward__merged_into=None)
    rows = found.select_related("ward", "guardian").order_by("ward_id", "pk")
    return [row for row in rows if (day := of_age_on(row.ward)) and since <= day <= until and ends_on(row) == day]


def running(today: date, of: str = "") -> Q:
    """From its first day to the one before its last; `of` leads to the row."""
    begun, endless = Q(**{f"{of}from_date__lte": today}), Q(**{f"{of}until_date": None})
    return begun & (endless | Q(**{f"{of}until_date__gt": today}))


def _still_acts(row: Guardian, today: date) -> bool:
    """An unknown date of birth lets nobody act."""
    end = ends_on(row)
    return row.ward.birth_date is not None and (end is None or today < end)


def reachable_at(phone_index: bytes) -> QuerySet[Person]:
    """Living people with this number, the eldest record first; not scoped: for whoever holds the phone."""
    living = Person.objects.filter(phone_index=phone_index, death_date=None, moved_out_date=None)
    return living.filter(merged_into=None).order_by("pk")


def with_id_tail(people: QuerySet[Person], tail: str) -> list[Person]:
    """Those of `people` whose ID number ends so."""
    return list(people.filter(id_tail_index=ring().blind_index("id_tail", tail)))


def people_by_number(ids: Collection[int]) -> QuerySet[Person]:
    """Not scoped: for whoever was just proved to be one of these."""
    return Person.objects.filter(pk__in=ids)
