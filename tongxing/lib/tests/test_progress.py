import io
import sys
from collections.abc import Iterator

import pytest

from tongxing.lib import progress as module
from tongxing.lib.progress import bar, be_quiet, progress, step


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def loud_again() -> Iterator[None]:
    yield
    be_quiet(False)


def test_no_bar_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress(3, "读")) == [0, 1, 2]
    assert list(progress(iter("ab"), "读")) == ["a", "b"]
    assert capsys.readouterr() == ("", "")


def test_a_bar_is_drawn_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    assert list(progress(["a", "b"], "读名单")) == ["a", "b"]
    assert "读名单" in screen.getvalue()
    assert screen.getvalue().endswith(module.CLEAR)


def test_quiet_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    be_quiet()
    with step("生成"):
        list(progress(3, "读"))
    assert screen.getvalue() == ""


def test_a_bar_tells_part_and_count() -> None:
    assert bar("读", 5, 10) == f"读 {'█' * 15}{'░' * 15} 50% 5/10"
    assert bar("读", 5000, None) == "读 5,000"
    assert "100%" in bar("读", 12, 10)


def test_a_step_ends_with_its_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    with step("生成合成城市"):
        pass
    assert capsys.readouterr().err == "生成合成城市 … 0.0 秒\n"


def test_a_step_that_failed_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), step("算"):
        raise ZeroDivisionError
    assert "没有做完" in capsys.readouterr().err
