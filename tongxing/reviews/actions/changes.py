"""The night after the evaluation: whose money must stop, rise, or be looked at again (J11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tongxing.casework import catalogue, clocks
from tongxing.casework.models import Case
from tongxing.journal.actions import record
from tongxing.payments import actions as payments
from tongxing.payments.models import Award
from tongxing.payments.queries import rates_on
from tongxing.policy.models import Run
from tongxing.policy.queries.dues import Dues, dues
from tongxing.registry.models import Certificate
from tongxing.reviews.actions.opening import review

SOON = timedelta(days=60)  # before a certificate expires
ADULT = 18
TOGETHER = 200  # awards a transaction
WORDS = {
    "not_entitled": "夜里核对：按现有记录不再符合条件。请先核实，再决定停不停。",
    "amount": "夜里核对：按规则金额变少了。请核实后再改。",
    "expires": "残疾人证快到期了。请帮本人换证，别让钱断了。",
    "turns_18": "本人满 18 岁了，请看看该换成哪几项。",
    "moved": "户籍迁走了。请和迁入地接上，再决定停不停。",
    "due": "到了定期复核的时候，有情况不清楚。",
}


@dataclass(frozen=True)
class Found:
    """One award that the night does not leave as it is."""

    award: Award
    cause: str
    monthly_fen: int = 0

    @property
    def key(self) -> tuple[str, int]:
        return self.award.policy, self.award.unit_id

    @property
    def acts_alone(self) -> bool:
        """Whether it needs no review."""
        return self.cause in ("died", "raised")


@dataclass(frozen=True)
class Followed:
    """What the night did: awards stopped for death, rates raised by the rule, reviews opened."""

    stopped: int
    raised: int
    reviews: int


def follow_up(*, run: Run) -> Followed:
    """1 stop what death has ended  2 raise what the rule has raised  3 open a review for what a person must look at.

    Nothing is lowered or stopped by the machine but by death. Running twice changes nothing: a review that is open is
    not opened again, and a night cut short is taken up by the next.
    """
    awards = list(_open_awards())
    counts = {"stopped": 0, "raised": 0, "reviews": 0, "left": 0}
    busy = set(Case.objects.filter(state__in=Case.WAITING).values_list("policy", "unit_id"))
    found = [each for each in _found(awards, run) if each.acts_alone or each.key not in busy]
    for start in range(0, len(found), TOGETHER):
        with transaction.atomic():
            for each in found[start : start + TOGETHER]:
                counts[_act(each)] += 1
    record(by=None, verb="case.night", subject=f"run:{run.pk}", **counts)
    return Followed(counts["stopped"], counts["raised"], counts["reviews"])


def _open_awards() -> QuerySet[Award]:
    """With what the night looks at of their people, and nothing sealed."""
    person = [f"person__{name}" for name in ("death_date", "moved_out_date", "birth_date", "village_code", "name")]
    found = Award.objects.filter(until_month=None).select_related("person")
    return found.only("unit_id", "policy", "from_month", "until_month", *person).order_by("pk")


def _found(awards: list[Award], run: Run) -> Iterator[Found]:
    today = clocks.today()
    expected = dues(run, {award.policy for award in awards}) if awards else Dues({}, {}, {})
    rates = {pk: rate.monthly_fen for pk, rate in rates_on(today.replace(day=1)).items()}
    ending = _ending(today)
    for award in awards:
        cause, fen = _cause(award, expected, rates.get(award.pk, 0), today)
        if not cause and award.person_id in ending:
            cause = "expires"
        if cause:
            yield Found(award, cause, fen)


def _cause(award: Award, expected: Dues, rate: int, today: date) -> tuple[str, int]:
    key, person = (award.policy, award.unit_id), award.person
    if person.death_date is not None:
        return "died", 0
    if person.moved_out_date is not None:
        return "moved", 0
    if key in expected.wrong:
        return "not_entitled", 0
    fen = expected.monthly_fen.get(key)
    if fen is not None and fen != rate:
        return ("raised", fen) if fen > rate else ("amount", fen)
    if _turned_adult(person.birth_date, today):
        return "turns_18", 0
    return ("due", 0) if key in expected.unknown and _due(award, today) else ("", 0)


def _turned_adult(birth: date | None, today: date) -> bool:
    """Within the last month."""
    if birth is None:
        return False
    months = (today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day)
    return months == ADULT * 12


def _due(award: Award, today: date) -> bool:
    service = catalogue.by_policy().get(award.policy)
    months = service.review_months if service else None
    since = (today.year - award.from_month.year) * 12 + today.month - award.from_month.month
    return bool(months) and since >= (months or 0) and since % (months or 1) == 0


def _ending(today: date) -> set[int]:
    """People whose valid certificate expires soon."""
    found = Certificate.objects.filter(state=Certificate.State.VALID, valid_until_date__range=(today, today + SOON))
    return set(found.values_list("person", flat=True))


def _act(found: Found) -> str:
    """'stopped', 'raised', 'reviews', or 'left' where a review is open already."""
    award = found.award
    if found.cause == "died":
        assert award.person.death_date is not None
        after = (award.person.death_date.replace(day=1) + timedelta(days=32)).replace(day=1)
        payments.stop(by=None, award=award, from_month=max(after, award.from_month), reason="died")
        return "stopped"
    if found.cause == "raised":
        month = clocks.today().replace(day=1)
        payments.change_rate(by=None, award=award, from_month=month, monthly_fen=found.monthly_fen, reason="按规则调高")
        return "raised"
    opened = review(by=None, award=award, cause=found.cause, words=WORDS[found.cause])
    return "reviews" if opened else "left"
