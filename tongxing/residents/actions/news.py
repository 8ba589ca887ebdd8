"""What a person hears when something happens to their case, in the transaction of what happened.

The words say neither the benefit nor the amount, for a text may be read by others. Nothing leaves before the step can
no longer be undone (`due_at`). A case is known here by its person and number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings

from tongxing.accounts.access import Actor
from tongxing.lib.dates import spoken_date
from tongxing.outbox import actions as outbox
from tongxing.outbox.actions import News
from tongxing.registry.models import Person
from tongxing.residents.actions.links import give_links

HELP = "要帮忙打 12345。"
About = tuple[Person, str]  # whose case, and its number


def subject(number: str) -> str:
    return f"case:{number}"


def _tell(by: Actor | None, about: About, due_at: datetime, said: tuple[str, str, str]) -> None:
    """`said`: the kind of news, its words, and what tells it from other news of this kind about the case."""
    (person, number), (kind, words, once) = about, said
    news = News(person, kind, f"编号 {number}：{words}", subject(number), f"{kind} {number} {once}", due_at)
    outbox.post(by=by, news=news)


def received(*, by: Actor | None, about: About, due_at: datetime, until: date) -> None:
    words = f"收到了。这一步最晚 {spoken_date(until)}办完。有消息就告诉您。"
    _tell(by, about, due_at, ("received", words, ""))


def asks(*, by: Actor | None, about: About, due_at: datetime, item: tuple[str, str]) -> None:
    """`item`: its key and its name."""
    words = f"还差一样，{item[1]}。请在“我的事”里补，或者请村里来取。{HELP}"
    _tell(by, about, due_at, ("ask", words, item[0]))


def checks(*, by: Actor | None, about: About, due_at: datetime) -> None:
    """The yearly check asks the person first."""
    words = f"到了核对的时候。请在“我的事”里看一眼：还是这样吗？核对期间照常。{HELP}"
    _tell(by, about, due_at, ("check", words, ""))


def decided(*, by: Actor | None, about: About, due_at: datetime, decision: str) -> None:
    """`decision` names the decision, and whether it is the handing over that is told."""
    words = f"有结果了，请看信。不同意可以说，换一个人再看。{HELP}"
    _tell(by, about, due_at, ("decision", words, decision))


def proposed(*, by: Actor | None, about: Sequence[About], due_at: datetime) -> None:
    """A text with a link for one answer to whoever can be reached by text; the others are asked at home."""
    reachable = [(person, number) for person, number in about if _has_a_phone(person)]
    tokens = give_links(subjects=[(person, subject(number)) for person, number in reachable])
    news = [
        News(person, "proposal", _proposal(number, token), subject(number), f"proposal {number}", due_at)
        for (person, number), token in zip(reachable, tokens, strict=True)
    ]
    outbox.post_many(by=by, news=news)


def _has_a_phone(person: Person) -> bool:
    if person.contact == Person.Contact.GUARDIAN:
        return True
    return person.phone_sealed is not None and person.contact != Person.Contact.NO_PHONE


def _proposal(number: str, token: str) -> str:
    return f"编号 {number}：我们查到您可能还能多得一项。要不要，点这里回一句：{settings.SITE}/a/{token}/ {HELP}"


def take_back(*, numbers: Sequence[str]) -> None:
    """What was undone in time is never told."""
    outbox.take_back(subjects=[subject(number) for number in numbers])
