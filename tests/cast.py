"""The fixed small cast: one city that never was, two counties, and people built as the registry holds them.

Division codes 4599xx were never assigned, so nobody can be meant.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.models import User
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.lib.identity import certificate_number, check_digit
from tongxing.organisation.models import Division
from tongxing.registry.keys import ring
from tongxing.registry.models import Certificate, Household, ListReceived, Member, Person, Status

CITY, COUNTY, OTHER_COUNTY = "459900000000", "459921000000", "459922000000"
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = "459921100201", "459921100202", "459922100201"
DIVISIONS = [
    (CITY, "示例市", "city", None),
    (COUNTY, "甲县", "county", CITY),
    ("459921100000", "东风镇", "township", COUNTY),
    (VILLAGE, "水边村", "village", "459921100000"),
    (NEXT_VILLAGE, "山下村", "village", "459921100000"),
    (OTHER_COUNTY, "乙县", "county", CITY),
    ("459922100000", "西关镇", "township", OTHER_COUNTY),
    (FAR_VILLAGE, "桥头村", "village", "459922100000"),
]
SURNAMES, GIVEN = "黄陈李梁吴劳苏林张王", "甲乙丙丁戊己庚辛壬癸"


def today() -> date:
    return timezone.localdate()


def build_divisions() -> None:
    for code, name, level, parent in DIVISIONS:
        Division.objects.create(code=code, name=name, level=level, parent_id=parent)


def id_number(number: int, birth: date = date(1980, 1, 1)) -> str:
    """Distinct for each number below 900 × 999; valid in form, of a division that never was."""
    code, sequence = divmod(number, 900)
    digits = f"4599{code % 90 + 10}{birth:%Y%m%d}{sequence + 100:03}"
    return digits + check_digit(digits)


def a_name(number: int) -> str:
    tens, ones = divmod(number, 10)
    return SURNAMES[ones] + GIVEN[tens % 10] + GIVEN[tens // 10 % 10]


def new_person(number: int, village: str = VILLAGE, *, with_household: bool = True) -> Person:
    """Person number `number` of the cast, alone in a household."""
    code, keys, id_ = id_number(number), ring(), 10**12 + number
    person = Person.objects.create(
        id=id_,
        name=a_name(number),
        initials="X",
        sex="male",
        hukou="rural",
        local_hukou=True,
        birth_date=date(1980, 1, 1),
        village_code=village,
        id_number_sealed=keys.seal(code, place=f"person.id_number.{id_}"),
        id_number_index=keys.blind_index("id_number", code),
        registered_date=date(2020, 1, 1),
    )
    if with_household:
        household = Household.objects.create(id=2 * 10**12 + number, village_code=village)
        join(person, household)
    return person


def certify(person: Person) -> Certificate:
    """A valid certificate, visual impairment of grade 2, for ten years."""
    number = certificate_number(person.opened("id_number") or "", "visual", 2)
    return Certificate.objects.create(
        person=person,
        number_sealed=ring().seal(number, place=f"certificate.number.{person.id}"),
        number_index=ring().blind_index("certificate", number),
        category="visual",
        grade=2,
        issued_date=date(2024, 5, 1),
        valid_until_date=date(2034, 5, 1),
        source="残联",
        received_date=date(2024, 5, 2),
    )


def join(person: Person, household: Household, relation: str = "head") -> None:
    Member.objects.create(household=household, person=person, relation=relation, from_date=date(2020, 1, 1))


def home_of(person: Person) -> Household:
    return Household.objects.get(members__person=person)


def on_dibao(person: Person, since: date = date(2025, 1, 1)) -> Status:
    """The household of this person is on the list already."""
    return Status.objects.create(
        household=home_of(person), fact="dibao", value="true", from_date=since, source="民政", received_date=since
    )


NAMES = {1: "小陆", 2: "老莫", 3: "周姐", 4: "阿梅", 5: "小黎", 6: "梁主任", 7: "苏姐", 8: "陈会计", 9: "王会计"}


def an_officer(role: str, division: str, user_id: int) -> Actor:
    """Somebody in a role of the pack, with its rights and purpose; numbers 1 to 9 have names."""
    known = pack(settings.PACK)
    found = known.roles[role]
    purpose = known.purposes.get(found.purposes[0]) if found.purposes else None
    return Actor(
        user_id=user_id,
        name=NAMES[user_id],
        role=role,
        role_name=found.name,
        department=found.department,
        division_code=division,
        purpose=purpose.id if purpose else "",
        people=purpose.people if purpose else "none",
        rights=frozenset(Right(right) for right in found.rights),
    )


def sign_up() -> None:
    """The officers as users, for what points at them."""
    User.objects.bulk_create([User(id=number, username=f"user-{number}", name=name) for number, name in NAMES.items()])
    with connection.cursor() as cursor:  # PostgreSQL counts on from the numbers given here
        for statement in connection.ops.sequence_reset_sql(no_style(), [User]):
            cursor.execute(statement)


def tell(person: Person, fact: str, value: str, *, home: bool = False, source: str = "本人说") -> Status:
    """A fact that somebody told us today, of the person or of the household."""
    whose = {"household": home_of(person)} if home else {"person": person}
    day = today()
    return Status.objects.create(fact=fact, value=value, from_date=day, received_date=day, source=source, **whose)


def lists_came(*facts: str, division: str = CITY) -> None:
    """Complete lists of these facts, up to today: who is not on one is a known no."""
    for fact in facts:
        ListReceived.objects.create(
            fact=fact, division_code=division, as_of_date=today(), received_date=today(), source="部门"
        )
