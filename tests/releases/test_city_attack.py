"""The attack on what the city really publishes: two successive releases."""

from __future__ import annotations

import os

from tests.disclosure.attack import hidden_cells, narrowed
from tongxing.content.indicators import COUNTED_KINDS
from tongxing.content.plan import plan
from tongxing.lib.disclosure import Hide, Release, small
from tongxing.plan.queries.counts import count_of
from tongxing.releases import actions
from tongxing.releases.models import Publication
from tongxing.releases.queries.protected import CITY, Tables, hidden_in
from tongxing.releases.queries.published import content_of, rows_of

# How many of the indicators that this city shows are attacked; `make test-release` attacks every one.
MOST = 99 if os.environ.get("TONGXING_TEST_RANDOM") else 3


def seen(publication: Publication, indicator: str, kinds: dict[str, str]) -> Release | None:
    """What the published files themselves show of an indicator, and the truth behind it; None if nothing is shown."""
    digits = {"city": 0, "county": 6, "township": 9}
    said = {
        f"place:{row['code'][: digits[row['level']]]}" if row["level"] != "city" else CITY: row["hidden"]
        for row in rows_of(publication.number, "areas")
        if row["indicator"] == indicator
    }
    groups = [row for row in rows_of(publication.number, "groups") if row["indicator"] == indicator]
    hidden = hidden_in(said | {f"{row['group']}:{row['code']}": row["hidden"] for row in groups})
    count = count_of(publication.run)
    assert count is not None
    rows = Tables(count, kinds).rows(indicator)
    return Release(rows, {key: hidden.get(key, Hide.ALL) for key in rows}) if hidden else None


def test_no_hidden_cell_of_the_city_is_narrowed(published: list[Publication], settings: object) -> None:
    known = plan(settings.PACK).indicators  # type: ignore[attr-defined]
    kinds = {id_: indicator.kind for id_, indicator in known.items() if indicator.kind in COUNTED_KINDS}
    attacked = 0
    pairs = {id_: [found for one in published[-2:] if (found := seen(one, id_, kinds)) is not None] for id_ in kinds}
    shown = [id_ for id_, pair in pairs.items() if any(True for _ in hidden_cells(pair))]
    for id_ in shown[:MOST]:
        pair = pairs[id_]
        attacked += sum(1 for _ in hidden_cells(pair))
        assert narrowed(pair) == {}, id_
        for release in pair:
            for key, row in release.rows.items():
                assert not small(row.whole) or release.hidden[key] == Hide.ALL, (id_, key)
    assert attacked > 100


def test_past_releases_of_the_city_are_drawn_again(published: list[Publication]) -> None:
    for publication in published:
        again = actions.drawn_again(publication)
        assert {name for name, content in again.items() if content != content_of(publication.number, name)} == set()
