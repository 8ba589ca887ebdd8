"""Files are made once and signed by two; what was written stays in a rebuilt report."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.evaluation import actions
from tongxing.evaluation.models import Build, Evaluation, Signature
from tongxing.evaluation.queries.evaluations import content_of, document_of, folder_of, published
from tongxing.evaluation.refusal import Refused
from tongxing.journal.models import Entry
from tongxing.releases.models import Publication

APPROVE, PUBLISH = Signature.Purpose.APPROVE, Signature.Purpose.PUBLISH


@pytest.fixture
def build(evaluation: Evaluation, liang: Actor) -> Build:
    return actions.build(evaluation=evaluation, by=liang)


def test_the_journal_holds_the_hash_of_every_file(build: Build) -> None:
    assert set(build.files) == {"report.json", "report.docx", "report.pdf", "entered.json"}
    assert Entry.objects.get(verb="evaluation.built").detail["files"] == build.files


def test_made_again_without_a_change_it_is_the_same_build(build: Build, evaluation: Evaluation, pei: Actor) -> None:
    assert actions.build(evaluation=evaluation, by=pei) == build


def test_a_rebuilt_report_keeps_what_was_written_and_by_whom(
    build: Build, evaluation: Evaluation, liang: Actor
) -> None:
    actions.write(evaluation=evaluation, slot="measures", words="人手不够。", seen=0, by=liang)
    again = actions.build(evaluation=evaluation, by=liang)
    pieces = document_of(again)["sections"][0]["blocks"][1]["pieces"]
    assert [(piece["words"], piece["by"]) for piece in pieces] == [("人手不够。", liang.label)]
    assert document_of(build)["sections"][0]["blocks"][1]["pieces"] == []


def test_a_stranger_makes_and_signs_nothing(build: Build, evaluation: Evaluation) -> None:
    villager = cast.an_officer("village_worker", cast.VILLAGE, 1)
    with pytest.raises(PermissionDenied):
        actions.build(evaluation=evaluation, by=villager)
    with pytest.raises(PermissionDenied):
        actions.sign(build=build, purpose=APPROVE, by=villager)


def test_one_person_does_not_approve_twice(build: Build, liang: Actor) -> None:
    actions.sign(build=build, purpose=APPROVE, by=liang)
    with pytest.raises(Refused, match="另一个人"):
        actions.sign(build=build, purpose=APPROVE, by=liang)
    assert Evaluation.objects.get().state == "drafting"


def test_two_people_approve(build: Build, liang: Actor, pei: Actor) -> None:
    for by in (liang, pei, pei):  # pressed once more it stays approved
        actions.sign(build=build, purpose=APPROVE, by=by)
    assert Evaluation.objects.get().state == "approved"
    assert Signature.objects.count() == 2


def test_what_was_written_since_voids_the_first_signature(
    build: Build, evaluation: Evaluation, liang: Actor, pei: Actor
) -> None:
    actions.sign(build=build, purpose=APPROVE, by=liang)
    actions.write(evaluation=evaluation, slot="measures", words="人手不够。", seen=0, by=liang)
    with pytest.raises(Refused, match="又有人写了"):
        actions.sign(build=build, purpose=APPROVE, by=pei)
    again = actions.build(evaluation=evaluation, by=liang)
    assert actions.sign(build=again, purpose=APPROVE, by=pei).state == "drafting"


def test_a_changed_file_is_neither_given_out_nor_signed(build: Build, pei: Actor) -> None:
    (folder_of(build.evaluation_id, build.number) / "report.pdf").write_bytes(b"%PDF other")
    assert content_of(build, "report.pdf") is None
    with pytest.raises(Refused, match="不一样"):
        actions.sign(build=build, purpose=APPROVE, by=pei)


def test_an_approved_report_is_not_written_any_more(build: Build, liang: Actor, pei: Actor) -> None:
    for by in (liang, pei):
        actions.sign(build=build, purpose=APPROVE, by=by)
    with pytest.raises(Refused, match="已经批准"):
        actions.write(evaluation=build.evaluation, slot="measures", words="再加一句。", seen=0, by=liang)


def test_it_goes_out_only_after_its_figures_did_and_by_two(
    build: Build, liang: Actor, pei: Actor, planner: Actor
) -> None:
    with pytest.raises(Refused, match="没有批准"):
        actions.build(evaluation=build.evaluation, by=pei, is_public=True)
    for by in (liang, pei):
        approved = actions.sign(build=build, purpose=APPROVE, by=by)
    with pytest.raises(Refused, match="还没有公布"):
        actions.build(evaluation=approved, by=pei, is_public=True)
    _released(build)
    public = actions.build(evaluation=approved, by=pei, is_public=True)
    with pytest.raises(PermissionDenied):
        actions.sign(build=public, purpose=PUBLISH, by=liang)
    actions.sign(build=public, purpose=PUBLISH, by=pei)
    assert published() == []
    actions.sign(build=public, purpose=PUBLISH, by=planner)
    assert published() == [public]


def _released(build: Build) -> None:
    cast.sign_up()
    run = build.evaluation.count.run
    fields = {"as_of_date": run.as_of_date, "made_date": run.as_of_date, "state": "out", "hash": "0" * 64}
    Publication.objects.create(
        number="2023-06-01", run=run, made_by_id=6, made_label="梁主任", made_at=build.at, change="第一期", **fields
    )
