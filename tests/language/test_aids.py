"""What a reader chose is served by the server, on every page, without JavaScript."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver

from tongxing.config import aids
from tongxing.config.static import CompressedStatic
from tongxing.content.easy import easy_pages
from tongxing.content.find import find
from tongxing.content.plan import plan
from tongxing.content.recordings import Recording
from tongxing.letters import sound
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
    assert {group.picture for group in find(settings.PACK).groups} <= drawn


def test_scripts_come_only_to_who_asks_for_them(client: Client) -> None:
    assert "caption.js" not in opened(client, "/help/")
    page = opened(client, "/help/", caption="on", aloud="on", pointer="big", guide="on")
    assert all(name in page for name in ("caption.js", "aloud.js", "pointer.css", 'data-guide="on"'))
    assert "data-aloud" in page and "<audio" not in opened(client, "/help/")


@pytest.mark.skipif(not sound.is_installed(), reason="espeak-ng is not on this machine")
def test_a_page_can_be_heard_without_a_voice_and_without_javascript(client: Client) -> None:
    assert "sound=1" in opened(client, "/find/", aloud="on")
    heard = client.get("/find/?sound=1")
    assert heard["Content-Type"] == "audio/mpeg" and heard.content[:2] == b"\xff\xf3"
    assert heard["Cache-Control"] == "no-store"
    assert client.get("/my/?sound=1").status_code == 302, "what one may not see one does not hear"
    assert "text/html" in client.post("/find/question/?sound=1", {})["Content-Type"]
    client.cookies.clear()
    assert "text/html" in client.get("/find/?sound=1")["Content-Type"], "only for whoever asked to hear pages"


@pytest.mark.skipif(not sound.is_installed(), reason="espeak-ng is not on this machine")
def test_a_page_that_answers_a_form_comes_again_with_its_sound_inside(client: Client) -> None:
    opened(client, "/find/", aloud="on")
    asked = client.post("/find/question/", {"who": "self"}).content.decode()
    assert 'name="sound"' in asked and "<audio" not in asked
    heard = client.post("/find/question/", {"who": "self", "sound": "1"})
    found = re.search(r'src="data:audio/mpeg;base64,([^"]+)"', heard.content.decode())
    assert found and b64decode(found[1])[:2] == b"\xff\xf3"
    assert "media-src 'self' data:;" in heard["Content-Security-Policy"] and heard["Cache-Control"] == "no-store"
    assert (
        "data:;" not in client.post("/find/question/", {"who": "self"})["Content-Security-Policy"].split("media-src")[1]
    )
    client.cookies.clear()
    assert "<audio" not in client.post("/find/question/", {"who": "self", "sound": "1"}).content.decode()


def test_a_machine_without_a_voice_says_so_and_whom_to_call(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "is_installed", lambda: False)
    page = opened(client, "/find/", aloud="on")
    assert "这里没有能念的声音" in page and "<audio" not in page
    assert "text/html" in client.get("/find/?sound=1")["Content-Type"]


def test_what_is_read_ends_with_where_the_rest_stands() -> None:
    assert list(aids._at_most(["一二三", "四五", "六"], 6)) == ["一二三", "四五", "六"]
    assert list(aids._at_most(["一二三", "四五", "六"], 5)) == ["一二三", "四五", aids.MORE]


def test_a_page_shows_its_film_with_captions_and_words_and_starts_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = Recording("手语", "home.mp4", "home.vtt", "这里帮您办事。")
    monkeypatch.setattr(aids, "recordings", lambda folder: {"portal:help": [film]})
    page = opened(client, "/help/")
    assert '<video controls preload="none"' in page and "autoplay" not in page
    assert '<track kind="captions" srclang="zh-CN" label="字幕" src="/recordings/home.vtt" default>' in page
    assert "<p>这里帮您办事。</p>" in page
    assert "<video" not in opened(client, "/find/")


def test_a_recording_is_sent_in_the_parts_that_a_player_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings" / "home.mp3").write_bytes(b"0123456789")
    monkeypatch.setattr(settings, "PACK", tmp_path)
    served = CompressedStatic(lambda request: HttpResponse(status=404))
    ask = RequestFactory().get
    whole = served(ask("/recordings/home.mp3"))
    part = served(ask("/recordings/home.mp3", headers={"Range": "bytes=2-4"}))
    assert (whole.status_code, whole["Content-Type"], b"".join(whole)) == (200, "audio/mpeg", b"0123456789")
    assert (part.status_code, b"".join(part)) == (206, b"234")
    whole.close()
    part.close()
    assert served(RequestFactory().get("/recordings/../find.yaml")).status_code == 404
