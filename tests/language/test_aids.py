"""What a reader chose is served by the server, on every page, without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from tongxing.content.easy import easy_pages
from tongxing.content.plan import plan
from tongxing.public.plan.pages import PICTURES
from tongxing.ui.display import COOKIE, Display
from tongxing.ui.templatetags.look import icon_names, names_in

pytestmark = pytest.mark.django_db


def opened(client: Client, path: str, **display: str) -> str:
    client.cookies[COOKIE] = Display(**display).cookie
    response = client.get(path)
    assert int(response.headers["Content-Length"]) == len(response.content)
    return str(response.content.decode())


def test_pinyin_stands_above_the_text_and_nowhere_else(client: Client) -> None:
    plain, read = opened(client, "/find/"), opened(client, "/find/", pinyin="on")
    assert "<ruby>" not in plain
    assert len(re.findall('<rt aria-hidden="true">', read)) > 50
    assert re.sub(r"<rt[^>]*>[^<]*</rt>|</?ruby>", "", read).count("我们") == plain.count("我们")
    assert "<ruby>" not in re.sub(r"<main.*</main>", "", read, flags=re.S)


def test_a_page_with_easy_words_says_them_first(client: Client) -> None:
    assert "易读版" not in opened(client, "/help/")
    page = opened(client, "/help/", words="easy")
    assert page.index("这里找人帮忙。") < page.index("<h1")


def test_easy_words_belong_to_pages_that_exist_and_pictures_that_exist() -> None:
    faces = {top.namespace: top for top in get_resolver().url_patterns if getattr(top, "namespace", None)}
    known = {
        f"{face}:{pattern.name}"
        for face, top in faces.items()
        for pattern in top.url_patterns
        if hasattr(pattern, "name")
    }
    pages = easy_pages(settings.PACK)
    assert set(pages) - known <= {"display"}
    assert {line.icon for lines in pages.values() for line in lines} <= icon_names()
    sections = plan(settings.PACK).sections.values()
    drawn = names_in("pictures.svg")
    assert {line.icon for section in sections for line in section.easy} | set(PICTURES.values()) <= drawn


def test_scripts_come_only_to_who_asks_for_them(client: Client) -> None:
    assert "caption.js" not in opened(client, "/help/")
    page = opened(client, "/help/", caption="on", aloud="on", pointer="big", guide="on")
    assert all(name in page for name in ("caption.js", "aloud.js", "pointer.css", 'data-guide="on"'))
    assert "data-aloud hidden" in page, "without a voice of the device there is no button"
