"""`tongxing check`: exit code and words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongxing.commands.check import run
from tongxing.content.tests import packs

Capture = pytest.CaptureFixture[str]


def test_a_sound_pack_gives_one_line_and_0(tmp_path: Path, capsys: Capture) -> None:
    assert run([str(packs.write(tmp_path, packs.FULL))]) == 0
    assert capsys.readouterr().out == "规则包没有问题：1 条政策，2 个例子都对，提醒 0 条。\n"


def test_each_mistake_gives_one_line_and_1(tmp_path: Path, capsys: Capture) -> None:
    files = packs.FULL | {"policies/allowance.yaml": packs.POLICY.replace("80.00", "81.00").replace("a1", "b1")}
    assert run([str(packs.write(tmp_path, files))]) == 1
    said = capsys.readouterr()
    assert [line.split(":")[0] for line in said.out.splitlines()] == ["city/policies/allowance.yaml"] * 2
    assert said.err == "有 2 处要改。\n"


def test_loose_ends_are_told_and_can_be_hushed(tmp_path: Path, capsys: Capture) -> None:
    files = packs.FULL | {"facts.yaml": packs.FACTS.replace("derived:", "  idle: {type: bool, from: list}\nderived:")}
    pack = str(packs.write(tmp_path, files))
    assert run([pack]) == 0
    assert "city/facts.yaml:7:3: 提醒：没有规则用到事实 idle" in capsys.readouterr().err
    assert run([pack, "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_without_a_folder_it_checks_the_pack_in_use(tmp_path: Path, settings: object, capsys: Capture) -> None:
    settings.PACK = packs.write(tmp_path, packs.FULL)  # type: ignore[attr-defined]
    assert run([]) == 0
    assert "1 条政策" in capsys.readouterr().out
