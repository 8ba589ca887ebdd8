from collections.abc import Callable
from datetime import date

import pytest

from tongxing.lib.chain import START, Break, Linked, canonical, link, verify


def chain(length: int = 6) -> list[Linked]:
    entries, previous = [], START
    for number in range(1, length + 1):
        content = {"number": number, "verb": "person.viewed", "label": "吴主任"}
        entries.append(Linked(number, content, previous, link(previous, content)))
        previous = entries[-1].hash
    return entries


def rehashed(entries: list[Linked]) -> list[Linked]:
    """As somebody with the database, but not the anchors, would write the chain anew."""
    written, previous = [], START
    for number, entry in enumerate(entries, 1):
        content = {**entry.content, "number": number}
        written.append(Linked(number, content, previous, link(previous, content)))
        previous = written[-1].hash
    return written


def edited(entries: list[Linked]) -> list[Linked]:
    return [
        entry._replace(content={**entry.content, "label": "别人"}) if entry.number == 3 else entry for entry in entries
    ]


def test_an_untouched_chain_holds() -> None:
    entries = chain()
    assert verify(iter(entries)) is None
    assert verify(entries, {2: entries[1].hash, 6: entries[5].hash}) is None
    assert verify([]) is None


@pytest.mark.parametrize(
    ("harm", "number", "reason"),
    [
        (edited, 3, "内容被改过"),
        (lambda entries: entries[:2] + entries[3:], 3, "编号不连续"),
        (lambda entries: [*entries[:2], entries[3], entries[2], *entries[4:]], 3, "编号不连续"),
        (lambda entries: [*entries[:2], entries[1], *entries[2:]], 3, "编号不连续"),
        (lambda entries: entries[1:], 1, "编号不连续"),
        (lambda entries: [*entries[:2], entries[2]._replace(previous=START), *entries[3:]], 3, "接不上"),
        (lambda entries: [*entries[:2], entries[2]._replace(hash=START), *entries[3:]], 3, "内容被改过"),
    ],
)
def test_the_first_bad_number_is_named(harm: Callable[[list[Linked]], list[Linked]], number: int, reason: str) -> None:
    found = verify(harm(chain()))
    assert found is not None
    assert found.number == number
    assert reason in found.reason


def test_a_tail_cut_shows_through_the_anchor_alone() -> None:
    entries = chain()
    assert verify(entries[:4]) is None
    assert verify(entries[:4], {6: entries[5].hash}) == Break(5, "后面的记录被删了：锚点记着第 6 条，现在只有 4 条")


def test_a_chain_written_anew_shows_through_the_anchor() -> None:
    entries = chain()
    forged = rehashed(edited(entries))
    assert verify(forged) is None
    found = verify(forged, {4: entries[3].hash})
    assert found is not None and found.number == 4


def test_the_hashed_form_does_not_depend_on_order() -> None:
    assert canonical({"b": 1, "a": "覃"}) == canonical({"a": "覃", "b": 1}) == '{"a":"覃","b":1}'.encode()


def test_what_has_no_one_form_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"day": date(2026, 1, 3)})
    with pytest.raises(ValueError, match="JSON"):
        canonical({"x": float("nan")})
    with pytest.raises(ValueError, match="32"):
        link(b"", {})
