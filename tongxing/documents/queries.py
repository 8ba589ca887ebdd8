"""Reads of papers, through the case that they belong to; never with their content."""

from __future__ import annotations

from tongxing.accounts.access import Actor
from tongxing.casework.models import Case
from tongxing.casework.queries import case_for
from tongxing.documents.models import Paper


def papers_of(case: Case) -> list[Paper]:
    """Without their content."""
    return list(Paper.objects.filter(case=case).defer("sealed"))


def paper_for(actor: Actor, number: str, paper_id: int) -> Paper | None:
    case = case_for(actor, number)
    return (
        Paper.objects.filter(case=case).defer("sealed").select_related("case").filter(pk=paper_id).first()
        if case
        else None
    )
