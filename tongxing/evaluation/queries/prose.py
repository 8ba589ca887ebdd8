"""What officers wrote: the version that counts in each place, and those before it."""

from __future__ import annotations

from django.utils import timezone

from tongxing.evaluation.models import Evaluation, Prose
from tongxing.lib.dates import spoken_date
from tongxing.reports.document import Piece


def newest(evaluation: Evaluation, slot: str, unit: str) -> Prose | None:
    return Prose.objects.filter(evaluation=evaluation, slot=slot, unit=unit).order_by("-version").first()


def standing_prose(evaluation: Evaluation, until: int | None = None) -> dict[str, list[Prose]]:
    """By place: the newest version of each unit, up to the version with this id; what was taken back is left out."""
    found: dict[tuple[str, str], Prose] = {}
    rows = Prose.objects.filter(evaluation=evaluation)
    for prose in rows if until is None else rows.filter(pk__lte=until):
        found[prose.slot, prose.unit] = prose
    places: dict[str, list[Prose]] = {}
    for (slot, _), prose in sorted(found.items()):
        if prose.words:
            places.setdefault(slot, []).append(prose)
    return places


def pieces(evaluation: Evaluation, until: int) -> dict[str, list[Piece]]:
    """As the report shows them; an evaluation that is not kept has none."""
    if evaluation.pk is None:
        return {}
    return {slot: [_piece(prose) for prose in found] for slot, found in standing_prose(evaluation, until).items()}


def _piece(prose: Prose) -> Piece:
    on = spoken_date(timezone.localtime(prose.at).date())
    return Piece(prose.unit, prose.words, prose.by_label, on, prose.version)


def versions(evaluation: Evaluation, slot: str) -> list[Prose]:
    """Every version of a place, the newest first."""
    return list(Prose.objects.filter(evaluation=evaluation, slot=slot).order_by("-id"))


def last_written(evaluation: Evaluation) -> int:
    """The id of the newest version of all; 0 before anybody wrote."""
    newest_one = Prose.objects.filter(evaluation=evaluation).order_by("-id").first()
    return newest_one.pk if newest_one else 0
