"""What everybody sees of the plan: the numbers of the release and no others, nobody's number, no cookie, few bytes."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from tongxing.config import aids
from tongxing.letters import sound
from tongxing.releases.datasets import hash_of
from tongxing.releases.models import Publication
from tongxing.releases.queries.published import content_of, rows_of
from tongxing.ui.display import COOKIE, Display
from tongxing.ui.tests.mistakes import faults

START = "/plan/"
FIRST_VISIT = 40_000  # bytes on the wire: the page, the sheet and the icons; A11 allows 60,000
PERSONAL = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?!\d)")
WORDS = {"不公布": None, "不算": None, "没有数": None}


def pages(client: Client) -> Iterator[tuple[str, Any]]:
    """Every page under /plan/ that links lead to, each once."""
    waiting, seen = [START], {START}
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        yield path, answer
        if not answer["Content-Type"].startswith("text/html"):
            continue
        for link in re.findall(r'href="(/plan/[^"#]*)', answer.content.decode()):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def test_a_visitor_walks_everywhere_and_meets_nobody(published: list[Publication]) -> None:
    client, walked = Client(), 0
    for path, answer in pages(client):
        walked += 1
        assert answer.status_code == 200, path
        assert not answer.cookies, path
        assert "public, max-age=" in answer["Cache-Control"], path
        hashless = re.sub(r"\b[0-9a-f]{64}\b", "", answer.content.decode())
        assert PERSONAL.findall(hashless) == [], path
    assert walked > 30


def test_a_first_visit_is_light(published: list[Publication]) -> None:
    """Each page with its sheet and icons, as they go over the wire."""
    client, ground = Client(headers={"Accept-Encoding": "gzip"}), dict[str, int]()
    for path, answer in pages(Client()):
        if answer["Content-Type"].startswith("text/html"):
            assets = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', answer.content.decode()))
            ground |= {asset: len(sent(client, asset)) for asset in assets - ground.keys()}
            assert len(sent(client, path)) + sum(ground[asset] for asset in assets) <= FIRST_VISIT, path
    assert any("tongxing.css" in asset for asset in ground)


def test_pinyin_is_written_into_pages_that_are_kept(published: list[Publication]) -> None:
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.cookies[COOKIE] = Display(pinyin="on").cookie
    for path in (START, "/plan/reports/"):
        assert "<ruby>" in gzip.decompress(sent(client, path)).decode(), path


def test_pages_that_are_kept_can_be_heard(published: list[Publication], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "is_installed", lambda: True)
    monkeypatch.setattr(aids, "read_aloud", lambda lines: " ".join(lines).encode())
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.cookies[COOKIE] = Display(aloud="on").cookie
    for _ in ("drawn", "kept"):
        heard = client.get(START, {"sound": "1"})
        assert heard["Content-Type"] == "audio/mpeg" and "答应的事" in gzip.decompress(heard.content).decode()


def sent(client: Client, path: str) -> bytes:
    """The body on the wire, which unpacks to what somebody gets who cannot unpack."""
    plainly = Client()
    plainly.cookies.update(client.cookies)
    answer, plain = client.get(path), plainly.get(path)
    assert answer.get("Content-Encoding") == "gzip", path
    assert "Accept-Encoding" in answer["Vary"] and "Accept-Encoding" in plain["Vary"], path
    body = answer.getvalue()
    assert int(answer["Content-Length"]) == len(body)
    assert gzip.decompress(body) == plain.getvalue()
    return bytes(body)


class Tables(HTMLParser):
    """Every row of every table of a page as the texts of its cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        self.inside = tag in ("td", "th") or (self.inside and tag not in ("tr", "table"))
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def as_number(text: str) -> float | None:
    text = text.strip().rstrip("%").replace(",", "")
    return WORDS[text] if text in WORDS else float(text)


def test_the_page_the_csv_and_the_json_say_the_same(published: list[Publication]) -> None:
    number = published[-1].number
    kinds = {row["indicator"]: row["kind"] for row in rows_of(number, "indicators")}
    shown_ids = {row["indicator"] for row in rows_of(number, "areas")}
    assert {kinds[id_] for id_ in shown_ids} >= {"rate", "count"}
    for id_ in sorted(shown_ids):
        columns = ["whole", "counted", "rest", "rate"] if kinds[id_] == "rate" else ["whole"]
        page = Tables(Client().get(f"/plan/indicators/{id_}/").content.decode()).rows
        for table in ("areas", "groups"):
            said = [row for row in rows_of(number, table) if row["indicator"] == id_]
            lines = [line for line in lines_of(number, table) if line["indicator"] == id_]
            for line, row in zip(lines, said, strict=True):
                numbers = [row[name] for name in columns]
                assert numbers == [float(line[name]) if line[name] else None for name in columns]
                named = [cells[1:] for cells in page if cells and cells[0].strip("\u3000 ") == row["name"]]
                assert numbers in [[as_number(cell) for cell in cells] for cells in named if len(cells) == len(columns)]


def lines_of(number: str, table: str) -> list[dict[str, str]]:
    content = content_of(number, f"{table}.csv") or b""
    return list(csv.DictReader(StringIO(content.decode(), newline="")))


def test_the_headline_figures_are_those_of_the_release(published: list[Publication]) -> None:
    page = Client().get(START).content.decode()
    for row in rows_of(published[-1].number, "indicators"):
        if row["value"] is not None and row["indicator"].startswith("i"):
            said = f"{row['value']:,}{'%' if row['unit'] == '%' else ' ' + row['unit']}"
            assert f'<span class="fig">{said}</span>' in page, row["indicator"]


def test_a_release_that_waits_is_seen_by_nobody(published: list[Publication]) -> None:
    newest = published[-1]
    Publication.objects.filter(pk=newest.pk).update(state=Publication.State.WAITING)
    assert Client().get(f"/plan/data/{newest.number}/areas.csv").status_code == 404
    assert newest.number not in Client().get("/plan/data/").content.decode()


def test_files_carry_a_mark_for_spreadsheets_on_request(published: list[Publication]) -> None:
    path = f"/plan/data/{published[-1].number}/areas.csv"
    plain, marked = Client().get(path).content, Client().get(path + "?bom=1").content
    assert marked == b"\xef\xbb\xbf" + plain
    assert Client().get("/plan/data/newest/areas.csv").content == plain
    assert Client().get(f"/plan/data/{published[-1].number}/..%2F..%2Fkeys.json").status_code == 404


def test_a_remark_sets_no_cookie_and_a_form_of_another_site_is_refused(published: list[Publication]) -> None:
    client, words = Client(enforce_csrf_checks=True), {"words": "康复站一个月只来一次。"}
    path = "/plan/indicators/i10/say/"
    assert client.post(path, words, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404
    answer = client.post(path, words)
    assert (answer.status_code, answer["Location"]) == (302, "/plan/indicators/i10/?said=1#say")
    assert not client.cookies
    wrong = {"words": "打 13800138000"}
    assert faults(client.post(path, wrong), wrong) == []


def test_the_public_page_says_what_the_desk_says_and_its_checksum_is_that_of_the_file(
    published: list[Publication], client_of: Callable[[str | None], Client]
) -> None:
    """The public half of J20."""
    rows = rows_of(published[-1].number, "indicators")
    row = next(row for row in rows if row["kind"] == "rate" and row["value"] is not None)
    said = f"{row['value']:,}%"
    public = Client().get(f"/plan/indicators/{row['indicator']}/").content.decode()
    officer = client_of("planner")
    desk = officer.get(f"/desk/plan/indicators/{row['indicator']}/").content.decode()
    assert f'<span class="fig">{said}</span>现在' in public
    assert f'<span class="fig">{said}</span>现在' in desk
    own = officer.get(f"/plan/indicators/{row['indicator']}/")
    assert f"/desk/plan/indicators/{row['indicator']}/" in own.content.decode()
    assert own["Cache-Control"] == "no-store"
    content = Client().get(f"/plan/data/{published[-1].number}/areas.csv").content
    assert hash_of(content) in Client().get("/plan/data/").content.decode()
