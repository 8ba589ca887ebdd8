"""Two officers answer one question from pages opened before: the second chooses, nothing typed is lost (D17)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests import cast
from tongxing.accounts.models import Post, User
from tongxing.registry.models import Person, Status

pytestmark = pytest.mark.django_db
FACT = "needs_care"


@pytest.fixture
def person() -> Person:
    cast.build_divisions()
    found = cast.new_person(1)
    cast.certify(found)
    return found


@pytest.fixture
def enter(person: Person) -> Callable[[str], Client]:
    def sign_in(name: str) -> Client:
        user = User.objects.create(username=name, name=name)
        Post.objects.create(user=user, role="township_officer", division_code="459921100000", from_date=cast.today())
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def answered(client: Client, person: Person, **form: str) -> tuple[int, str]:
    sent = client.post(f"/desk/people/{person.pk}/answer/", {"fact": FACT, "source": "本人说", **form})
    return sent.status_code, sent.content.decode()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', page[page.index("h-clash") :])
    assert found is not None
    return found[1]


def overtaken(enter: Callable[[str], Client], person: Person) -> tuple[Client, str]:
    """周姐 wrote yes; 老莫, whose page is older, says no."""
    cast.tell(person, FACT, "false")
    seen = str(Status.objects.latest("pk").pk)
    assert answered(enter("周姐"), person, value="true", seen=seen)[0] == 302
    late = enter("老莫")
    code, page = answered(late, person, value="false", seen=seen)
    assert code == 422
    return late, page


def test_the_second_reads_what_was_what_the_other_wrote_and_their_own(
    enter: Callable[[str], Client], person: Person
) -> None:
    _, page = overtaken(enter, person)
    assert "周姐" in page and "您打开时：不是" in page
    assert "留对方写的：<b>是</b>" in page and "用我填的：<b>不是</b>" in page
    assert Status.objects.filter(fact=FACT).count() == 2


@pytest.mark.parametrize(("keep", "value"), [("theirs", "true"), ("mine", "false")])
def test_what_is_chosen_stands(enter: Callable[[str], Client], person: Person, keep: str, value: str) -> None:
    late, page = overtaken(enter, person)
    form = {name: hidden(page, name) for name in ("value", "seen", "once", "source")}
    assert answered(late, person, **form, **{"keep-value": keep})[0] == 302
    assert Status.objects.filter(fact=FACT).latest("pk").value == value


def test_the_same_answer_and_an_answer_on_a_new_page_meet_nothing(
    enter: Callable[[str], Client], person: Person
) -> None:
    first, second = enter("周姐"), enter("老莫")
    assert answered(first, person, value="true", seen="0")[0] == 302
    assert answered(second, person, value="true", seen="0")[0] == 302
    seen = re.search(r'name="seen" value="(\d+)"', first.get(f"/desk/people/{person.pk}/").content.decode())
    newest = str(Status.objects.latest("pk").pk)
    assert seen is None or seen[1] == newest
    assert answered(second, person, value="false", seen=newest)[0] == 302
