"""The plan of the pack as it stands in the city: nothing empty, every figure opens, the past counts the same again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.counts.test_figures_open import figures, wrong_figures
from tongxing.commands.main import main
from tongxing.content.indicators import COUNTED_KINDS, Indicator
from tongxing.content.plan import plan
from tongxing.content.programme import programme
from tongxing.plan.actions import count_run
from tongxing.plan.queries.counts import folder_of
from tongxing.policy.actions import run_night
from tongxing.policy.models import Run

Enter = Callable[[str | None], Client]
INDICATORS = plan(settings.PACK).indicators
MAY_BE_NONE = {"series", "against", "measure", "path", "versions"}  # by the kind; looked at below


@pytest.mark.parametrize("id_", INDICATORS)
def test_no_part_of_an_indicator_is_empty(id_: str) -> None:
    """P1: name, meaning, nature, formula, who is left out, source, owner, rhythm, target, version, contact."""
    indicator = INDICATORS[id_]
    empty = {field.name for field in fields(Indicator) if not getattr(indicator, field.name)}
    assert empty <= MAY_BE_NONE
    assert indicator.contact.name and indicator.contact.phone and indicator.target.source
    assert (indicator.target.value is None) == bool(indicator.target.missing)
    for version in indicator.versions:
        assert version.change and bool(version.excluded) != bool(version.nobody)
    assert bool(indicator.versions) or indicator.kind not in COUNTED_KINDS


def test_the_thirteen_of_the_plan_stand_first() -> None:
    headline = [id_ for id_, indicator in INDICATORS.items() if indicator.is_headline]
    assert headline == [f"i{number:02}" for number in range(1, 14)]


def test_links_to_pages_projects_and_documents_lead_somewhere() -> None:
    links = {link for clause in plan(settings.PACK).clauses.values() for link in clause.links}
    known = programme(settings.PACK)
    lost = []
    for kind, id_ in (link.split(":", 1) for link in sorted(links)):
        if kind == "page":
            try:
                reverse(id_)
            except NoReverseMatch:
                lost.append(id_)
        elif kind in ("project", "document"):
            lost += [id_] if id_ not in {"project": known.projects, "document": known.documents}[kind] else []
    assert lost == []


def test_every_clause_is_carried_out_or_says_why_not(city: Run, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "coverage", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["clauses"]
    assert [row["id"] for row in said] == list(plan(settings.PACK).clauses)
    assert all((row["gap"] is None) == bool(row["linked"] and row["records"]) for row in said)
    assert all(row["records"] == sum(link["records"] for link in row["linked"]) for row in said)
    assert sum(row["gap"] is None for row in said) >= 150


def test_a_clause_that_repeats_another_has_its_records(city: Run, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    main(["plan", "coverage", "--json"])
    said = {row["id"]: row for row in json.loads(capsys.readouterr().out)["clauses"]}
    only_other = {
        id_: clause.links[0].partition(":")[2]
        for id_, clause in plan(settings.PACK).clauses.items()
        if len(clause.links) == 1 and clause.links[0].startswith("clause:")
    }
    assert only_other
    assert all(said[id_]["records"] == said[other]["records"] for id_, other in only_other.items())


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}


def test_three_past_days_count_to_the_same_bytes(city: Run, db: None) -> None:
    """P4: whenever a day is counted again, from its stored snapshot."""
    runs = [run_night(as_of=city.as_of_date - timedelta(days)) for days in (190, 95, 31)]
    first = [count_run(run=run) for run in runs]
    kept = [bytes_of(folder_of(run)) for run in runs]
    assert [count_run(run=run) for run in runs] == first
    assert [bytes_of(folder_of(run)) for run in runs] == kept
    assert len({count.cells_digest for count in first}) == 3
    assert all({"cells.parquet", "units.parquet"} <= set(files) for files in kept)


def starts() -> list[str]:
    some = [f"/desk/plan/indicators/{id_}/" for id_ in ("i03", "i08", "i12", "x_supported_people")]
    return ["/desk/plan/", *some]


@pytest.mark.parametrize("role", ["federation_city", "federation_county", "education_city"])
def test_every_figure_of_the_plan_leads_to_a_list_of_that_length(role: str, city: Run, client_of: Enter) -> None:
    """D13; also where the purpose of the officer hides most of the people."""
    client, count = client_of(role), 0
    for url in starts():
        opened, wrong = wrong_figures(client, url)
        assert wrong == []
        count += opened
    assert count >= 20


@pytest.mark.parametrize("role", ["planner", "committee_county", "finance_city"])
def test_who_may_not_see_people_reads_plain_figures(role: str, city: Run, client_of: Enter) -> None:
    """P11: the same page, the figures without their links; the list itself is closed."""
    client = client_of(role)
    for url in starts():
        html = client.get(url).content.decode()
        assert [there for _, there in figures(url, html) if "/people/" in there] == []
    assert client.get("/desk/plan/indicators/i04/people/?part=counted").status_code == 403


def test_an_area_beyond_ones_own_is_nobodys(city: Run, client_of: Enter) -> None:
    county, foreign = client_of("federation_county"), "450502000000"
    for url in (*starts(), "/desk/plan/indicators/i04/people/"):
        assert county.get(url, {"area": foreign, "part": "counted"}).status_code == 404
    assert county.get("/desk/plan/indicators/i04/people/", {"part": "everybody"}).status_code == 404
    assert county.get("/desk/plan/indicators/i04/people/", {"group": "income"}).status_code == 404


def test_no_rate_of_fewer_than_thirty_people_is_said(city: Run, client_of: Enter) -> None:
    """P12: where too few are known the page says so; the numbers stand there all the same."""
    html = client_of("federation_city").get("/desk/plan/indicators/i09/").content.decode()
    assert "人太少" in html
    cells = re.findall(r"<tr><th[^>]*>(?:<a[^>]*>)?[^<]+(?:</a>)?</th><td class=\"num\">([^<]*)</td>", html)
    assert cells and not any("%" in cell for cell in cells[1:] if cell not in ("", "—"))
