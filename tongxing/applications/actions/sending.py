"""A service asked for: its papers wait with the draft, and become those of the case that is opened."""

from __future__ import annotations

from base64 import b64decode, b64encode

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.applications.actions.drafts import Said, drop, keep
from tongxing.applications.actions.helping import Helper, note_helper, note_unsure
from tongxing.applications.guests import UNSURE
from tongxing.applications.models import DraftPaper
from tongxing.applications.queries import answers_in, draft_of
from tongxing.casework import actions as casework
from tongxing.casework.catalogue import known
from tongxing.casework.models import Case
from tongxing.casework.refusal import Refused
from tongxing.documents.actions import add_paper
from tongxing.journal.actions import record
from tongxing.lib.mistakes import BadFile
from tongxing.lib.scans import read_scan
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import check_person
from tongxing.residents.actions import Word, hear


def read_paper(service: str, item: str, content: bytes) -> bytes:
    """As it is kept: a clean picture or PDF of something the service asks for. Raises Refused (S23)."""
    offered = known().get(service)
    if offered is None or item not in [named.id for named in offered.evidence]:
        raise Refused("这一项不要材料。请看看选的是哪一样。")
    try:
        return read_scan(content).content
    except BadFile as why:
        raise Refused(str(why)) from why


@transaction.atomic
def attach(*, by: Actor | None, person: Person, service: str, item: str, content: bytes) -> DraftPaper:
    """One paper of this item, in place of an earlier one. Raises Refused saying how to put it right (S23)."""
    check_person(by, person, Right.OWN_AFFAIRS)
    paper_content = read_paper(service, item, content)
    draft = draft_of(person, service) or keep(by=by, person=person, service=service, said=Said("", {}))
    paper = DraftPaper(draft=draft, item=item, at=timezone.now())
    sealed = ring().seal(b64encode(paper_content).decode(), place=paper.place)
    record(by=by, verb="applications.attached", subject=f"person:{person.pk}", service=service, item=item)
    kept, _ = DraftPaper.objects.update_or_create(draft=draft, item=item, defaults={"sealed": sealed, "at": paper.at})
    return kept


@transaction.atomic
def send(
    *, by: Actor | None, person: Person, service: str, helper: Helper | None = None, word: Word | None = None
) -> Case:
    """The case, its papers, who helped to write, what the person is not sure of, and what a ward says themselves.

    Sent twice, the case that is open comes back.

    `helper`: the person has agreed to it on the page. Raises what `open_case` and `hear` raise.
    """
    draft = draft_of(person, service)
    case = casework.open_case(by=by, person=person, service=service)
    for paper in DraftPaper.objects.filter(draft=draft) if draft else []:
        add_paper(by=by, case=case, item=paper.item, content=_content(paper))
    note_helper(by=by, case=case, helper=helper)
    note_unsure(by=by, case=case, facts=answers_in(draft).get(UNSURE, []))
    if word is not None:
        hear(by=by, person=person, case_number=case.number, how=word[0], words=word[1])
    drop(by=by, person=person, service=service)
    return case


def _content(paper: DraftPaper) -> bytes:
    return b64decode(ring().open(bytes(paper.sealed), place=paper.place))
