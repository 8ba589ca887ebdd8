"""Codes by text: bound to one browser, good once, for ten minutes and five tries (S17).

1. Somebody asks for a code in a browser: a row, whatever the number, and the same work for every number.
2. The worker looks whose number it is and posts the text; for nobody's number it posts nothing.
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
WRONG = "验证码不对，或者过时了。请看最新一条短信，或者再要一个。"


@transaction.atomic
def ask_for_code(*, phone: str, browser: str) -> Code:
    """A new code for this browser; the one it had before is good no more. Raises ValidationError for no number."""
    try:
        number = parse_phone(phone)
    except BadNumber as error:
        raise ValidationError(str(error)) from error
    mark = fingerprint("browser", browser)
    Code.objects.filter(browser=mark).delete()
    return Code.objects.create(
        browser=mark,
        phone_index=ring().blind_index("phone", number),
        code_sealed=ring().seal(f"{secrets.randbelow(10**6):06d}", place=f"code.{mark}"),
        asked_at=timezone.now(),
    )


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
    person = reachable_at(bytes(code.phone_index)).first()
    if person is None:
        return False
    words = f"您的验证码是 {_plain(code)}，10 分钟内用一次。别告诉任何人，我们也不会来问。"
    outbox.post(by=None, news=outbox.News(person, CODE, words))
    return True


def _plain(code: Code) -> str:
    return ring().open(bytes(code.code_sealed), place=f"code.{code.browser}")


@transaction.atomic
def prove(*, browser: str, typed: str, now: datetime) -> list[Person]:
    """The people whose number it was proved to be; the code is used up.

    Nobody for a wrong code, for an old one and for a number that nobody has, after the same work.
    """
    mark = fingerprint("browser", browser)
    good = Code.objects.filter(browser=mark, used_at=None, tries__lt=TRIES, asked_at__gt=now - GOOD_FOR)
    code = good.select_for_update().first()
    if code is None:
        return []
    Code.objects.filter(pk=code.pk).update(tries=F("tries") + 1)
    people = list(reachable_at(bytes(code.phone_index)))
    is_right = hmac.compare_digest(_plain(code).encode(), normalise_number(typed).encode())
    if not (is_right and people) or Code.objects.filter(pk=code.pk, used_at=None).update(used_at=now) != 1:
        return []
    return people
