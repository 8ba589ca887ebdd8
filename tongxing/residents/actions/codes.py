"""Codes by text: bound to one browser, good once, for ten minutes and five tries (S17).

1. Somebody asks for a code in a browser: a row, whatever the number, and the same work for every number.
2. The worker looks whose number it is and posts the text; for nobody's number it posts nothing, unless the code is
   there to prove the number itself (`for_anyone`), of which it says nothing whose it is.
3. The code is typed in the same browser; a try is counted before it is judged.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tongxing.lib.contact import parse_phone
from tongxing.lib.mistakes import BadNumber
from tongxing.lib.text import normalise_number
from tongxing.outbox import actions as outbox
from tongxing.outbox.queries import CODE
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import reachable_at
from tongxing.residents.fingerprints import fingerprint
from tongxing.residents.models import Code

GOOD_FOR, TRIES = timedelta(minutes=10), 5
PRESSED_TWICE = timedelta(seconds=20)  # the same number in the same browser again so soon is one asking
WRONG = "验证码不对，或者过时了。请看最新一条短信，或者再要一个。"


@transaction.atomic
def ask_for_code(*, phone: str, browser: str, for_anyone: bool = False) -> Code:
    """A new code for this browser; the one it had before is good no more, but that of a moment ago for this number is
    the one. Raises ValidationError for no number."""
    try:
        number = parse_phone(phone)
    except BadNumber as error:
        raise ValidationError(str(error)) from error
    if standing := _of_a_moment_ago(browser, number):
        return standing
    mark = fingerprint("browser", browser)
    said = {
        "phone_index": ring().blind_index("phone", number),
        "code_sealed": ring().seal(f"{secrets.randbelow(10**6):06d}", place=f"code.{mark}"),
        "number_sealed": ring().seal(number, place=f"code.number.{mark}") if for_anyone else None,
        "asked_at": timezone.now(),
    }
    made, _ = Code.objects.update_or_create(
        browser=mark, defaults=said | {"sent_at": None, "tries": 0, "used_at": None}
    )
    return made


def _of_a_moment_ago(browser: str, number: str) -> Code | None:
    since, index = timezone.now() - PRESSED_TWICE, ring().blind_index("phone", number)
    good = Code.objects.filter(browser=fingerprint("browser", browser), phone_index=index, used_at=None)
    return good.filter(asked_at__gt=since, tries__lt=TRIES).first()


def is_on_its_way(*, phone: str, browser: str) -> bool:
    """Whether asking now would be asking twice for what was asked a moment ago."""
    try:
        return _of_a_moment_ago(browser, parse_phone(phone)) is not None
    except BadNumber:
        return False


def send_codes(*, now: datetime) -> int:
    """Posts the codes that wait, each claimed by one update. How many texts that made."""
    posted = 0
    for code in Code.objects.filter(sent_at=None, asked_at__gt=now - GOOD_FOR).order_by("id")[:200]:
        posted += _send(code, now)
    Code.objects.filter(asked_at__lt=now - timedelta(days=1)).delete()
    return posted


@transaction.atomic
def _send(code: Code, now: datetime) -> bool:
    if Code.objects.filter(pk=code.pk, sent_at=None).update(sent_at=now) != 1:
        return False
    person, number = reachable_at(bytes(code.phone_index)).first(), _number(code)
    if person is None and not number:
        return False
    words = f"您的验证码是 {_plain(code)}，10 分钟内用一次。别告诉任何人，我们也不会来问。"
    outbox.post(by=None, news=outbox.News(person, CODE, words, number=number))
    return True


def _number(code: Code) -> str:
    """'' where the code goes only to somebody known."""
    if code.number_sealed is None:
        return ""
    return ring().open(bytes(code.number_sealed), place=f"code.number.{code.browser}")


def _plain(code: Code) -> str:
    return ring().open(bytes(code.code_sealed), place=f"code.{code.browser}")


@transaction.atomic
def prove(*, browser: str, typed: str, now: datetime) -> list[Person]:
    """The people whose number it was proved to be; the code is used up.

    Nobody for a wrong code, for an old one and for a number that nobody has, after the same work.
    """
    code = _tried(browser, now)
    people = list(reachable_at(bytes(code.phone_index))) if code else []
    return people if code and _is_right(code, typed) and people and _use_up(code, now) else []


@transaction.atomic
def prove_number(*, browser: str, typed: str, now: datetime) -> str:
    """The number that was asked for with `for_anyone`, whoever has it; '' if it was not proved. Used up."""
    code = _tried(browser, now)
    return _number(code) if code and _is_right(code, typed) and _use_up(code, now) else ""


def _tried(browser: str, now: datetime) -> Code | None:
    """The code of this browser that may still be typed; the try is counted."""
    mark = fingerprint("browser", browser)
    good = Code.objects.filter(browser=mark, used_at=None, tries__lt=TRIES, asked_at__gt=now - GOOD_FOR)
    code = good.select_for_update().first()
    if code is not None:
        Code.objects.filter(pk=code.pk).update(tries=F("tries") + 1)
    return code


def _is_right(code: Code, typed: str) -> bool:
    return hmac.compare_digest(_plain(code).encode(), normalise_number(typed).encode())


def _use_up(code: Code, now: datetime) -> bool:
    return Code.objects.filter(pk=code.pk, used_at=None).update(used_at=now) == 1
