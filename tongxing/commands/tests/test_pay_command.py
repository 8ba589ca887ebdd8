"""`tongxing pay`: what programs read, and one line for people when it cannot be done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import cast
from tongxing.accounts.models import Post, User
from tongxing.commands import pay
from tongxing.payments import actions
from tongxing.payments.models import Run
from tongxing.payments.months import after, this_month
from tongxing.payments.papers import REPLY
from tongxing.residents.actions import change_account

Capture = pytest.CaptureFixture[str]
OFFICERS = {"maker": "civil_affairs_city", "checker": "federation_city", "treasurer": "finance_city"}


@pytest.fixture
def city(db: None) -> None:
    """An award, and three officers who sign in."""
    cast.build_divisions()
    person = cast.new_person(1)
    change_account(by=cast.an_officer("township_officer", cast.CITY, 2), person=person, number="0000000000000001")
    terms = actions.Terms(person, person.pk, "living_allowance", 8000, this_month())
    actions.grant(by=None, terms=terms)
    for name, role in OFFICERS.items():
        user = User.objects.create(username=name, name=name)
        Post.objects.create(user=user, role=role, division_code=cast.CITY, from_date=cast.today())


def told(capsys: Capture, *args: str) -> dict[str, object]:
    assert pay.run([*args, "--json"]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def sorry(capsys: Capture, *args: str) -> str:
    """One line on stderr, nothing on stdout, exit code 1."""
    assert pay.run(list(args)) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    return said.err


def test_building_says_run_month_payments_sum_and_differences(city: None, capsys: Capture) -> None:
    answer = told(capsys, "build")
    wanted = {"month": f"{this_month():%Y-%m}", "payments": 1, "total_fen": 8000, "new": 1, "changed": 0, "stopped": 0}
    assert answer["run"] == Run.objects.get().pk
    assert {key: answer[key] for key in wanted} == wanted


def test_building_twice_says_the_same(city: None, capsys: Capture) -> None:
    assert told(capsys, "build") == told(capsys, "build")


def test_people_are_told_in_words(city: None, capsys: Capture) -> None:
    assert pay.run(["build"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{this_month():%Y-%m}：1 笔，80") and "新增 1，变化 0，停发 0，暂存 0" in said


def test_a_month_goes_from_building_to_the_banks_answer(city: None, capsys: Capture, tmp_path: Path) -> None:
    told(capsys, "build", "--as", "maker")
    assert told(capsys, "approve", "--as", "checker")["state"] == "checked"
    assert told(capsys, "approve", "--as", "treasurer")["state"] == "approved"
    sent = told(capsys, "export", "--as", "treasurer", "--out", str(tmp_path / "bank.csv"))
    assert (sent["state"], sent["bytes"]) == ("sent", (tmp_path / "bank.csv").stat().st_size)
    answer = tmp_path / "回单.csv"
    answer.write_text(f"{','.join(REPLY)}\n{this_month():%Y%m}-00001,80.00,成功,\n", encoding="utf-8")
    done = told(capsys, "returns", str(answer), "--as", "treasurer")
    assert (done["paid"], done["returned"], done["known"], done["state"]) == (1, 0, False, "settled")
    assert told(capsys, "returns", str(answer), "--as", "treasurer")["known"] is True


def test_a_month_to_come_is_refused_in_one_line(city: None, capsys: Capture) -> None:
    later = after(after(this_month()))
    assert "下个月" in sorry(capsys, "build", "--month", f"{later:%Y-%m}")


def test_a_month_that_was_not_built_is_said_in_one_line(city: None, capsys: Capture) -> None:
    assert "还没有做发放" in sorry(capsys, "approve", "--as", "checker")


def test_an_unknown_user_is_refused_in_one_line(city: None, capsys: Capture) -> None:
    assert "没有用户 nobody" in sorry(capsys, "build", "--as", "nobody")


def test_without_the_right_it_is_refused_in_one_line(city: None, capsys: Capture) -> None:
    assert "不能做发放" in sorry(capsys, "build", "--as", "treasurer")
    assert not Run.objects.exists()


def test_the_maker_does_not_approve_from_the_command_line_either(city: None, capsys: Capture) -> None:
    told(capsys, "build", "--as", "maker")
    assert "您做的" in sorry(capsys, "approve", "--as", "maker")


def test_a_file_that_is_not_there_is_one_line(city: None, capsys: Capture, tmp_path: Path) -> None:
    told(capsys, "build")
    assert sorry(capsys, "returns", str(tmp_path / "none.csv"), "--as", "treasurer")


@pytest.mark.parametrize("month", ["2026", "11-2026", "2026-13", "下月"])
def test_a_month_in_another_form_is_explained(month: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stopped:
        pay.run(["build", "--month", month])
    assert stopped.value.code in (1, 2)
    assert f"不是 {month}" in capsys.readouterr().err
