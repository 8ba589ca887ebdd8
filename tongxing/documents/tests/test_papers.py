"""Papers are sealed, kept once, seen only by those who may, and each look is written down."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tongxing.casework.refusal import Refused
from tongxing.casework.tests.conftest import People
from tongxing.documents import actions
from tongxing.documents.models import Paper
from tongxing.journal.models import Entry
from tongxing.lib.tests.test_scans import photo


def test_a_paper_is_sealed_and_kept_once(people: People) -> None:
    case = people.applied()
    first = actions.add_paper(by=people.town, case=case, item="account", content=photo())
    assert actions.add_paper(by=people.town, case=case, item="account", content=photo()).pk == first.pk
    assert b"JFIF" not in bytes(Paper.objects.get().sealed)


def test_each_look_is_written_down_with_the_case(people: People) -> None:
    case = people.applied()
    paper = actions.add_paper(by=people.town, case=case, item="account", content=photo())
    assert actions.look_at_paper(by=people.county, paper=paper).startswith(b"\xff\xd8")
    last = Entry.objects.order_by("number").last()
    assert last is not None
    assert (last.verb, last.actor_id, last.subject) == ("case.looked", 5, f"person:{people.person.pk}")
    with pytest.raises(PermissionDenied):
        actions.look_at_paper(by=people.far, paper=paper)


def test_a_hostile_file_leaves_the_case_as_it_was(people: People) -> None:
    case = people.applied()
    with pytest.raises(Refused, match="照片"):
        actions.add_paper(by=people.town, case=case, item="account", content=b"MZ\x90")
    with pytest.raises(Refused, match="选一项"):
        actions.add_paper(by=people.town, case=case, item="nothing", content=photo())
    assert not Paper.objects.exists()
