"""J3, J4, J5, J12 and R6 by request: one's own cases, answers, objections and data; never anybody else's."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.browser.sheets import scan
from tongxing.accounts.models import Post, SignedIn, User
from tongxing.casework import actions as casework
from tongxing.casework.catalogue import known
from tongxing.casework.models import Case, Task
from tongxing.casework.tests.conftest import People
from tongxing.documents.models import Paper
from tongxing.outbox.models import Message
from tongxing.policy.models import Declined
from tongxing.registry.actions import look_at
from tongxing.registry.models import Guardian, Person
from tongxing.residents.actions import give_links
from tongxing.residents.models import Consent, Request

pytestmark = pytest.mark.django_db


def proposed(people: People) -> Case:
    """As a batch leaves it: waiting for the person's word, in the village's queue."""
    case = people.applied("living_allowance")
    Case.objects.filter(pk=case.pk).update(state=Case.State.PROPOSED, origin=Case.Origin.GAP)
    case.refresh_from_db()
    return case


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_case_says_state_unit_and_day_first(home: Client, people: People) -> None:
    case = people.at_county()
    page = text(home.get(f"/my/cases/{case.number}/"))
    head = re.sub(r"<[^>]+>", " ", page[page.index("<h1>") : page.index("到哪一步了")])
    assert re.search(r"正在核对.*手上.*最晚 \d{4}年\d+月\d+日.*还有 \d+ 个工作日", head, re.S)
    assert case.number in text(home.get("/my/"))


def test_nobody_elses_case_is_there(home: Client, people: People) -> None:
    neighbour = cast.new_person(2)
    other = casework.open_case(by=people.town, person=neighbour, service="free_bus")
    for path in (f"/my/cases/{other.number}/", f"/my/cases/{other.number}/letter/", "/my/cases/2020-00001/"):
        assert home.get(path).status_code == 404
    assert home.post(f"/my/cases/{other.number}/do/", {"what": "withdraw"}).status_code == 404
    other.refresh_from_db()
    assert other.state == "open"


@pytest.mark.parametrize(("what", "state"), [("yes", "open"), ("no", "withdrawn"), ("call", "proposed")])
def test_a_proposal_is_answered_in_one_step(home: Client, people: People, what: str, state: str) -> None:
    case = proposed(people)
    page = text(home.get(f"/my/cases/{case.number}/"))
    assert all(f'value="{one}"' in page for one in ("yes", "no", "call")) and "为什么" in page
    casework.claim(by=people.worker, case=case)  # whoever took it up does not stand in the person's way
    form = {"what": what, "once": "k1"}
    for _ in range(2):
        assert home.post(f"/my/cases/{case.number}/do/", form).status_code == 302
    case.refresh_from_db()
    assert case.state == state
    assert Declined.objects.exists() is (what == "no")
    assert [e.by_label for e in case.events.order_by("id")][-1] == f"{case.person.name} · 本人"


def test_a_link_answers_once_without_signing_in(client: Client, jia: Person, people: People) -> None:
    case = proposed(people)
    (token,) = give_links(subjects=[(jia, f"case:{case.number}")])
    page = text(client.get(f"/a/{token}/"))
    assert "要不要" in page and jia.name not in page
    assert client.post(f"/a/{token}/", {"what": "maybe"}).status_code == 422
    assert client.post(f"/a/{token}/", {"what": "call"}).status_code == 302
    assert client.post(f"/a/{token}/", {"what": "yes"})["Location"] == "/a/answered/"
    assert client.post(f"/a/{token}/", {"what": "no"}).status_code == 404
    case.refresh_from_db()
    assert case.state == "open" and not SignedIn.objects.exists()
    assert case.events.get(verb="agreed").by_label.endswith("短信链接")


def test_the_village_worker_answers_for_her_and_it_says_so(client: Client, jia: Person, people: People) -> None:
    case, worker = proposed(people), User.objects.get(pk=1)
    Post.objects.create(user=worker, role="village_worker", division_code=cast.VILLAGE, from_date=cast.today())
    client.force_login(worker)
    assert client.get("/my/").status_code == 403
    assert client.post(f"/desk/people/{jia.pk}/assist/", {"channel": "spoken"})["Location"] == "/my/"
    assert "代办中" in text(client.get("/my/"))
    assert client.post(f"/my/cases/{case.number}/do/", {"what": "yes"}).status_code == 302
    assert "代办" in case.events.get(verb="agreed").by_label
    assert Consent.objects.get(person=jia, kind="helped").channel == "spoken"
    client.post("/my/helped/end/")
    assert client.get("/my/").status_code == 403


def test_the_one_missing_paper_is_handed_in_and_the_clock_goes_on(home: Client, people: People) -> None:
    service = next(
        s for s in known().values() if s.evidence and s.steps[0].role in ("village_worker", "township_officer")
    )
    case, item = people.applied(str(service.id)), str(service.evidence[0].id)
    by = people.worker if case.role == "village_worker" else people.town
    casework.hand_back(by=by, case=case, item=item, words="看不清")
    page = text(home.get(f"/my/cases/{case.number}/"))
    assert page.count('type="file"') == 1 and "看不清" in page
    empty = home.post(f"/my/cases/{case.number}/do/", {"what": "give"})
    assert empty.status_code == 422 and 'href="#give"' in text(empty)
    picture = scan()
    file = SimpleUploadedFile(picture["name"], picture["buffer"])
    assert home.post(f"/my/cases/{case.number}/do/", {"what": "give", "file": file}).status_code == 302
    assert Paper.objects.get().item == item
    assert Task.objects.get(case=case, done_at=None).paused_date is None


def refused(people: People) -> Case:
    case = people.at_county()
    decision = casework.decide(by=people.county, case=case, result="refused", reason="名单上没有。")
    if decision.state == "waiting":
        casework.confirm(by=people.colleague, decision=decision, agrees=True)
    case.refresh_from_db()
    return case


def test_i_do_not_agree_in_one_step(home: Client, people: People) -> None:
    case = refused(people)
    letter = text(home.get(f"/my/cases/{case.number}/letter/"))
    assert "名单上没有" in letter and "我不同意" in letter and "行政复议" in letter
    wordless = home.post(f"/my/cases/{case.number}/do/", {"what": "object"})
    assert wordless.status_code == 422
    for _ in range(2):
        home.post(f"/my/cases/{case.number}/do/", {"what": "object", "words": "我家一直都是", "once": "o1"})
    appeal = Case.objects.get(origin="appeal")
    assert appeal.about == case and appeal.person == case.person


def test_a_word_by_phone_is_an_objection_too(home: Client, people: People) -> None:
    case = refused(people)
    home.post(f"/my/cases/{case.number}/do/", {"what": "object", "call": "1"})
    assert Task.objects.get(case__origin="appeal").note == "请打电话给我"


def test_whoever_knows_number_and_phone_sees_how_far_it_is(client: Client, jia: Person, people: People) -> None:
    case = people.applied()
    asked = {"number": f" {case.number} ", "phone": "154 0000 0001"}
    page = text(client.post("/follow/", asked))
    assert "已收到" in page and jia.name not in page and "公交" not in page
    wrong = [client.post("/follow/", asked | change) for change in ({"number": "2020-1"}, {"phone": "15400000009"})]
    said = [re.sub(r'value="[^"]*"', "", text(answer)) for answer in wrong]
    assert [answer.status_code for answer in wrong] == [422, 422] and said[0] == said[1]


def test_a_look_stands_in_my_data_at_once_with_unit_and_purpose(home: Client, jia: Person, people: People) -> None:
    look_at(person=jia, by=people.county)
    page = text(home.get("/my/data/"))
    assert people.county.label in page and "核对应享待遇" in page and "看了资料" in page
    assert jia.opened("phone") not in page and jia.opened("id_number") not in page


def test_a_copy_is_for_me_in_full_and_for_a_machine(home: Client, jia: Person, people: People) -> None:
    look_at(person=jia, by=people.county)
    html = home.post("/my/data/copy/", {"form": "html"})
    assert html["Content-Disposition"] == 'attachment; filename="my-data.html"'
    said = json.loads(home.post("/my/data/copy/", {"form": "json"}).content)
    assert said["numbers"]["id_number"] == jia.opened("id_number")
    assert said["looks"][0]["who"] == people.county.label


def test_how_i_read_is_part_of_my_data_and_not_of_my_childs(home: Client, jia: Person) -> None:
    home.post("/display/", {"theme": "dark", "size": "elder"})
    assert 'aria-label="栏目"' in text(home.get("/display/")) and "工作人员登录" not in text(home.get("/words/"))
    kept = [{"name": "颜色", "value": "深色"}, {"name": "长辈版", "value": "长辈版"}]
    assert json.loads(home.post("/my/data/copy/", {"form": "json"}).content)["reading"] == kept
    assert "颜色：深色" in text(home.get("/my/data/"))
    child = cast.new_person(2)
    child.birth_date = cast.today().replace(year=cast.today().year - 10, day=1)
    child.save()
    Guardian.objects.create(ward=child, guardian=jia, kind="parent", proof="户口簿", from_date=child.birth_date)
    home.post("/my/for/", {"person": child.pk})
    assert json.loads(home.post("/my/data/copy/", {"form": "json"}).content)["reading"] == []


def test_a_correction_goes_to_its_department_and_the_answer_comes_back(home: Client, jia: Person) -> None:
    page = "/my/data/correct/dibao/"
    assert home.post(page, {"words": " "}).status_code == 422
    assert home.post(page, {"words": "我家上个月就退了"}).status_code == 302
    made = Request.objects.get()
    assert made.department == "civil_affairs" and "我家上个月就退了".encode() not in bytes(made.words_sealed)
    officer = Client()
    zhou = User.objects.get(pk=3)
    Post.objects.create(user=zhou, role="civil_affairs_county", division_code=cast.COUNTY, from_date=cast.today())
    officer.force_login(zhou)
    assert "我家上个月就退了" in text(officer.get("/desk/requests/"))
    assert officer.post(f"/desk/requests/{made.pk}/answer/", {"words": ""}).status_code == 422
    officer.post(f"/desk/requests/{made.pk}/answer/", {"words": "查了，已改"})
    assert "查了，已改" in text(home.get("/my/data/"))
    assert Message.objects.filter(kind="answer", person=jia).count() == 1


def test_a_guardian_has_the_childs_things_until_eighteen(home: Client, jia: Person, people: People) -> None:
    child = cast.new_person(2)
    child.birth_date = cast.today().replace(year=cast.today().year - 17, day=1)
    child.save()
    Guardian.objects.create(ward=child, guardian=jia, kind="parent", proof="户口簿", from_date=child.birth_date)
    case = casework.open_case(by=people.town, person=child, service="free_bus")
    assert home.get(f"/my/cases/{case.number}/").status_code == 404
    home.post("/my/for/", {"person": child.pk})
    assert home.get(f"/my/cases/{case.number}/").status_code == 200
    Person.objects.filter(pk=child.pk).update(birth_date=child.birth_date.replace(year=child.birth_date.year - 1))
    assert home.get(f"/my/cases/{case.number}/").status_code == 404
    assert home.post("/my/for/", {"person": child.pk}).status_code == 404


def test_phone_and_account_change_with_an_alarm_to_the_person(home: Client, jia: Person) -> None:
    assert home.post("/my/change/phone/", {"value": "154"}).status_code == 422
    assert home.post("/my/change/phone/", {"value": "15400000077"}).status_code == 302
    assert home.post("/my/change/account/", {"value": "9999001234567890123"}).status_code in (302, 422)
    assert home.post("/my/change/account/", {"value": "9999001234567890123", "sure": "1"}).status_code == 302
    jia.refresh_from_db()
    assert (jia.opened("phone"), jia.opened("account")) == ("15400000077", "9999001234567890123")
    alarms = Message.objects.filter(kind="alarm").order_by("id")
    assert [alarm.number for alarm in alarms] == ["15400000001", "15400000077"], "the old number hears of the new one"


def test_what_matters_more_asks_once_more_who_it_is(home: Client, jia: Person) -> None:
    home.get("/my/")
    SignedIn.objects.update(how="sms", fresh_at=timezone.now() - timezone.timedelta(minutes=6))
    page = text(home.post("/my/change/phone/", {"value": "15400000077"}))
    assert "再确认一次是您" in page and 'name="value" value="15400000077"' in page
    jia.refresh_from_db()
    assert jia.opened("phone") == "15400000001"


def test_a_resident_opens_no_page_of_officers(home: Client) -> None:
    for path in ("/desk/", "/desk/home/", "/desk/people/", "/desk/cases/", "/desk/requests/", "/me/", "/confirm/"):
        assert home.get(path).status_code == 403, path


@pytest.mark.parametrize("path", ["/home/", "/help/", "/my/", "/my/money/", "/my/data/looks/", "/my/for/"])
def test_a_page_opens(home: Client, path: str) -> None:
    assert home.get(path).status_code == 200
