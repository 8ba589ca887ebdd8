"""The register's pages: a task from its report to the second person's press, money that is written once, lists of any
length with the same number of questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.reading import Page
from tongxing.demo.drawings import paper
from tongxing.programme import queries
from tongxing.programme.models import PlanTask, Project
from tongxing.programme.states import task_state

Enter = Callable[[str | None], Client]


def an_open_task() -> PlanTask:
    """Of the federation, late, and never reported on."""
    found = (
        task for task in queries.tasks().filter(unit="残联") if not task.reports.all() and not task.confirmations.all()
    )
    return next(found)


def press(client: Client, task: PlanTask, **sent: Any) -> Any:
    return client.post(f"/desk/plan/tasks/{task.clause}/do/", {"day": "2025-12-01", **sent})


def test_from_a_report_to_the_second_persons_press(client_of: Enter) -> None:
    task, unit, second = an_open_task(), client_of("federation_city"), client_of("committee_city")
    assert press(unit, task, what="report", comment="办了一半", blocker="钱没到").status_code == 302
    assert press(unit, task, what="claim", words="办完了").status_code == 422
    photo = SimpleUploadedFile("a.jpg", paper(1))
    assert press(unit, task, what="evidence", name="材料", file=photo).status_code == 302
    assert press(unit, task, what="claim", words="办完了").status_code == 302
    page = second.get(f"/desk/plan/tasks/{task.clause}/").content.decode()
    assert "钱没到" in page
    assert "属实，核定完成" in page
    assert "属实，核定完成" not in unit.get(f"/desk/plan/tasks/{task.clause}/").content.decode()
    assert press(second, task, what="confirm").status_code == 302
    assert task_state(queries.tasks().get(pk=task.pk), date.today()) == "done"


def test_what_was_typed_comes_back_with_the_reason(client_of: Enter) -> None:
    answer = press(client_of("federation_city"), an_open_task(), what="report", comment="写好了稿子", day="明天")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "截到哪一天”请写成" in html
    assert "写好了稿子" in html
    assert 'href="#report_day"' in html


def test_whose_task_it_is_not_reads_whose_it_is(client_of: Enter) -> None:
    answer = press(client_of("civil_affairs_city"), an_open_task(), what="report", comment="我来报")
    assert answer.status_code == 422
    assert "归残联" in answer.content.decode()


def test_a_form_that_comes_twice_counts_once(client_of: Enter) -> None:
    project, client = Project.objects.get(key="fukang"), client_of("civil_affairs_city")
    sent = {"what": "result", "unit": "人", "count": "3", "words": "新增", "day": "2025-12-01", "once": "the-same-key"}
    before = project.results.count()
    for _ in range(2):
        assert client.post("/desk/plan/projects/fukang/do/", sent).status_code == 302
    assert project.results.count() == before + 1


def test_money_asks_first_who_sits_there(client_of: Enter) -> None:
    client, project = client_of("civil_affairs_city"), Project.objects.get(key="fukang")
    before = project.payments.count()
    sent = {"what": "pay", "source": "lottery", "amount": "1,200.50", "payee": "某医院，手术费", "day": "2025-12-01"}
    assert client.post("/desk/plan/projects/fukang/money/", sent).status_code == 302
    assert project.payments.get(amount_fen=120_050).payee == "某医院，手术费"
    wrong = client.post("/desk/plan/projects/fukang/money/", sent | {"amount": "很多"})
    assert (wrong.status_code, project.payments.count()) == (422, before + 1)
    assert 'href="#pay_amount"' in wrong.content.decode()


def test_lists_ask_as_often_for_much_as_for_little(client_of: Enter) -> None:
    client = client_of("federation_city")
    for few, many in (("?part=waiting", ""), ("?part=climbed", "?part=climbed&unit=民政")):
        counts = []
        for query in (few, many):
            client.get(f"/desk/plan/tasks/{query}")
            with CaptureQueriesContext(connection) as asked:
                page = Page(client.get(f"/desk/plan/tasks/{query}").content.decode())
            counts.append((len(page.tables[0].body()), len(asked)))
        assert counts[0][0] != counts[1][0]
        assert counts[0][1] == counts[1][1], counts


def test_the_figure_of_a_tab_is_the_length_of_its_list(client_of: Enter) -> None:
    client = client_of("committee_city")
    for part in ("late", "waiting", "done", "climbed"):
        html = client.get(f"/desk/plan/tasks/?part={part}").content.decode()
        said = re.search(r'aria-current="page">[^<]*<b>([\d,]+)</b></a></li>(?!.*aria-current="page">[^<]*<b>)', html)
        assert said and f"共 {said[1]} 条" in html
