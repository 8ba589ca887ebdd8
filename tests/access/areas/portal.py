"""The residents' face: own affairs, never an officer's; open pages for guests."""

from __future__ import annotations

from tests.access.door import Door, page, verb
from tongxing.accounts.rights import Right

OWN = Right.OWN_AFFAIRS

DOORS: dict[str, Door] = {
    "portal:home": Door(None),
    "portal:help": Door(None),
    "portal:enter": Door(None),
    "portal:code": Door(None),
    "portal:whose": Door(None),
    "portal:enter-passkey": Door(None),
    "portal:keys": page(OWN),
    "portal:key-add": page(OWN),
    "portal:key-remove": verb(OWN),
    "portal:demo-phone": Door(None),
    "portal:follow": Door(None),
    "portal:link": Door(None),
    "portal:answered": Door(None),
    "portal:visit": verb(OWN),
    "portal:stay": verb(OWN),
    "portal:my": page(OWN),
    "portal:for-whom": page(OWN),
    "portal:helped-end": verb(OWN),
    "portal:child": page(OWN),
    "portal:confirm": page(OWN),
    "portal:case": page(OWN),
    "portal:case-do": verb(OWN),
    "portal:letter": page(OWN),
    "portal:money": page(OWN),
    "portal:data": page(OWN),
    "portal:looks": page(OWN),
    "portal:data-copy": verb(OWN),
    "portal:correct": page(OWN),
    "portal:consent-withdraw": verb(OWN),
    "portal:change-phone": page(OWN),
    "portal:change-account": page(OWN),
    "portal:change-home": page(OWN),
    "desk:requests": page(Right.SEE_PERSON, Right.ANSWER_FACTS),
    "desk:request-answer": verb(Right.SEE_PERSON, Right.ANSWER_FACTS),
    "desk:message-told": verb(Right.SEE_PERSON, Right.ANSWER_FACTS),
    "desk:person-assist": verb(Right.SEE_PERSON, Right.OPEN_CASE),
}
