"""The inventory: every address of the site × who may open it × the states it can be in.

`test_inventory.py` fails when a URL pattern stands in none of the lists, so a new page cannot be forgotten. Each newer
area of the site has a module of its own in `areas/` with the same lists.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from playwright.sync_api import FilePayload
from playwright.sync_api import Page as Tab

from tests.browser import areas, sheets
from tests.browser.page import Page, press
from tongxing.demo import personas


def send_sheet(tab: Tab, feed: str, sheet: FilePayload, as_of: str = "") -> None:
    """Fills one card of the feeds page and sends it."""
    card = tab.locator(f"form[aria-labelledby=f-{feed}]")
    card.locator("[type=file]").set_input_files(sheet)
    if as_of:
        card.get_by_label("名单截到哪一天").fill(as_of)
    press(card.get_by_role("button", name="看看会怎样"))


def _preview(tab: Tab) -> None:
    send_sheet(tab, "dibao", sheets.dibao())


def _preview_deaths(tab: Tab) -> None:
    send_sheet(tab, "deaths", sheets.deaths(sheets.invented_id(7)))


def _empty_preview(tab: Tab) -> None:
    send_sheet(tab, "deaths", sheets.deaths())


def _committed(tab: Tab) -> None:
    _preview(tab)
    press(tab.get_by_role("button", name="收下没有错的行"))


def _rolled_back(tab: Tab) -> None:
    _committed(tab)
    tab.get_by_label("写一句为什么").fill("交错了月份")
    press(tab.get_by_role("button", name="撤回整批"))


def _refused_sheet(tab: Tab) -> None:
    send_sheet(tab, "dibao", sheets.not_a_list(), "十一月底")


def _unknown_columns(tab: Tab) -> None:
    """Pasted cells of which one column has a name of the department's own."""
    card = tab.locator("form[aria-labelledby=f-dibao]")
    card.locator("details").first.evaluate("panel => panel.open = true")
    card.locator("[name=pasted]").fill("姓名\t人员身份代码\n黄甲\t459921198001010013")
    press(card.get_by_role("button", name="看看会怎样"))


def _wrong_password(tab: Tab) -> None:
    tab.get_by_label("用户名").fill("laomo")
    tab.get_by_label("密码").fill("不是这个")
    press(tab.get_by_role("button", name="登录"))


def _asked(tab: Tab) -> None:
    """From the list of questions to the first person on it, with the card that asks open."""
    press(tab.locator("#main section:has(#h-rows) tbody th a").first)
    tab.locator("details.panel:has(form.notice.ask)").first.evaluate("card => card.open = true")


def _wrong_answer(tab: Tab) -> None:
    """An amount that is none."""
    _asked(tab)
    form = tab.locator("form.notice.ask:has(input[name=value]:not([type=radio]))").first
    form.locator("[name=value]").fill("大概三百")
    press(form.get_by_role("button", name="记下"))


def _first_user(tab: Tab) -> None:
    tab.locator("#main tbody th a").first.click()


def _all_open(tab: Tab) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")


def _unmasked(tab: Tab) -> None:
    press(tab.locator("button[value=id_number]"))


def _saved_display(tab: Tab) -> None:
    press(tab.get_by_role("button", name="存下", exact=True))


def _evaluated(tab: Tab) -> None:
    """Begun by a click, done by the server's worker while the page looks after it."""
    tab.get_by_role("button", name="现在重新核对").click()
    tab.get_by_role("link", name="看结果").wait_for(timeout=60_000)
    tab.reload()


def _evaluated_and_back(tab: Tab) -> None:
    _evaluated(tab)
    tab.goto("/desk/jobs/")


def _opened(tab: Tab) -> None:
    """From the preview of a whole list to its cases."""
    press(tab.locator("form button.big"))


def _applied(tab: Tab) -> None:
    """Applications for one person until one is in the village's own hands."""
    here = tab.url
    while not tab.locator("[name=what][type=radio]").count():
        tab.goto(here)
        tab.locator("#service").select_option(index=1)
        press(tab.get_by_role("button", name="开件"))


def _case_error(tab: Tab) -> None:
    _applied(tab)
    tab.locator("[name=what][value=hand_back]").check()
    press(tab.get_by_role("button", name="定了，留在这一件"))


def _handed_back(tab: Tab) -> None:
    """The letter that asks for one paper."""
    _applied(tab)
    tab.locator("[name=what][value=hand_back]").check()
    tab.locator("#item").select_option(index=1)
    tab.locator("#reason").fill("照片看不清")
    press(tab.get_by_role("button", name="定了，留在这一件"))
    press(tab.get_by_role("link", name="看通知"))


def _letter_form(name: str) -> Callable[[Tab], None]:
    def open_it(tab: Tab) -> None:
        _handed_back(tab)
        press(tab.get_by_role("link", name=name, exact=True))

    return open_it


def _with_paper(tab: Tab) -> None:
    _applied(tab)
    tab.locator("details:has(#pf)").evaluate("more => more.open = true")
    tab.locator("#pf").set_input_files(sheets.scan())
    press(tab.locator("details:has(#pf) button"))
    press(tab.locator("section[aria-labelledby=h-papers] .asks a").first)


def _on_notice(tab: Tab) -> None:
    """Past the village and the township to the days in which anybody may object."""
    _step_in(tab, VILLAGE, person(CHEN))
    tab.locator("#service").select_option("dibao_single_person")
    press(tab.get_by_role("button", name="开件"))
    case = tab.url
    _accept(tab)
    _step_in(tab, TOWN, case)
    _accept(tab)
    press(tab.get_by_role("button", name="退出"))
    tab.goto("/notices/")
    press(tab.locator("main tbody a").first)


def _step_in(tab: Tab, role: str, path: str) -> None:
    tab.goto("/")
    press(tab.locator(f"ul form[action$='/demo-{role}/enter/'] button"))
    tab.goto(path)


def _accept(tab: Tab) -> None:
    tab.locator("[name=what][value=accept]").check()
    tab.locator("#reason").fill("去家里看过")
    press(tab.get_by_role("button", name="定了，留在这一件"))


def person(number: int, rest: str = "") -> str:
    return f"/desk/people/{number}/{rest}"


def gaps(**asked: str) -> str:
    return "/desk/gaps/?" + urlencode(asked)


CHEN, QIN, WEI, XIAOYU = (
    personas.CHEN_GUILAN,
    personas.QIN_HAIYAN,
    personas.WEI_DASHU,
    personas.XIAOYU,
)
COUNTY, CITY, TOWN, VILLAGE = "federation_county", "federation_city", "township_officer", "village_worker"
CIVIL, PLANNER, AUDIT, SYSTEM = "civil_affairs_county", "planner", "audit_admin", "system_admin"

MONEY, MONTH = "civil_affairs_city", f"{date.today():%Y-%m}"
LIVING, NURSING = "?list=missing&policy=living_allowance", "?list=missing&policy=nursing_allowance"

PAGES = [
    Page("public:start", "demo", None, "/"),
    Page("public:start", "signed-in", COUNTY, "/"),
    Page("public:start", "no-demo", None, "/", city="no_demo"),
    Page("public:sign-in", "filled", None, "/sign-in/?next=/desk/gaps/"),
    Page("public:sign-in", "error", None, "/sign-in/", _wrong_password),
    Page("public:second-factor", "too-late", None, "/sign-in/code/", status=422),
    Page("public:first-password", "too-late", None, "/sign-in/password/", status=422),
    Page("public:set-up", "too-late", None, "/sign-in/set-up/", status=422),
    Page("public:confirm", "demo", COUNTY, "/confirm/"),
    Page("public:me", "demo", COUNTY, "/me/"),
    Page("public:new-phone", "filled", COUNTY, "/me/phone/"),
    Page("public:add-passkey", "filled", COUNTY, "/me/passkeys/"),
    Page("desk:users", "county", COUNTY, "/desk/users/"),
    Page("desk:user", "own", COUNTY, "/desk/users/", _first_user),
    Page("public:notices", "empty", None, "/notices/"),
    Page("public:notice", "open", None, "/notices/", _on_notice, city="busy"),
    Page("display", "visitor", None, "/display/"),
    Page("display", "officer", TOWN, "/display/?next=/desk/"),
    Page("display", "saved", None, "/display/", _saved_display),
    Page("design", "filled", None, "/design/"),
    Page("desk:today", "township", TOWN, "/desk/"),
    Page("desk:today", "city", CITY, "/desk/"),
    Page("desk:today", "figures-only", PLANNER, "/desk/"),
    Page("desk:today", "empty", TOWN, "/desk/", city="before_night"),
    Page("desk:gaps", "matrix", CITY, "/desk/gaps/"),
    Page("desk:gaps", "missing", COUNTY, gaps(list="missing", policy="nursing_allowance")),
    Page("desk:gaps", "long", COUNTY, gaps(list="missing", all="1")),
    Page("desk:gaps", "last-page", COUNTY, gaps(list="missing", all="1", page="2", sort="money")),
    Page("desk:gaps", "reason", COUNTY, gaps(list="unknown", policy="device_subsidy")),
    Page("desk:gaps", "wrong", COUNTY, gaps(list="wrong", all="1")),
    Page("desk:gaps", "empty", VILLAGE, gaps(list="declined", policy="veterans")),
    Page("desk:gaps", "error", COUNTY, gaps(policy="no_such"), status=404),
    Page("desk:questions", "all", COUNTY, "/desk/questions/"),
    Page("desk:questions", "one", COUNTY, "/desk/questions/?fact=income"),
    Page("desk:questions", "empty", VILLAGE, "/desk/questions/?fact=heavy_medical"),
    Page("desk:people", "asked", TOWN, "/desk/people/"),
    Page("desk:people", "found", COUNTY, "/desk/people/?q=" + "陈"),
    Page("desk:people", "empty", TOWN, "/desk/people/?q=" + "没有这个名字"),
    Page("desk:person", "county", COUNTY, person(CHEN)),
    Page("desk:person", "child", TOWN, person(XIAOYU)),
    Page("desk:person", "all-open", COUNTY, person(QIN), _all_open),
    Page("desk:person", "question", COUNTY, "/desk/questions/?fact=income", _asked),
    Page("desk:person", "error", COUNTY, "/desk/questions/?fact=income", _wrong_answer),
    Page("desk:person", "stranger", TOWN, person(WEI), status=404),
    Page("desk:person-file", "filled", COUNTY, person(CHEN, "file/")),
    Page("desk:person-file", "masked", VILLAGE, person(CHEN, "file/")),
    Page("desk:person-file", "unmasked", COUNTY, person(QIN, "file/"), _unmasked),
    Page("desk:person-family", "filled", TOWN, person(XIAOYU, "family/")),
    Page("desk:person-family", "adult", CITY, person(WEI, "family/")),
    Page("desk:person-looks", "filled", COUNTY, person(CHEN, "looks/")),
    Page("desk:person-money", "filled", COUNTY, person(CHEN, "money/")),
    Page("desk:cases", "empty", TOWN, "/desk/cases/"),
    Page("desk:cases-open", "preview", COUNTY, "/desk/cases/open/" + LIVING),
    Page("desk:case-batch", "opened", COUNTY, "/desk/cases/open/" + NURSING, _opened, city="busy"),
    Page("desk:case", "applied", VILLAGE, person(CHEN), _applied, city="busy"),
    Page("desk:case", "error", VILLAGE, person(CHEN), _case_error, city="busy"),
    Page("desk:case-letter", "asks", VILLAGE, person(XIAOYU), _handed_back, city="busy"),
    Page("desk:case-letter-form", "large", VILLAGE, person(XIAOYU), _letter_form("大字"), city="busy"),
    Page("desk:case-letter-form", "easy", VILLAGE, person(XIAOYU), _letter_form("易读"), city="busy"),
    Page("desk:case-letter-form", "audio", VILLAGE, person(XIAOYU), _letter_form("用耳朵听"), city="busy"),
    Page("desk:case-letter-form", "braille", VILLAGE, person(XIAOYU), _letter_form("盲文"), city="busy"),
    Page("desk:case-paper", "filled", VILLAGE, person(XIAOYU), _with_paper, city="busy"),
    Page("desk:cases", "filled", TOWN, "/desk/cases/", city="busy"),
    Page("desk:stations", "filled", COUNTY, "/desk/cases/stations/", city="busy"),
    Page("desk:pay", "empty", MONEY, "/desk/pay/"),
    Page("desk:pay", "filled", MONEY, "/desk/pay/", city="busy"),
    Page("desk:pay-run", "built", CITY, f"/desk/pay/{MONTH}/", city="busy"),
    Page("desk:pay-lines", "filled", CITY, f"/desk/pay/{MONTH}/lines/", city="busy"),
    Page("desk:pay-differences", "filled", CITY, f"/desk/pay/{MONTH}/differences/", city="busy"),
    Page("desk:pay-checks", "empty", CITY, f"/desk/pay/{MONTH}/checks/", city="busy"),
    Page("desk:policies", "filled", PLANNER, "/desk/policies/"),
    Page("desk:policies", "empty", TOWN, "/desk/policies/", city="before_night"),
    Page("desk:policy", "money", CITY, "/desk/policies/living_allowance/"),
    Page("desk:policy", "right", COUNTY, "/desk/policies/free_bus/"),
    Page("desk:policy", "nobody", SYSTEM, "/desk/policies/veterans/"),
    Page("desk:policy", "empty", TOWN, "/desk/policies/dibao_family/", city="before_night"),
    Page("desk:simulate", "asked", PLANNER, "/desk/simulate/"),
    Page("desk:simulate", "result", PLANNER, "/desk/simulate/?policy=living_allowance&living_allowance.amount=120"),
    Page("desk:simulate", "error", PLANNER, "/desk/simulate/?policy=living_allowance&living_allowance.amount=abc"),
    Page("desk:feeds", "cards", CIVIL, "/desk/feeds/"),
    Page("desk:feeds", "error", CIVIL, "/desk/feeds/", _refused_sheet),
    Page("desk:feeds", "columns", CIVIL, "/desk/feeds/", _unknown_columns),
    Page("desk:feeds", "empty", "education_city", "/desk/feeds/"),
    Page("desk:batch", "preview", CIVIL, "/desk/feeds/", _preview),
    Page("desk:batch", "deaths", CIVIL, "/desk/feeds/", _preview_deaths),
    Page("desk:batch", "empty", CIVIL, "/desk/feeds/", _empty_preview),
    Page("desk:batch", "committed", CIVIL, "/desk/feeds/", _committed, city="busy"),
    Page("desk:batch", "rolled-back", CIVIL, "/desk/feeds/", _rolled_back, city="busy"),
    Page("desk:jobs", "empty", SYSTEM, "/desk/jobs/"),
    Page("desk:jobs", "filled", SYSTEM, "/desk/jobs/", _evaluated_and_back, city="busy"),
    Page("desk:job", "done", SYSTEM, "/desk/jobs/", _evaluated, city="busy"),
    Page("desk:journal", "long", AUDIT, "/desk/journal/"),
    Page("desk:journal", "checked", AUDIT, "/desk/journal/?check"),
    Page("errors:403", "refused", PLANNER, "/desk/people/", status=403),
    Page("errors:404", "visitor", None, "/no/such/page/", status=404),
    Page("errors:404", "officer", TOWN, "/desk/no/such/page/", status=404),
]

REDIRECTS = {"desk:home"}
FILES = {
    "desk:feed-template": (CIVIL, "/desk/feeds/dibao/template/"),
    "desk:batch-errors": (CIVIL, "/desk/feeds/batches/{batch}/errors/"),
}
LINKED = {  # files behind a link of a page that stands in PAGES
    "desk:case-letter-pdf": "case-letter-asks",
    "desk:case-letter-file": "case-letter-form-large",
    "desk:case-paper-look": "case-paper-filled",
}
POSTS = {
    "public:sign-out": "/sign-out/",
    "public:enter-demo": "/demo/demo-planner/enter/",
    "public:new-codes": "/me/codes/",
    "public:choose-post": "/me/post/",
    "desk:user-add": "/desk/users/add/",
    "desk:user-do": "/desk/users/1/do/",
    "public:remove-passkey": "/me/passkeys/1/remove/",
    "public:end-device": "/me/devices/1/end/",
    "public:end-others": "/me/devices/end-others/",
    "desk:person-answer": person(CHEN, "answer/"),
    "desk:person-decline": person(CHEN, "decline/"),
    "desk:person-unmask": person(CHEN, "unmask/"),
    "desk:jobs-night": "/desk/jobs/night/",
    "desk:job-again": "/desk/jobs/1/again/",
    "desk:person-apply": person(CHEN, "apply/"),
    "desk:person-money-do": person(CHEN, "money/do/"),
    "desk:cases-open-go": "/desk/cases/open/go/",
    "desk:case-batch-undo": "/desk/cases/batches/1/undo/",
    "desk:case-do": "/desk/cases/1/do/",
    "desk:case-papers": "/desk/cases/1/papers/",
    "desk:pay-build": "/desk/pay/build/",
    "desk:pay-approve": f"/desk/pay/{MONTH}/approve/",
    "desk:pay-reopen": f"/desk/pay/{MONTH}/reopen/",
    "desk:pay-file": f"/desk/pay/{MONTH}/file/",
    "desk:pay-returns": f"/desk/pay/{MONTH}/returns/",
    "desk:pay-check": f"/desk/pay/{MONTH}/checks/1/",
    "desk:pay-draw": f"/desk/pay/{MONTH}/checks/draw/",
    "desk:feed-upload": "/desk/feeds/dibao/upload/",
    "desk:feed-forget": "/desk/feeds/dibao/forget/",
    "desk:batch-commit": "/desk/feeds/batches/1/commit/",
    "desk:batch-roll-back": "/desk/feeds/batches/1/roll-back/",
    "desk:batch-discard": "/desk/feeds/batches/1/discard/",
}

for area in areas.modules():
    PAGES += getattr(area, "PAGES", [])
    REDIRECTS |= getattr(area, "REDIRECTS", set())
    for name, addresses in (("FILES", FILES), ("LINKED", LINKED), ("POSTS", POSTS)):
        addresses.update(getattr(area, name, {}))
