"""J11 on the page: found from the first page, one list, one button; one line that changed."""

from __future__ import annotations

from django.test import Client

from tests import cast
from tongxing.casework.models import Case
from tongxing.casework.tests.conftest import People
from tongxing.registry.models import Person
from tongxing.residents.actions import account_of
from tongxing.residents.models import Request
from tongxing.reviews.tests.test_word import reviewed


def test_one_button_ends_the_yearly_check(home: Client, jia: Person, people: People) -> None:
    path = f"/my/cases/{reviewed(people).number}/same/"
    for page in ("/home/", "/my/", path.removesuffix("same/")):
        assert path in home.get(page).content.decode(), page
    held = home.get(path).content.decode()
    assert "还是这样吗" in held and "要长期照护" in held and "还不知道" not in held
    answer = home.post(path, follow=True)
    assert "核对好了" in answer.content.decode()
    assert not Case.objects.get(origin="review").waits
    assert home.get(path).status_code == 404
    assert path not in home.get("/home/").content.decode()


def test_one_line_that_changed_is_said_in_a_sentence(home: Client, jia: Person, people: People) -> None:
    path = f"/my/cases/{reviewed(people).number}/same/"
    assert "要长期照护变了" in home.get(f"{path}?changed=needs_care").content.decode()
    home.post(path, {"fact": "needs_care", "words": "现在自己能行了"})
    assert Request.objects.get().fact == "needs_care"
    assert Case.objects.get(origin="review").waits


def test_a_strangers_list_is_not_found(home: Client, jia: Person, people: People) -> None:
    path = f"/my/cases/{reviewed(people).number}/same/"
    stranger = Client()
    stranger.force_login(account_of(person=cast.new_person(77)).user)
    assert stranger.get(path).status_code == stranger.post(path).status_code == 404
