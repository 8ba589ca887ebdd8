"""S3, S5: an officer's lists, searches and files hold their area's people, no others; a changed post acts at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.access.files import file_of
from tests.access.objects import LENGTHS, content, policies_of
from tongxing.accounts.models import Post, User
from tongxing.organisation.models import Division, Employer
from tongxing.policy.models import Run
from tongxing.registry.models import Person

ROLES = ["village_worker", "township_officer", "federation_county", "education_city", "medical_insurance_county"]
KINDS = ["missing", "wrong", "unknown", "declined"]
HIDDEN = "不在您的查看范围"
Enter = Callable[[str | None], Client]


def post_of(role: str) -> Post:
    return Post.objects.get(user__username=f"demo-{role}")


def area_of(role: str) -> str:
    division = Division.objects.get(pk=post_of(role).division_code)
    return division.code[: LENGTHS[division.level]]


def visible(role: str) -> dict[int, Person]:
    """The slow answer: everybody, one by one."""
    purpose = content("roles.yaml")[role]["purposes"][0]
    only_minors = content("purposes.yaml")[purpose]["people"] == "minors"
    return {
        p.pk: p
        for p in Person.objects.all()
        if p.village_code.startswith(area_of(role)) and (not only_minors or is_minor(p))
    }


def is_minor(person: Person) -> bool:
    born, today = person.birth_date, date.today()
    return born is not None and today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < 18


def listed(run: Run, role: str, kind: str) -> list[dict[str, Any]]:
    """The rows of a list that are the role's by area and department, from the run's own file."""
    rows = pq.read_table(settings.DATA / "runs" / run.folder / "lists.parquet").to_pylist()
    mine = policies_of(content("roles.yaml")[role]["department"])
    prefix = area_of(role)
    return [r for r in rows if r["kind"] == kind and r["village_code"].startswith(prefix) and r["policy"] in mine]


def people_in(html: str) -> set[int]:
    return {int(number) for number in re.findall(r"/desk/people/(\d+)/", html)}


def pages_of(client: Client, path: str) -> list[str]:
    """A list from its first page to its last, following the pager."""
    pages = [client.get(path).content.decode()]
    while following := re.search(rf'href="([^"]*page={len(pages) + 1})["#]', pages[-1]):
        address = following[1].replace("&amp;", "&")
        pages.append(client.get(path.split("?")[0] + address).content.decode())
    return pages


@pytest.mark.parametrize("role", ROLES)
def test_lists_hold_the_area_and_name_only_whom_the_purpose_shows(role: str, city: Run, client_of: Enter) -> None:
    client, shown = client_of(role), visible(role)
    for kind in KINDS:
        pages = pages_of(client, f"/desk/gaps/?list={kind}&all=1")
        wanted = {row["person_id"] for row in listed(city, role, kind)} & shown.keys()
        assert set().union(*map(people_in, pages)) == wanted


@pytest.mark.parametrize("role", ROLES[1:])
def test_a_file_holds_the_rows_of_the_area_and_no_other_names(role: str, city: Run, client_of: Enter) -> None:
    client, shown = client_of(role), visible(role)
    employers = dict(Employer.objects.values_list("pk", "name"))
    for kind in [kind for kind in ("missing", "wrong") if listed(city, role, kind)]:  # an empty list is no file
        sheet = file_of(client, f"?list={kind}&all=1").content
        names = Counter(
            row[0] for row in CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()[3:]
        )
        assert names == Counter(
            employers[row["unit_id"]] if row["person_id"] < 0 else getattr(shown.get(row["person_id"]), "name", HIDDEN)
            for row in listed(city, role, kind)
        )


@pytest.mark.parametrize("role", ROLES)
def test_a_search_finds_the_area_by_name_initials_number_and_phone(role: str, client_of: Enter) -> None:
    client, shown = client_of(role), visible(role)
    everybody = list(Person.objects.all())
    for surname in sorted({p.name[0] for p in everybody})[:12]:
        found = people_in(client.get("/desk/people/", {"q": surname}).content.decode())
        wanted = {pk for pk, p in shown.items() if p.name.startswith(surname)}
        assert found == wanted if len(wanted) <= 50 else found < wanted
    own = list(shown.values())[:3]
    strangers = [p for p in everybody if p.pk not in shown][:: max(1, len(everybody) // 8)]
    for person in [*own, *strangers]:
        for field in ("id_number", "phone"):
            number = person.opened(field)
            found = people_in(client.get("/desk/people/", {"q": number or str(person.pk)}).content.decode())
            assert found <= shown.keys()
            assert (person.pk in found) == (person.pk in shown), (person.pk, field)


@pytest.mark.parametrize("role", ROLES)
def test_the_morning_page_and_the_questions_lead_only_to_people_of_the_area(role: str, client_of: Enter) -> None:
    client, shown = client_of(role), visible(role)
    pages = [client.get("/desk/").content.decode(), *pages_of(client, "/desk/questions/?")]
    assert set().union(*map(people_in, pages)) <= shown.keys()


@pytest.mark.parametrize("area", ["450502000000", "4505", "abc", "450000000000", "x" * 400])
def test_an_area_that_is_not_the_officers_is_not_found(area: str, client_of: Enter) -> None:
    client = client_of("federation_county")
    for path in ("/desk/gaps/", "/desk/gaps/export/"):
        assert client.get(path, {"area": area, "all": "1"}).status_code == 404


def is_refused(response: Any) -> bool:
    """403, or sent away to sign in: a session without a post may end."""
    return response.status_code == 403 or (
        response.status_code == 302 and response["Location"].startswith("/sign-in/?next=")
    )


def test_an_ended_post_is_over_at_the_next_request(client_of: Enter) -> None:
    client, person = client_of("federation_county"), next(iter(visible("federation_county").values()))
    assert client.get(f"/desk/people/{person.pk}/file/").status_code == 200
    Post.objects.filter(pk=post_of("federation_county").pk).update(until_date=date.today())
    for path in ("/desk/", "/desk/gaps/", f"/desk/people/{person.pk}/file/"):
        assert is_refused(client.get(path)), path


def test_another_role_acts_at_the_next_request(client_of: Enter) -> None:
    client = client_of("federation_county")
    assert client.get("/desk/gaps/").status_code == 200
    Post.objects.filter(pk=post_of("federation_county").pk).update(role="audit_admin")
    assert client.get("/desk/gaps/").status_code == 403
    assert client.get("/desk/journal/").status_code == 200


def test_another_area_acts_at_the_next_request(client_of: Enter) -> None:
    client, old = client_of("federation_county"), next(iter(visible("federation_county").values()))
    elsewhere = Division.objects.filter(level="county").exclude(code=post_of("federation_county").division_code)[0]
    Post.objects.filter(pk=post_of("federation_county").pk).update(division_code=elsewhere.code)
    new = next(iter(visible("federation_county").values()))
    assert client.get(f"/desk/people/{old.pk}/file/").status_code == 404
    assert client.get(f"/desk/people/{new.pk}/file/").status_code == 200


def test_a_post_that_has_not_begun_gives_nothing(client_of: Enter) -> None:
    client = client_of("federation_county")
    Post.objects.filter(pk=post_of("federation_county").pk).update(from_date=date.today() + timedelta(days=1))
    assert is_refused(client.get("/desk/gaps/"))


def test_the_newest_post_counts(client_of: Enter) -> None:
    client, user = client_of("federation_county"), User.objects.get(username="demo-federation_county")
    code = post_of("federation_county").division_code
    Post.objects.create(user=user, role="audit_admin", division_code=code, from_date=date.today())
    assert client.get("/desk/gaps/").status_code == 403


def test_a_closed_account_must_sign_in_again(client_of: Enter) -> None:
    client = client_of("federation_county")
    User.objects.filter(username="demo-federation_county").update(is_active=False)
    response = client.get("/desk/gaps/")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
