"""A guest's walk through “What can I get?”: what it answers, and that it leaves nothing behind."""

from __future__ import annotations

import logging
import re

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

QUESTION, RESULT = "/find/question/", "/find/result/"
SAID = {"place": "1", "age": "43", "certificate": "1", "degree": "2", "aid": "1", "needs_care": "yes"}
Page = tuple[str, dict[str, list[str]]]


def fields(html: str) -> dict[str, list[str]]:
    """The hidden fields of the form that asks, or of another one that carries the answers."""
    forms = [part for part in html.split("<form")[1:] if 'name="who"' in part]
    form = next((part for part in forms if 'name="q"' in part), forms[0])
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form.split("</form>")[0]):
        found.setdefault(name, []).append(value)
    return found


def posted(client: Client, url: str, body: dict[str, list[str]], status: int = 200) -> str:
    """The page that a browser would show: a 307 posts the same form to the next address."""
    response = client.post(url, body)
    if response.status_code == 307:
        assert response["Location"] == RESULT, "an address carries an answer"
        response = client.post(response["Location"], body)
    assert response.status_code == status
    return str(response.content.decode())


def walked(client: Client, said: dict[str, str], who: str = "self") -> str:
    """The result after answering every question that is put as `said` says; the others with 'unsure'."""
    html = posted(client, QUESTION, {"who": [who]})
    while "<legend><h1>" in html or 'for="a-1"' in html:
        body = fields(html)
        html = posted(client, QUESTION, body | {"a": [said.get(body["q"][0], "unsure")], "go": ["next"]})
    return html


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.mark.django_db
def test_a_whole_walk_leaves_nothing_behind(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """No row, no session, no cookie but the form's token, no entry of a cache, no word in the log, nothing asked of the
    database."""
    caplog.set_level(logging.DEBUG)
    before, cached = rows(), set(caches["default"]._cache)  # type: ignore[attr-defined]
    client.get("/find/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        html = walked(client, SAID)
    assert "很可能有" in html
    assert [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))] == []
    assert rows() == before
    assert set(client.cookies) == {"csrftoken"}
    assert set(caches["default"]._cache) == cached  # type: ignore[attr-defined]
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert not re.search(r"needs_care|aid=|age=|birth_date|said", logged)


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_addresses_answer_only_to_a_form(client: Client) -> None:
    assert [client.get(url)["Location"] for url in (QUESTION, RESULT)] == ["/find/", "/find/"]
    assert client.get(QUESTION + "?who=self&said=age=40").status_code == 302


def test_likely_comes_with_amount_reasons_and_source(client: Client) -> None:
    html = walked(client, SAID)
    card = html.partition('aria-labelledby="c-nursing_allowance"')[2].partition("</article>")[0]
    for words in (
        "每月 80 元",
        "示例金额",
        "一级或二级",
        "要人照护半年以上",
        "领工伤护理费",
        "全面建立两项补贴",
        "工作日",
    ):
        assert words in card, words


def test_nothing_chosen_is_told_and_nothing_is_lost(client: Client) -> None:
    html = posted(client, QUESTION, {"who": ["other"], "said": ["place=1", "age=43"], "q": ["degree"]}, status=422)
    assert "<title>有错误：" in html
    assert 'href="#a-1"' in html
    assert fields(html)["said"] == ["place=1", "age=43"]
    assert fields(html)["who"] == ["other"]


def test_a_wrong_age_stays_to_be_put_right(client: Client) -> None:
    html = posted(client, QUESTION, {"who": ["self"], "q": ["age"], "a": ["四十三"]}, status=422)
    assert 'value="四十三"' in html
    assert "写一个 0 到 120 的数" in html


def test_for_whom_is_asked_first(client: Client) -> None:
    for url in (QUESTION, RESULT):
        assert "请选一项：给谁问？" in posted(client, url, {"said": ["age=40"]}, status=422)


def test_back_shows_the_answer_that_was_given(client: Client) -> None:
    html = posted(client, QUESTION, {"who": ["self"], "said": ["place=2", "age=43"], "q": ["degree"], "go": ["back"]})
    assert fields(html)["q"] == ["age"]
    assert fields(html)["said"] == ["place=2"]
    assert 'value="43"' in html


def test_sending_a_form_again_shows_the_same_page(client: Client) -> None:
    """Back and reload send it once more: no harm is done, whatever the browser asks first."""
    body = {"who": ["self"], "said": ["place=2"], "q": ["age"], "a": ["43"], "go": ["next"]}
    first, second = (re.sub(r'value="\w{64}"', "", posted(client, QUESTION, body)) for _ in range(2))
    assert first == second


def test_a_changed_answer_takes_the_place_of_the_old_one(client: Client) -> None:
    said = [f"{name}={value}" for name, value in SAID.items()]
    html = posted(client, QUESTION, {"who": ["self"], "said": said, "go": ["change:degree"]})
    assert 'value="2" checked' in html
    html = posted(client, QUESTION, fields(html) | {"a": ["4"], "go": ["next"]})
    assert 'id="c-living_allowance"' in html
    assert 'id="c-nursing_allowance"' not in html
    assert "不符合：残疾程度够得上" in html


def test_an_answer_in_a_card_is_counted_at_once(client: Client) -> None:
    said = [f"{name}={value}" for name, value in SAID.items()]
    body = {"who": ["self"], "said": said, "q": ["self_care"], "a": ["none"], "go": ["next"]}
    assert 'id="c-severe_self_care_relief"' in posted(client, RESULT, body)
    assert "<title>有错误：" in posted(client, RESULT, body | {"a": []}, status=422)


def test_more_is_asked_only_if_wanted(client: Client) -> None:
    html = walked(client, SAID)
    assert "再答几题" in html
    more = posted(client, QUESTION, fields(html) | {"go": ["more"]})
    assert "第 7 题，最多 12 题" in more


def test_a_form_that_was_tampered_with_is_read_for_what_it_is(client: Client) -> None:
    body = {"who": ["self"], "upto": ["-3"], "said": ["age=999", "nothing=1", "degree", "aid=77", "place=1"] * 100}
    html = posted(client, QUESTION, body)
    assert fields(html)["said"] == ["place=1"]
    assert fields(html)["upto"] == ["6"]


def test_all_unsure_ends_with_where_to_ask(client: Client) -> None:
    said: dict[str, str] = {}
    assert "要到窗口问的" in walked(client, said)


def test_without_a_certificate_the_certificate_comes_first(client: Client) -> None:
    assert "先办残疾人证" in walked(client, SAID | {"certificate": "9"})
