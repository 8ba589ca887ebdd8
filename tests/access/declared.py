"""What each address is meant to need, said a second time, by hand: nothing here is read from the code under test.

To add an address, write one line into DOORS: its name, then `page(…)` if it answers to GET (and takes a POST as a GET)
or `verb(…)` if it answers to POST alone, with the rights that it needs; a named value is what the query or the form
says. What stands behind a name in the path is made in `objects.py`: a new kind (`run_id`) is one method there, named as
in the path; without it only a number that nobody has is tried, and whoever has the rights must get 404.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongxing.accounts.rights import Right

BOTH = ("GET", "POST")


@dataclass(frozen=True)
class Door:
    """`rights` None: open to visitors; (): to whoever is signed in; else to those who have all of them."""

    rights: tuple[Right, ...] | None
    methods: tuple[str, ...] = BOTH
    body: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def page(*rights: Right, **query: str) -> Door:
    return Door(rights, query=query)


def verb(*rights: Right, **body: str) -> Door:
    return Door(rights, ("POST",), body)


DOORS: dict[str, Door] = {
    "public:start": Door(None),
    "public:sign-in": Door(None),
    "public:sign-out": Door(None, ("POST",)),
    "public:enter-demo": Door(None, ("POST",)),
    "public:second-factor": Door(None),
    "public:first-password": Door(None),
    "public:set-up": Door(None),
    "public:confirm": page(),
    "public:me": page(),
    "public:new-phone": page(),
    "public:add-passkey": page(),
    "public:new-codes": verb(),
    "public:remove-passkey": verb(),
    "public:end-device": verb(),
    "public:end-others": verb(),
    "public:choose-post": verb(),
    "desk:users": page(Right.MANAGE_LOCAL_USERS),
    "desk:user-add": verb(Right.MANAGE_LOCAL_USERS),
    "desk:user": page(Right.MANAGE_LOCAL_USERS),
    "desk:user-do": verb(Right.MANAGE_LOCAL_USERS),
    "public:notices": Door(None),
    "public:notice": Door(None),
    "display": Door(None),
    "design": Door(None, ("GET",)),
    "desk:home": page(),
    "desk:today": page(Right.SEE_FIGURES),
    "desk:gaps": page(Right.SEE_LISTS),
    "desk:gaps-export": page(Right.SEE_LISTS, Right.EXPORT_LISTS, list="declined"),
    "desk:questions": page(Right.SEE_TASKS),
    "desk:people": page(Right.FIND_PEOPLE),
    "desk:person": page(Right.SEE_PERSON),
    "desk:person-file": page(Right.SEE_PERSON),
    "desk:person-family": page(Right.SEE_PERSON),
    "desk:person-looks": page(Right.SEE_PERSON),
    "desk:person-answer": verb(Right.SEE_PERSON, Right.ANSWER_FACTS),
    "desk:person-decline": verb(Right.SEE_PERSON, Right.RECORD_DECLINED, policy="living_allowance"),
    "desk:person-unmask": verb(Right.SEE_PERSON, Right.UNMASK, field="phone"),
    "desk:person-apply": verb(Right.SEE_PERSON, Right.OPEN_CASE),
    "desk:person-money": page(Right.SEE_PERSON),
    "desk:person-money-do": verb(Right.SEE_PERSON, what="restore"),
    "desk:pay-checks": page(Right.SEE_PAYMENTS),
    "desk:pay-draw": verb(Right.SEE_PAYMENTS, Right.APPROVE_PAYMENTS),
    "desk:pay-check": verb(Right.SEE_PAYMENTS, Right.WORK_CASE, outcome="received"),
    "desk:cases": page(Right.WORK_CASE),
    "desk:stations": page(Right.WORK_CASE),
    "desk:cases-open": page(Right.SEE_LISTS, Right.OPEN_CASE),
    "desk:cases-open-go": verb(Right.SEE_LISTS, Right.OPEN_CASE),
    "desk:case-batch": page(Right.OPEN_CASE),
    "desk:case-batch-undo": verb(Right.OPEN_CASE),
    "desk:case": page(Right.WORK_CASE),
    "desk:case-do": verb(Right.WORK_CASE),
    "desk:case-papers": verb(Right.WORK_CASE),
    "desk:case-paper": page(Right.WORK_CASE),
    "desk:case-paper-look": page(Right.WORK_CASE),
    "desk:pay": page(Right.SEE_PAYMENTS),
    "desk:pay-run": page(Right.SEE_PAYMENTS),
    "desk:pay-lines": page(Right.SEE_PAYMENTS),
    "desk:pay-differences": page(Right.SEE_PAYMENTS),
    "desk:pay-build": verb(Right.SEE_PAYMENTS, Right.BUILD_PAYMENTS),
    "desk:pay-approve": verb(Right.SEE_PAYMENTS, Right.APPROVE_PAYMENTS),
    "desk:pay-reopen": verb(Right.SEE_PAYMENTS, Right.APPROVE_PAYMENTS),
    "desk:pay-file": verb(Right.SEE_PAYMENTS, Right.SEND_PAYMENTS),
    "desk:pay-returns": verb(Right.SEE_PAYMENTS, Right.SEND_PAYMENTS),
    "desk:case-letter": page(Right.WORK_CASE),
    "desk:case-letter-pdf": page(Right.WORK_CASE),
    "desk:policies": page(Right.SEE_POLICIES),
    "desk:policy": page(Right.SEE_POLICIES),
    "desk:simulate": page(Right.SIMULATE),
    "desk:feeds": page(Right.SEND_FEEDS),
    "desk:feed-template": page(Right.SEND_FEEDS),
    "desk:feed-upload": verb(Right.SEND_FEEDS),
    "desk:batch": page(Right.SEND_FEEDS),
    "desk:batch-errors": page(Right.SEND_FEEDS),
    "desk:batch-commit": verb(Right.SEND_FEEDS),
    "desk:batch-roll-back": verb(Right.SEND_FEEDS),
    "desk:batch-discard": verb(Right.SEND_FEEDS),
    "desk:jobs": page(Right.RUN_NIGHTLY),
    "desk:jobs-night": verb(Right.RUN_NIGHTLY),
    "desk:job": page(),
    "desk:job-again": verb(),
    "desk:journal": page(Right.SEE_JOURNAL),
}
