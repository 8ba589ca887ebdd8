"""Who takes part in a month's money: a builder, two checkers, a sender, and people with an account."""

from __future__ import annotations

from datetime import date

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.payments import actions, papers
from tongxing.payments.models import Award, Run
from tongxing.payments.months import after, this_month
from tongxing.registry.models import Person
from tongxing.residents.actions import change_account

POLICY = "living_allowance"
ACCOUNT, OTHER_ACCOUNT = "9999000000000000", "9999000000000018"


def builder() -> Actor:
    return cast.an_officer("civil_affairs_city", cast.CITY, 1)


def checker(number: int = 2) -> Actor:
    return cast.an_officer("federation_city", cast.CITY, number)


def sender() -> Actor:
    return cast.an_officer("finance_city", cast.CITY, 4)


def with_account(number: int, account: str = ACCOUNT, village: str = cast.VILLAGE) -> Person:
    person = cast.new_person(number, village)
    return change_account(by=cast.an_officer("civil_affairs_county", cast.COUNTY, 5), person=person, number=account)


def granted(person: Person, month: date | None = None, fen: int = 8000, policy: str = POLICY) -> Award:
    terms = actions.Terms(person, person.pk, policy, fen, month or this_month())
    return actions.grant(by=None, terms=terms)


def locked(month: date) -> Run:
    """Built and approved by two people."""
    run = actions.build(by=builder(), month=month)
    actions.approve(by=checker(2), run=run)
    return actions.approve(by=checker(3), run=run)


def sent(month: date) -> Run:
    run = locked(month)
    actions.bank_file(by=sender(), run=run)
    run.refresh_from_db()
    return run


def answer(run: Run, said: dict[int, str], name: str = "回单.csv") -> actions.Reply:
    """The bank's answer: words by number of line, "成功" or "失败,why"."""
    rows = [",".join(papers.REPLY)]
    for line in run.lines.filter(number__in=said):
        rows.append(f"{papers.reference(run, line)},{line.amount_fen / 100:.2f},{said[line.number]}")
    return actions.bank_returns(by=sender(), run=run, name=name, content="\r\n".join(rows).encode())


def owed(person: Person, month: date) -> int:
    """What stands as owed to this person for this month, of whatever kind."""
    return sum(payment.amount_fen for payment in person.payments.filter(month=month))


def next_month() -> date:
    return after(this_month())
