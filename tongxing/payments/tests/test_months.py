"""Random months of a small city against the slow judge: nobody twice, nobody forgotten, every fen in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from random import Random

import pytest
from django.db import transaction
from django.db.models import Count, Sum

from tongxing.payments import actions, months
from tongxing.payments.models import Award, Entry, Line, Payment, Run
from tongxing.payments.refusal import Refused
from tongxing.payments.tests.conftest import LIVING, Money, a_file, a_row
from tongxing.payments.tests.slow import Bills, Soul, Span, naive_difference
from tongxing.registry.models import Person

FIRST = date(2021, 1, 1)
SLOT = {"regular": "regular", "arrears": "first", "correction": "second"}
FEN = (5000, 8000, 8001, 12345, 0)


@dataclass
class City:
    """Both worlds side by side; each verb is done in both, and refused in both or in neither."""

    money: Money
    random: Random
    people: list[Person] = field(default_factory=list)
    souls: list[Soul] = field(default_factory=list)
    awards: dict[int, Award] = field(default_factory=dict)
    locked: list[date] = field(default_factory=list)
    clock: date = FIRST
    accounts: int = 10**6
    sealed: list[str] = field(default_factory=list)  # the accounts as the last build froze them

    def populate(self, count: int) -> None:
        for number in range(count):
            self.people.append(self.money.person(number, account=False))
            self.souls.append(Soul(account=""))
            self.new_account(number)

    def both(self, number: int, real: Callable[[], object], slow: Callable[[], object]) -> None:
        """In both worlds, now and then clicked twice; what one refuses the other refuses, and nothing has changed."""
        soul = self.souls[number]
        spans, bills = deepcopy((soul.spans, soul.bills))
        try:
            slow()
        except Refused:
            soul.spans, soul.bills = spans, bills
            with pytest.raises(Refused):
                real()
        else:
            real()

    def twice(self, real: Callable[[], object]) -> Callable[[], object]:
        return (lambda: (real(), real())) if self.random.random() < 0.3 else real

    def new_account(self, number: int) -> None:
        self.accounts += 1
        self.souls[number].account = f"00{self.accounts:016}"
        self.money.account(self.people[number], self.souls[number].account)

    def lose_account(self, number: int) -> None:
        self.souls[number].account = ""
        Person.objects.filter(pk=self.people[number].pk).update(account_sealed=None)
        self.people[number].account_sealed = None

    def grant(self, number: int) -> None:
        soul, fen, month = self.souls[number], self.random.choice(FEN[:-1]), self.some_month()

        def real() -> None:
            self.awards[number] = self.money.grant(self.people[number], fen, month)

        def slow() -> None:
            if soul.died or any(span.lasts(month) for span in soul.spans):
                raise Refused("dead, or paid already")
            soul.spans.append(Span(month, None, [(month, fen)]))
            soul.owe([when for when in self.locked if when >= month])

        self.both(number, real, slow)

    def some_month(self) -> date:
        """Mostly this one, sometimes one of the past or the next."""
        month = self.clock
        for _ in range(self.random.choice((0, 0, 0, 1, 2, 3))):
            month = months.before(month)
        return months.after(self.clock) if self.random.random() < 0.15 else month

    def change(self, number: int) -> None:
        """A new rate, 0 among them, from some month; for months gone by with the arrears."""
        soul, month, fen = self.souls[number], self.some_month(), self.random.choice(FEN)
        award, past = self.awards[number], self.past(month)

        @transaction.atomic
        def real() -> None:
            by = self.money.worker
            actions.change_rate(by=by, award=award, from_month=month, monthly_fen=fen, reason="复核")
            if past:
                self.twice(lambda: actions.owe_arrears(by=by, award=award, from_month=month, to_month=past[-1]))()

        def slow() -> None:
            soul.spans[-1].rates.append((month, fen))
            soul.owe([when for when in self.locked if when >= month] + past)

        self.both(number, real, slow)

    def past(self, month: date) -> list[date]:
        return list(months.between(month, months.before(self.clock)))

    def stop(self, number: int) -> None:
        span, month, award = self.souls[number].spans[-1], self.some_month(), self.awards[number]

        def slow() -> None:
            if span.until is None:
                span.until = max(month, span.start)

        by = self.money.worker
        self.both(number, self.twice(lambda: actions.stop(by=by, award=award, from_month=month, reason="停")), slow)

    def restore(self, number: int) -> None:
        soul, award = self.souls[number], self.awards[number]
        span = soul.spans[-1]

        def slow() -> None:
            if soul.died:
                raise Refused("dead")
            if span.until is None:
                return
            missed, span.until = span.until, None
            soul.owe(self.past(missed))
            soul.owe([when for when in self.locked if when >= missed])

        self.both(number, self.twice(lambda: actions.restore(by=self.money.worker, award=award, reason="停错了")), slow)

    def die(self, number: int) -> None:
        month = min(self.some_month(), self.clock)
        self.souls[number].died = month
        self.people[number].death_date = month.replace(day=15)
        self.people[number].save(update_fields=["death_date"])

    def happen(self, share: float) -> None:
        """Something to some of the people."""
        for number, soul in enumerate(self.souls):
            if self.random.random() >= share:
                continue
            if not soul.spans or self.random.random() < 0.1:
                self.grant(number)
                continue
            verbs = [self.change, self.change, self.stop, self.restore, self.restore, self.new_account]
            verbs += [self.lose_account] + ([self.die] if self.random.random() < 0.15 and not soul.died else [])
            self.random.choice(verbs)(number)

    def build(self, month: date) -> tuple[Run, dict[int, Bills]]:
        """The run in both worlds, compared line by line and with last month."""
        for _ in range(self.random.choice((1, 1, 2))):
            run = self.money.build(month)
        for soul in self.souls:
            soul.draft(month)
        sent = {number: found for number, soul in enumerate(self.souls) if (found := soul.attempts(month))}
        self.sealed = [soul.account for soul in self.souls]
        assert lines_of(run) == {
            (self.people[n].pk, *key): bill.fen for n, bills in sent.items() for key, bill in bills.items()
        }
        assert run.total_fen == sum(bill.fen for bills in sent.values() for bill in bills.values())
        assert (run.new, run.changed, run.stopped) == naive_difference(self.souls, month, months.before(month))
        assert not run.differences.filter(reason="").exists()
        return run, sent

    def month(self, month: date) -> None:
        self.clock = self.random.choice((month, month, months.before(month), months.after(month)))
        self.happen(0.3)
        run, sent = self.build(month)
        if self.random.random() < 0.4:
            self.happen(0.15)
            run, sent = self.build(month)
        if not run.payments:
            return
        self.lock(run, month)
        if self.random.random() < 0.2:
            actions.reopen(by=self.money.checker, run=run, reason="再看一遍")
            self.locked.remove(month)
            self.happen(0.1)
            run, sent = self.build(month)
            if not run.payments:
                return
            self.lock(run, month)
        self.bank(run, sent)

    def lock(self, run: Run, month: date) -> None:
        """What happened since it was built is owed later; of these the judge may refuse none."""
        self.happen(0.1)
        try:
            for soul in self.souls:
                soul.owe([month])
        except Refused:
            pytest.fail("a month cannot be locked")
        actions.approve(by=self.money.checker, run=run)
        actions.approve(by=self.money.treasurer, run=run)
        self.locked.append(month)

    def bank(self, run: Run, sent: dict[int, Bills]) -> None:
        """Out at the bank while things go on happening; then its answer, whole or in two parts, some of it twice."""
        for number, bills in sent.items():
            for key in bills:
                self.souls[number].bills[key].state = "out"
        self.happen(0.1)
        self.twice(lambda: actions.bank_file(by=self.money.treasurer, run=run))()
        self.happen(0.1)
        rows = []
        numbers = {person.pk: number for number, person in enumerate(self.people)}
        for line in run.lines.exclude(state="held").select_related("payment").order_by("number"):
            number, back = numbers[line.payment.person_id], self.random.random() < 0.12
            bill = self.souls[number].bills[line.payment.month, SLOT[line.payment.kind]]
            bill.state, bill.refused = ("due", self.sealed[number]) if back else ("paid", "")
            rows.append(a_row(run, line, "失败", "账号已销户") if back else a_row(run, line))
        self.random.shuffle(rows)
        cut = self.random.choice((len(rows), len(rows) // 2 or 1))
        for part in (rows[:cut], rows[cut - 1 :] if cut < len(rows) else []):
            if part:
                self.twice(lambda part=part: self.money.answer(run, a_file(*part)))()


def lines_of(run: Run) -> dict[tuple[int, date, str], int]:
    found = run.lines.exclude(state="held").select_related("payment")
    keys = [((p := line.payment).person_id, p.month, SLOT[p.kind]) for line in found]
    assert len(keys) == len(set(keys))
    return dict(zip(keys, [line.amount_fen for line in found], strict=True))


def check_books(city: City) -> None:
    """Each bill is a payment and the other way round; what is paid was paid once; the ledger is their sum."""
    bills = {
        (city.people[n].pk, *key): (bill.fen, bill.state == "paid")
        for n, soul in enumerate(city.souls)
        for key, bill in soul.bills.items()
    }
    found = Payment.objects.filter(policy=LIVING)
    assert {(p.person_id, p.month, SLOT[p.kind]): (p.amount_fen, p.settled_at is not None) for p in found} == bills
    paid_twice = Line.objects.filter(state="paid").values("payment").annotate(n=Count("pk")).filter(n__gt=1)
    assert not paid_twice.exists()
    books = dict(Entry.objects.values_list("book").annotate(fen=Sum("amount_fen")))
    paid = sum(fen for fen, settled in bills.values() if settled)
    assert (books.get("paid", 0), books.get("sent", 0), sum(books.values())) == (paid, 0, 0)
    open_movements = Entry.objects.values("movement").annotate(fen=Sum("amount_fen")).exclude(fen=0)
    assert not open_movements.exists()


def live(money: Money, monkeypatch: pytest.MonkeyPatch, seed: int, people: int, count: int) -> City:
    """So many people through so many months."""
    city = City(money, Random(seed))
    monkeypatch.setattr(months, "this_month", lambda: city.clock)
    city.populate(people)
    month = FIRST
    for number in range(1, count + 1):
        city.month(month)
        if number % 4 == 0 or number == count:
            check_books(city)
        month = months.after(month)
    return city


@pytest.mark.parametrize("seed", range(3))
def test_in_random_months_nobody_is_paid_twice_or_forgotten(
    money: Money, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    city = live(money, monkeypatch, seed, people=42, count=16)
    assert sum(bill.state == "paid" for soul in city.souls for bill in soul.bills.values()) > 100


@pytest.mark.release
@pytest.mark.parametrize("seed", range(100, 110))
def test_over_a_hundred_thousand_person_months(money: Money, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    live(money, monkeypatch, seed, people=200, count=51)
