"""The register of the synthetic city, recounted row by row: what is done has its evidence and its second person."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tongxing.journal.models import Entry
from tongxing.policy.models import Run
from tongxing.programme import queries
from tongxing.programme.models import Climb, Confirmation, PlanTask, ProjectPayment
from tongxing.programme.tasks import keep_register


def test_every_state_is_there_and_what_is_done_has_two_people_and_evidence(city: Run, db: None) -> None:
    today = date.today()
    states = Counter(queries.task_state(task, today) for task in queries.tasks())
    assert min(states[state] for state in ("going", "blocked", "late", "done")) > 10
    for claim in Confirmation.objects.filter(state="confirmed").select_related("task"):
        handed = set(claim.task.evidence.values_list("by_user_id", flat=True))
        assert handed
        assert claim.second_user_id not in {claim.by_user_id, *handed}


def test_every_project_and_paper_has_records_and_sums_are_the_entries(city: Run, db: None) -> None:
    found = queries.records_by_link()
    assert [link for link, count in found.items() if count == 0] == []
    paid = sum(queries.project_figures(project).paid_fen for project in queries.projects())
    assert paid == sum(ProjectPayment.objects.values_list("amount_fen", flat=True)) > 0


def test_the_next_night_opens_nothing_and_lets_nothing_climb_again(city: Run, db: None) -> None:
    before = (PlanTask.objects.count(), Climb.objects.count(), Entry.objects.count())
    keep_register(run=city, by=None)
    assert (PlanTask.objects.count(), Climb.objects.count(), Entry.objects.count()) == before
    assert before[1] > 0
