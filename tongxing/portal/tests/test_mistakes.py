"""A28: whatever is typed wrong in any form of the residents' face comes back with what to do, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import cast
from tongxing.accounts.models import Post, SignedIn, User
from tongxing.casework import actions as casework
from tongxing.casework.catalogue import known
from tongxing.casework.models import Case
from tongxing.casework.tests.conftest import People
from tongxing.organisation.models import Employer, Spokesperson
from tongxing.portal.tests.conftest import PHONE
from tongxing.portal.tests.test_entering import code_of
from tongxing.portal.tests.test_find import fields
from tongxing.provision.models import Provider
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.residents.actions import account_of, give_links
from tongxing.reviews.tests.test_word import reviewed
from tongxing.ui.tests.mistakes import Said, faults

pytestmark = pytest.mark.django_db
FIRST = "/apply/first_certificate/"
RELIEF, BUS, CARE = "/apply/temporary_relief/guest/", "/apply/free_bus/guest/", "/apply/nursing_allowance/guest/"
WHO = {"name": "王小明", "id_number": "450502199001011234", "phone": PHONE, "township": "459921100000"}
ENTRY = {"address": "东街 1 号", "phone": "15499990001", "offers": ["child_rehab"], "places": "30", "free": "4"}
CREDIT = "91350100M000100Y43"
CODE, TAIL = "portal:code", "portal:whose"


@dataclass(frozen=True)
class World:
    client: Client
    people: People
    jia: Person

    def case(self, item: str, service: str = "free_bus") -> str:
        """The address of a case that waits for this one thing from the person."""
        case = self.people.applied(service)
        by = self.people.worker if case.role == "village_worker" else self.people.town
        casework.hand_back(by=by, case=case, item=item, words="请补")
        return f"/my/cases/{case.number}/do/"


@pytest.fixture
def world(home: Client, people: People, jia: Person) -> World:
    cast.lists_came("dibao", "dibao_single", "dibao_edge", "tekun", "injury_care", "orphan_allowance", "elder_assessed")
    return World(home, people, jia)


def plain(path: str) -> Callable[[World], str]:
    return lambda world: path


def missing(item: str) -> Callable[[World], str]:
    return lambda world: world.case(item)


def code(world: World) -> str:
    world.client.logout()
    world.client.post("/enter/", {"enter-phone": PHONE})
    return "/enter/code/"


def whose(world: World) -> str:
    other = cast.new_person(2)
    for person in (world.jia, other):
        person.phone_index = world.jia.phone_index
        person.id_tail_index = ring().blind_index("id_tail", (person.opened("id_number") or "")[-4:])
        person.save()
    world.client.post(code(world), {"code": code_of(world.jia)})
    return "/enter/whose/"


def guest(path: str) -> Callable[[World], str]:
    def out(world: World) -> str:
        world.client.logout()
        return path

    return out


def draft_code(world: World) -> str:
    world.client.logout()
    world.client.post("/apply/back/", {"number": "12345678", "phone": PHONE})
    return "/apply/back/code/"


def as_guest(path: str, then: str = "") -> Callable[[World], str]:
    """A visitor who began to write; `then`: everything written, and on."""

    def out(world: World) -> str:
        world.client.logout()
        world.client.post(path)
        while then and (at := re.search(r'name="at" value="(paper[\w.]+)"', world.client.get(path).content.decode())):
            world.client.post(path, {"at": at[1], "go": "later"})
        return path + then

    return out


def guest_code(world: World) -> str:
    world.client.logout()
    world.client.post(RELIEF)
    world.client.post(f"{RELIEF}keep/", {"phone": PHONE})
    return f"{RELIEF}code/"


def _speak(world: World, role: str) -> None:
    """In comes somebody who speaks for an organisation."""
    world.client.logout()
    user = User.objects.create(username=f"a-{role}", name="小甲", password="!")
    Post.objects.create(user=user, role=role, division_code=cast.CITY, from_date=cast.today())
    Spokesperson.objects.create(user=user, credit_code=CREDIT, from_date=cast.today())
    world.client.force_login(user)


def provider(world: World) -> str:
    _speak(world, "provider")
    Provider.objects.create(name="甲康复", credit_code=CREDIT, division_code=cast.COUNTY)
    return "/unit/entry/"


def employer(world: World) -> str:
    _speak(world, "employer")
    Employer.objects.create(name="甲酒店", credit_code=CREDIT, division_code=cast.COUNTY)
    return "/unit/correct/staff/"


def asked_again(world: World) -> str:
    """Who sits there is asked once more, by a text that was sent a moment ago."""
    world.client.get("/my/")
    SignedIn.objects.update(how="sms", face="portal", fresh_at=timezone.now() - timedelta(minutes=6))
    world.client.post("/my/confirm/", {"send": "1"})
    return "/my/confirm/"


def proposed(world: World) -> Case:
    case = world.people.applied("living_allowance")
    Case.objects.filter(pk=case.pk).update(state=Case.State.PROPOSED, origin=Case.Origin.GAP)
    return case


def link(world: World) -> str:
    (token,) = give_links(subjects=[(world.jia, f"case:{proposed(world).number}")])
    return f"/a/{token}/"


def paper(world: World) -> str:
    service = next(
        s for s in known().values() if s.evidence and s.steps[0].role in ("village_worker", "township_officer")
    )
    return world.case(str(service.evidence[0].id), str(service.id))


def decided(world: World) -> str:
    case = world.people.at_county()
    decision = casework.decide(by=world.people.county, case=case, result="refused", reason="名单上没有。")
    casework.confirm(by=world.people.colleague, decision=decision, agrees=True)
    return f"/my/cases/{case.number}/do/"


def without_certificate(world: World) -> str:
    world.client.force_login(account_of(person=cast.new_person(41)).user)
    return FIRST


def asking(world: World) -> str:
    """A service of which one fact is still missing."""
    path = "/apply/nursing_allowance/"
    assert re.search(r'name="fact" value="\w+"', world.client.get(path).content.decode())
    return path


def checked(world: World) -> str:
    """The list of the yearly check."""
    return f"/my/cases/{reviewed(world.people).number}/same/"


TO = "/my/change/move/?town=459922100000"
BAD: list[tuple[str, Callable[[World], str], Said]] = [
    ("portal:enter", guest("/enter/"), {"enter-phone": "12345"}),
    (CODE, code, {"code": "000000"}),
    (TAIL, whose, {"enter-tail": "99"}),
    ("portal:enter-passkey", guest("/enter/passkey/"), {"credential": "{}"}),
    ("portal:follow", guest("/follow/"), {"number": "2020-00001", "phone": "15400000009"}),
    ("portal:follow", guest("/follow/"), {"number": "2020-00001", "phone": "打这个"}),
    ("portal:link", link, {"what": "maybe"}),
    ("portal:confirm", asked_again, {"code": "000000"}),
    ("portal:key-add", plain("/my/keys/add/"), {"name": "我的手机", "credential": "{}"}),
    ("portal:change-phone", plain("/my/change/phone/"), {"value": "138 0000"}),
    ("portal:change-account", plain("/my/change/account/"), {"value": "6222"}),
    ("portal:change-account", plain("/my/change/account/"), {"value": "6222000000000001"}),
    ("portal:change-home", plain("/my/change/home/"), {"kind": "household", "words": " "}),
    ("portal:move", plain(TO), {"village": "", "address": "二组 8 号", "day": "2026-01-03"}),
    ("portal:move", plain(TO), {"village": cast.FAR_VILLAGE, "address": " ", "day": "2026-01-03"}),
    ("portal:move", plain(TO), {"village": cast.FAR_VILLAGE, "address": "二组 8 号", "day": "后天"}),
    ("portal:correct", plain("/my/data/correct/dibao/"), {"words": " "}),
    ("portal:rights-tell", plain("/my/rights/tell/"), {"fact": "needs_care", "value": ""}),
    ("portal:case-do", missing("account"), {"what": "give", "value": "6222"}),
    ("portal:case-do", missing("phone"), {"what": "give", "value": "12"}),
    ("portal:case-do", missing("needs_care"), {"what": "give", "value": ""}),
    ("portal:case-do", missing("income"), {"what": "give", "value": "很多"}),
    ("portal:case-do", paper, {"what": "give"}),
    ("portal:case-do", decided, {"what": "object", "words": ""}),
    ("portal:apply-one", without_certificate, {"at": "need", "home": "yes"}),
    ("portal:apply-one", without_certificate, {"at": "need", "kind": ["limb", "visual"]}),
    ("portal:apply-one", without_certificate, {"at": "slot", "kind": "limb", "home": "no"}),
    ("portal:apply-one", asking, {"value": ""}),
    ("portal:apply-one", plain("/apply/temporary_relief/"), {"paper": "paper.hardship"}),
    ("portal:apply-one", plain("/apply/free_bus/"), {"helper-name": "小芳"}),
    ("portal:apply-one", plain("/apply/free_bus/"), {"helper": "family", "helper-agreed": "yes"}),
    ("portal:apply-one", plain("/apply/free_bus/"), {"helper": "neighbour", "helper-name": "小芳"}),
    ("portal:apply-one", without_certificate, {"at": "check", "kind": "limb", "home": "yes", "helper": "family"}),
    ("portal:same", checked, {"fact": "needs_care", "words": " "}),
    ("portal:draft-back", guest("/apply/back/"), {"number": "1234", "phone": PHONE}),
    ("portal:draft-back", guest("/apply/back/"), {"number": "12345678", "phone": "12"}),
    ("portal:draft-code", draft_code, {"code": "000000"}),
    ("portal:guest", as_guest(CARE), {"at": "fact.needs_care", "value": ""}),
    ("portal:guest", as_guest("/apply/startup_support/guest/"), {"at": "fact.startup_date", "value": "去年"}),
    ("portal:guest", as_guest(RELIEF), {"at": "paper.hardship"}),
    ("portal:guest", as_guest(f"{FIRST}guest/"), {"at": "need", "home": "yes"}),
    ("portal:guest", as_guest(f"{FIRST}guest/"), {"at": "need", "kind": ["limb", "visual"]}),
    ("portal:guest-keep", as_guest(BUS, "keep/"), {"phone": "12"}),
    ("portal:guest-who", as_guest(BUS, "who/"), WHO),
    ("portal:guest-who", as_guest(BUS, "who/"), WHO | {"name": "王"}),
    ("portal:guest-who", as_guest(BUS, "who/"), WHO | {"id_number": "45050219900101123", "phone": "打这个"}),
    ("portal:guest-who", as_guest(BUS, "who/"), WHO | {"township": ""}),
    ("portal:guest-code", guest_code, {"code": "000000"}),
    ("portal:find-question", guest("/find/question/"), {"who": ""}),
    ("portal:unit-correct", employer, {"words": " "}),
    ("portal:unit-entry", provider, ENTRY | {"address": "", "free": "31"}),
    ("portal:unit-entry", provider, ENTRY | {"phone": "打这个", "places": "很多"}),
    ("portal:unit-entry", provider, {"address": "东街 1 号", "phone": "15499990001"}),
    ("portal:find-question", guest("/find/question/"), {"who": "self", "q": "age", "a": "四十", "said": "place=1"}),
    ("portal:find-question", guest("/find/question/"), {"who": "self", "q": "degree", "a": "", "said": "age=40"}),
]
TOKEN = ("csrfmiddlewaretoken",)
UNKEPT = ("code", "credential", "what", "at")  # good once, or which button was pressed
TRIED = {name for name, _, _ in BAD} | {"portal:find-result"}
READ = {  # nothing to send: a POST is answered as a GET
    "portal:home", "portal:help", "portal:keys", "portal:demo-phone", "portal:answered", "portal:my", "portal:case",
    "portal:letter", "portal:letter-form", "portal:letter-file", "portal:money", "portal:data", "portal:looks",
    "portal:rights", "portal:apply", "portal:applied", "portal:certificate", "portal:draft-kept",
    "portal:guest-kept", "portal:guest-sent", "portal:unit",
}  # fmt: skip
PRESSED = {  # one button, or a choice that is always made: there is nothing to get wrong
    "portal:key-remove", "portal:visit", "portal:stay", "portal:for-whom", "portal:helped-end", "portal:data-copy",
    "portal:child", "portal:consent-withdraw", "portal:rights-ask", "portal:certificate-take", "portal:draft-drop",
    "portal:guest-take", "portal:move-withdraw",
}  # fmt: skip


def test_an_account_that_is_too_short_is_told_so_at_once(world: World) -> None:
    page = world.client.post("/my/change/account/", {"value": "6222"}).content.decode()
    assert "这里有 4 位" in page and 'name="sure"' not in page


@pytest.mark.parametrize(("door", "at", "said"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_wrong_comes_back_with_what_to_do(
    door: str, at: Callable[[World], str], said: Said, world: World
) -> None:
    path = at(world)
    if door == "portal:apply-one" and "value" in said:
        fact = re.search(r'name="fact" value="(\w+)"', world.client.get(path).content.decode())
        said = said | {"fact": fact[1] if fact else ""}
    assert faults(world.client.post(path, said), said, unkept=UNKEPT) == []


def test_a_card_of_the_result_without_an_answer_leads_back_to_it(client: Client) -> None:
    body = {"who": ["self"], "said": ["place=1", "age=43", "certificate=1", "degree=2", "aid=1"]}
    asked = fields(client.post("/find/result/", body | {"go": ["look"]}).content.decode())
    assert asked["q"]
    assert faults(client.post("/find/result/", asked | {"a": [""], "go": ["next"]}), asked, unkept=TOKEN) == []


def test_a_file_that_is_none_leads_back_to_the_field(world: World) -> None:
    file = SimpleUploadedFile("photo.jpg", b"MZ no picture")
    said = {"what": "give"}
    assert faults(world.client.post(paper(world), said | {"file": file}), said, unkept=UNKEPT) == []
