from __future__ import annotations

import pytest

from tongxing.lib import braille


def test_cells_become_the_ascii_of_embossers() -> None:
    assert braille.ascii_of("⠣⠂⠓⠪⠄⠀⠼⠁") == "<1H[' #A"
    assert len(set(braille.ASCII)) == 64


def test_what_six_dots_cannot_show_is_a_full_cell() -> None:
    assert braille.ascii_of(braille.UNKNOWN) == "=" == braille.ascii_of(braille.FULL)


def test_words_are_not_cut_unless_longer_than_a_line() -> None:
    assert braille.wrapped("⠁⠁⠀⠃⠃⠃⠀⠉", width=6) == ["⠀⠀⠁⠁", "⠃⠃⠃⠀⠉"]
    assert braille.wrapped("⠁" * 9, width=5) == ["⠀⠀⠁⠁⠁", "⠁⠁⠁⠁⠁", "⠁"]


@pytest.mark.parametrize("count", [0, 1, 24, 25, 60])
def test_sheets_are_as_wide_and_high_as_paper_and_numbered(count: int) -> None:
    sheets = braille.pages(["⠃"] * count)
    assert [len(sheet) for sheet in sheets] == [25] * max(1, -(-count // 24))
    assert all(len(line) <= 40 for sheet in sheets for line in sheet)
    assert sheets[-1][-1].endswith("⠼" + "⠚⠁⠃⠉⠙"[len(sheets)])
    assert braille.brf(sheets).count(b"\f") == len(sheets)


def test_our_lines_stand_before_the_common_table() -> None:
    table = braille.overlay({"区": "13-346-1", "𠮷": "1"}, "zhcn-cbs.ctb").splitlines()
    assert table[:2] == [r"sign \x533A 13-346-1", r"sign \y20BB7 1"]
    assert table[-1] == "include zhcn-cbs.ctb"
    with pytest.raises(ValueError, match="13-346-1"):
        braille.overlay({"区": "13-347"}, "zhcn-cbs.ctb")
