"""Reads of awards and runs; lists of people go through the area and purpose of the one who asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import sqrt

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum

from tongxing.accounts.access import Actor
from tongxing.payments.models import Approval, Award, Difference, Entry, Line, Payment, Rate, Run
from tongxing.registry.models import Person
from tongxing.registry.queries import within

COUNTY = 6  # digits of a county's code


def rate_of(award: Award, month: date) -> int:
    """Fen a month by the newest rate that has begun; 0 outside the award."""
    if month < award.from_month or (award.until_month is not None and month >= award.until_month):
        return 0
    newest = Rate.objects.filter(award=award, from_month__lte=month).order_by("-from_month", "-id").first()
    return newest.monthly_fen if newest else 0


def rates_on(month: date, awards: Collection[int] | None = None) -> dict[int, Rate]:
    """The rate in force of each award; one query. `awards` None means all."""
    rates = Rate.objects.filter(from_month__lte=month).order_by("award_id", "from_month", "id")
    if awards is not None:
        rates = rates.filter(award__in=awards)
    return {rate.award_id: rate for rate in rates}


def runs() -> QuerySet[Run]:
    return Run.objects.order_by("-month")


def awards_in(month: date) -> int:
    """How many awards may pay in this month: how long a run takes to build."""
    return Award.objects.filter(Q(until_month=None) | Q(until_month__gt=month), from_month__lte=month).count()


def run_of(month: date) -> Run | None:
    return Run.objects.filter(month=month).first()


def approvals_of(run: Run) -> list[Approval]:
    return list(run.approvals.order_by("step"))


@dataclass(frozen=True)
class Share:
    """What one county, or one policy, has of a run."""

    key: str
    payments: int
    total_fen: int
    held: int


LIVING = ("planned", "sent", "paid", "returned")


def by_county(actor: Actor, run: Run) -> list[Share]:
    """Of the actor's area."""
    found = lines_in(actor, run).annotate(key=_county()).values("key")
    return _shares(found)


def _county() -> object:
    from django.db.models.functions import Substr

    return Substr("village_code", 1, COUNTY)


def by_policy(actor: Actor, run: Run) -> list[Share]:
    return _shares(lines_in(actor, run).values(key=F("payment__policy")))


def _shares(found: object) -> list[Share]:
    counted = found.annotate(  # type: ignore[attr-defined]
        payments=Count("pk", filter=Q(state__in=LIVING)),
        total=Sum("amount_fen", filter=Q(state__in=LIVING)),
        held=Count("pk", filter=Q(state="held")),
    ).order_by("key")
    return [Share(row["key"], row["payments"], row["total"] or 0, row["held"]) for row in counted]


def lines_in(actor: Actor, run: Run) -> QuerySet[Line]:
    """The lines of the actor's area."""
    return run.lines.filter(within(actor.prefix))


def lines_for(actor: Actor, run: Run, state: str = "") -> QuerySet[Line]:
    """The lines of the actor's area. Who they are is for `shown_people` to say: a hidden person still counts."""
    lines = lines_in(actor, run)
    if state:
        lines = lines.filter(state=state)
    return lines.select_related("payment").defer("account_sealed").order_by("number")


def differences_for(actor: Actor, run: Run, kind: str = "") -> QuerySet[Difference]:
    """What is not as last month in the actor's area."""
    found = run.differences.filter(within(actor.prefix, "person__village_code"))
    return (found.filter(kind=kind) if kind else found).order_by("kind", "policy", "id")


def difference_counts(actor: Actor, run: Run) -> list[tuple[str, str, int]]:
    """(kind, reason, how many) of the actor's area."""
    found = run.differences.filter(within(actor.prefix, "person__village_code")).values("kind", "reason")
    return [(row["kind"], row["reason"], row["n"]) for row in found.annotate(n=Count("pk")).order_by("kind", "-n")]


def returned_lines() -> QuerySet[Line]:
    """Returned by the bank, and not tried again since."""
    living = Line.objects.filter(payment=OuterRef("payment"), state__in=("planned", "sent", "paid"))
    return Line.objects.filter(~Exists(living), state="returned").select_related("payment__award__person")


def balances(run: Run) -> dict[str, int]:
    """What stands in each book from this run; together 0."""
    found = Entry.objects.filter(run=run).values("book").annotate(fen=Sum("amount_fen"))
    return {row["book"]: row["fen"] for row in found}


def of_file(person_id: int) -> Q:
    """Payments to this person, those too that went out under a file which was merged into theirs."""
    return Q(person=person_id) | Q(person__merged_into=person_id)


def awards_of(person: Person) -> list[Award]:
    return list(Award.objects.filter(person=person).order_by("-id"))


@dataclass(frozen=True)
class Paid:
    """An award, its fen a month by the newest rate that has begun, and what was owed, newest first."""

    award: Award
    monthly_fen: int
    payments: list[Payment]


def paid_to(person: Person, month: date) -> list[Paid]:
    """Everything somebody has or had, the newest first; as many queries for many awards as for one."""
    owed = Payment.objects.order_by("-month", "-id").prefetch_related("lines")
    awards = list(person.awards.order_by("-id").prefetch_related(Prefetch("payments", owed)))
    first = {award.pk: max(month, award.from_month) for award in awards}
    rates = Rate.objects.filter(award__in=first).order_by("from_month", "id")
    fen = {rate.award_id: rate.monthly_fen for rate in rates if rate.from_month <= first[rate.award_id]}
    return [Paid(award, fen.get(award.pk, 0), list(award.payments.all())) for award in awards]


@dataclass(frozen=True)
class Received:
    """Of those drawn by lot: how many were reached, how many say that the money came, and the 95 % interval of that."""

    drawn: int
    reached: int
    received: int
    low: float
    high: float


def said_received(run: Run) -> Received | None:
    """None as long as nobody was reached. Wilson's interval, which holds for small numbers and near 100 %."""
    counts = dict(run.checks.order_by().values_list("outcome").annotate(n=Count("pk")))
    received = counts.get("received", 0)
    reached = received + counts.get("not_received", 0)
    if not reached:
        return None
    z, share = 1.96, received / reached
    middle = share + z * z / (2 * reached)
    spread = z * sqrt(share * (1 - share) / reached + z * z / (4 * reached * reached))
    wide = 1 + z * z / reached
    return Received(
        sum(counts.values()), reached, received, (middle - spread) / wide, min(1.0, (middle + spread) / wide)
    )
