"""Evidence on the pages of the register: listed, and looked at, each look written down."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.programme import actions, queries
from tongxing.programme.models import Evidence
from tongxing.programme.permission import Thing


def pieces(thing: Thing) -> list[Evidence]:
    """Without their content."""
    return queries.evidence_of(thing)


def piece_of(thing: Thing, number: str) -> Evidence | None:
    """The piece that a form names by its number; None if it names none of this thing."""
    found: Evidence | None = thing.evidence.defer("sealed").filter(pk=int(number)).first() if number.isdigit() else None
    return found


@needs(Right.SEE_PLAN)
def look(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """The content itself, to whoever's area it is of; always as a file of our making, never as a page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    piece = queries.evidence_for(actor, evidence_id)
    if piece is None:
        raise Http404("没有这份凭据。")
    shown = actions.look_at_evidence(by=actor, evidence=piece)
    response = HttpResponse(shown, content_type=piece.kind)
    ending = "jpg" if piece.kind == "image/jpeg" else "pdf"
    response["Content-Disposition"] = f'attachment; filename="evidence-{piece.pk}.{ending}"'
    return response
