"""A service asked for page by page: nothing stops who is not sure, a bad file costs nothing, who helped is said."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests import cast
from tongxing.applications.models import Draft, DraftPaper
from tongxing.casework.models import Case
from tongxing.casework.queries import history_of
from tongxing.documents.models import Paper
from tongxing.registry.models import Person, Status
from tongxing.residents.actions import account_of
from tongxing.residents.models import Consent

RELIEF = "/apply/temporary_relief/"
HOSTILE = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "JPEG")
    return SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")


def shown(client: Client, path: str = RELIEF) -> str:
    return client.get(path).content.decode()


def asked(page: str) -> str:
    found = re.search(r'name="fact" value="(\w+)"', page)
    return found[1] if found else ""


def to_the_paper(client: Client) -> list[str]:
    """Every question answered with “not sure”."""
    facts = []
    while fact := asked(shown(client)):
        assert fact not in facts
        facts.append(fact)
        assert client.post(RELIEF, {"fact": fact, "value": "unsure"}).status_code == 302
    return facts


def test_not_sure_stops_nobody_and_writes_nothing_into_the_file(home: Client, jia: Person) -> None:
    before = Status.objects.count()
    facts = to_the_paper(home)
    assert facts and Status.objects.count() == before
    home.post(RELIEF, {"paper": "paper.hardship", "go": "later"})
    page = shown(home)
    assert "看看对不对" in page and page.count("不清楚") == len(facts) and "以后再交" in page
    done = home.post(RELIEF)
    assert done["Location"] == f"/apply/done/{Case.objects.get().number}/"
    assert not Draft.objects.exists()


def test_an_answer_is_changed_from_the_last_page(home: Client, jia: Person) -> None:
    fact = asked(shown(home))
    home.post(RELIEF, {"fact": fact, "value": "unsure"})
    page = shown(home, f"{RELIEF}?page={fact}")
    assert asked(page) == fact and 'value="unsure" checked' in page
    home.post(RELIEF, {"fact": fact, "value": "refused"})
    again = shown(home, f"{RELIEF}?page={fact}")
    assert 'value="refused" checked' in again and 'value="unsure"' not in again


@pytest.mark.parametrize(
    ("content", "why"),
    [(HOSTILE, "打不开这个文件"), (b"", "空的"), (b"x" * (10 * 1024 * 1024 + 1), "超过 10 MB"), (None, "请先选一张")],
)
def test_a_bad_file_is_refused_and_the_rest_stays(home: Client, jia: Person, content: bytes | None, why: str) -> None:
    facts = to_the_paper(home)
    said = {"paper": "paper.hardship"}
    file = {} if content is None else {"file": SimpleUploadedFile("a.jpg", content, "image/jpeg")}
    answer = home.post(RELIEF, said | file)
    assert answer.status_code == 422 and why in answer.content.decode()
    assert not DraftPaper.objects.exists()
    home.post(RELIEF, said | {"file": photo()})
    assert shown(home).count("不清楚") == len(facts)


def test_a_paper_waits_sealed_with_the_draft_and_goes_into_the_case(home: Client, jia: Person) -> None:
    to_the_paper(home)
    for _ in range(2):
        home.post(RELIEF, {"paper": "paper.hardship", "file": photo()})
    assert b"JFIF" not in bytes(DraftPaper.objects.get().sealed)
    home.post(RELIEF)
    assert Paper.objects.get().item == "hardship"
    assert not DraftPaper.objects.exists()


def test_who_helped_is_written_down_with_a_yes_and_not_without(home: Client, jia: Person) -> None:
    to_the_paper(home)
    home.post(RELIEF, {"paper": "paper.hardship", "go": "later"})
    helped = {"helper": "family", "helper-name": "女儿小芳"}
    answer = home.post(RELIEF, helped)
    assert answer.status_code == 422 and 'value="女儿小芳"' in answer.content.decode()
    assert 'value="女儿小芳"' in shown(home), "a page that comes back has what was typed"
    assert not Case.objects.exists()
    home.post(RELIEF, helped | {"helper-agreed": "yes"})
    assert Consent.objects.get().helper_label == "家里人 女儿小芳"
    assert [event.verb for event in history_of(Case.objects.get())] == ["opened", "helped", "unsure"]


def test_left_for_later_the_answers_and_the_paper_come_back(home: Client, jia: Person) -> None:
    facts = to_the_paper(home)
    home.post(RELIEF, {"paper": "paper.hardship", "file": photo(), "go": "leave"})
    other = Client()
    other.force_login(account_of(person=jia).user)
    page = shown(other)
    assert page.count("不清楚") == len(facts) and "收到一份" in page


def test_no_paper_for_a_stranger_and_none_that_nobody_asks_for(home: Client, jia: Person) -> None:
    home.post(RELIEF, {"paper": "paper.hardship", "file": photo()})
    stranger = Client()
    stranger.force_login(account_of(person=cast.new_person(77)).user)
    assert "收到一份" not in shown(stranger)
    assert home.post(RELIEF, {"paper": "paper.passport", "file": photo()}).status_code == 422
    assert DraftPaper.objects.count() == 1


def test_what_runs_already_is_said_before_it_is_asked_again(home: Client, jia: Person) -> None:
    path = "/apply/free_bus/"
    assert "已经在办" not in shown(home, path)
    home.post(path)
    assert Case.objects.get().number in shown(home, path)
    home.post(path)
    assert Case.objects.count() == 1
