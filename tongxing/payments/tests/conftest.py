"""Who takes part: those who work cases, build, approve and send; and people of the cast with an account each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.payments import actions, months, papers
from tongxing.payments.models import Award, Line, Run
from tongxing.registry.models import Person
from tongxing.residents.actions import change_account

LIVING, NURSING = "living_allowance", "nursing_allowance"
FEN = 8000


@dataclass(frozen=True)
class Money:
    worker: Actor  # works cases
    maker: Actor  # builds, and may approve
    checker: Actor  # approves
    treasurer: Actor  # approves and sends
    second_treasurer: Actor
    month: date  # this month

    def person(self, number: int, village: str = cast.VILLAGE, *, account: bool = True) -> Person:
        person = cast.new_person(number, village)
        cast.certify(person)
        if account:
            self.account(person, f"00{number:016}")
        return person

    def account(self, person: Person, number: str) -> None:
        town = cast.an_officer("township_officer", person.village_code[:9] + "000", 2)
        change_account(by=town, person=person, number=number)

    def terms(self, person: Person, fen: int = FEN, month: date | None = None, policy: str = LIVING) -> actions.Terms:
        return actions.Terms(person, person.pk, policy, fen, month or self.month)

    def grant(self, person: Person, fen: int = FEN, month: date | None = None, policy: str = LIVING) -> Award:
        return actions.grant(by=self.worker, terms=self.terms(person, fen, month, policy))

    def build(self, month: date | None = None) -> Run:
        return actions.build(month=month or self.month, by=self.maker)

    def approved(self, month: date | None = None) -> Run:
        run = self.build(month)
        actions.approve(by=self.checker, run=run)
        return actions.approve(by=self.treasurer, run=run)

    def sent(self, month: date | None = None) -> Run:
        run = self.approved(month)
        actions.bank_file(by=self.treasurer, run=run)
        run.refresh_from_db()
        return run

    def settled(self, month: date | None = None, back: frozenset[int] = frozenset()) -> Run:
        """The month from building to the bank's answer; the lines of these people come back."""
        run = self.sent(month)
        self.answer(run, reply(run, back))
        run.refresh_from_db()
        return run

    def answer(self, run: Run, content: bytes) -> actions.Reply:
        return actions.bank_returns(by=self.treasurer, run=run, name="回单.csv", content=content)


def a_row(run: Run, line: Line, said: str = "成功", why: str = "", fen: int | None = None) -> str:
    amount = line.amount_fen if fen is None else fen
    return f"{papers.reference(run, line)},{amount // 100}.{amount % 100:02},{said},{why}"


def a_file(*rows: str) -> bytes:
    return "\r\n".join([",".join(papers.REPLY), *rows]).encode()


def reply(run: Run, back: frozenset[int] = frozenset()) -> bytes:
    """The bank's answer to every line that was sent; the lines of these people are returned."""
    lines = run.lines.filter(state="sent").select_related("payment").order_by("number")
    return a_file(
        *(
            a_row(run, line, "失败", "账号已销户") if line.payment.person_id in back else a_row(run, line)
            for line in lines
        )
    )


def ago(count: int, month: date | None = None) -> date:
    """So many months before this month."""
    month = month or months.this_month()
    for _ in range(count):
        month = months.before(month)
    return month


def owed(run: Run) -> dict[int, int]:
    """Fen of each person that this run sends."""
    fen: dict[int, int] = {}
    for line in run.lines.exclude(state="held").select_related("payment"):
        fen[line.payment.person_id] = fen.get(line.payment.person_id, 0) + line.amount_fen
    return fen


def kinds_of(run: Run) -> list[tuple[str, int, int, str]]:
    return list(run.differences.values_list("kind", "before_fen", "after_fen", "reason"))


@pytest.fixture
def money(db: None) -> Money:
    cast.build_divisions()
    return Money(
        worker=cast.an_officer("township_officer", "459921100000", 2),
        maker=cast.an_officer("civil_affairs_city", cast.CITY, 3),
        checker=cast.an_officer("federation_city", cast.CITY, 6),
        treasurer=cast.an_officer("finance_city", cast.CITY, 8),
        second_treasurer=cast.an_officer("finance_city", cast.CITY, 9),
        month=months.this_month(),
    )
