"""Reads of batches of proposals, through the area of the one who asks."""

from __future__ import annotations

from django.db.models import Count

from tongxing.accounts.access import Actor
from tongxing.casework.models import Batch, Case


def batch_for(actor: Actor, batch_id: int) -> Batch | None:
    """A batch of this actor's area."""
    batch = Batch.objects.filter(pk=batch_id).first()
    return batch if batch and batch.prefix.startswith(actor.prefix) else None


def batch_states(batch: Batch) -> list[tuple[str, int]]:
    """How many cases of a batch stand in each state, in words."""
    found = batch.cases.values("state").annotate(n=Count("pk")).order_by("state")
    return [(str(Case.State(row["state"]).label), row["n"]) for row in found]
