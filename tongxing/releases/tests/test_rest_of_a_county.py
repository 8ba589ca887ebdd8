"""S28: protected people are in no township; what is left of a county is hidden with small cells, and has no row."""

from __future__ import annotations

from tongxing.lib.disclosure import Hide, Row
from tongxing.releases.queries.protected import cells_of, protected


def test_what_is_left_of_a_county_is_hidden_as_a_small_cell_and_has_no_row() -> None:
    townships = [Row(f"place:45992110{n}", "place", "place:459921", 40 + n, None) for n in range(3)]
    rest = Row("place:459921000", "place", "place:459921", 1, None)
    county = Row("place:459921", "place", "city", 124, None)
    rows = [Row("city", "place", None, 124, None), county, *townships, rest]
    release = protected({row.key: row for row in rows}, None)
    assert release is not None
    assert release.hidden[rest.key] != Hide.NOTHING, "no subtraction tells that there is one"
    assert rest.key not in cells_of(release) and county.key in cells_of(release)
