"""R19: a text goes out once, whoever fails, is slow, says it twice or late; what nobody delivers waits for a person."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.utils import timezone

from tests import cast
from tongxing.outbox import actions, providers, queries
from tongxing.outbox.actions import News
from tongxing.outbox.models import Message
from tongxing.outbox.providers import Receipt, Text
from tongxing.registry.keys import ring
from tongxing.registry.models import Guardian, Person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def somebody(number: str | None = "15400000001", serial: int = 1) -> Person:
    person = cast.new_person(serial)
    person.contact = "sms" if number else "no_phone"
    if number:
        person.phone_sealed = ring().seal(number, place=f"person.phone.{person.pk}")
    person.save()
    return person


def told(person: Person, **more: object) -> Message:
    return actions.post(by=None, news=News(person, "decision", "有结果了", **more))  # type: ignore[arg-type]


def after(minutes: float) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def sent_until_still(message: Message, minutes: int = 12) -> Message:
    """A round every half minute, as the worker does."""
    for half in range(2 * minutes):
        actions.send_due(now=after(half / 2))
    message.refresh_from_db()
    return message


def test_a_text_arrives_and_its_words_are_sealed() -> None:
    message = told(somebody())
    assert message.words == "有结果了" and "有结果了".encode() not in bytes(message.words_sealed)
    assert actions.send_due(now=after(0)) == 1
    actions.send_due(now=after(0.1))
    message.refresh_from_db()
    assert (message.state, message.provider, message.tries) == ("delivered", "simulated_a", 1)
    assert actions.send_due(now=after(1)) == 0


def test_news_goes_with_the_transaction_that_made_it() -> None:
    person = somebody()
    with pytest.raises(RuntimeError), transaction.atomic():
        told(person)
        raise RuntimeError
    assert not Message.objects.exists()


def test_the_same_event_is_told_once() -> None:
    person = somebody()
    assert told(person, once="decision 1").pk == told(person, once="decision 1").pk
    assert Message.objects.count() == 1


def test_nothing_leaves_before_its_time_and_what_is_taken_back_never_does() -> None:
    later = told(somebody(), due_at=after(10), subject="case:1")
    assert actions.send_due(now=after(9)) == 0
    assert actions.take_back(subjects=["case:1"]) == 1
    assert actions.send_due(now=after(11)) == 0 and not Message.objects.filter(pk=later.pk).exists()


@pytest.mark.parametrize(
    ("number", "provider", "tries"),
    [
        (providers.REFUSED_FIRST, "simulated_b", 2),
        (providers.SILENT_FIRST, "simulated_b", 2),
        (providers.LATE_FIRST, "simulated_b", 2),
        (providers.TWICE, "simulated_a", 1),
    ],
)
def test_trouble_with_one_provider_is_the_other_ones_work(number: str, provider: str, tries: int) -> None:
    message = sent_until_still(told(somebody(number)))
    assert (message.state, message.provider, message.tries) == ("delivered", provider, tries)


def test_the_other_provider_has_it_within_five_minutes() -> None:
    message = told(somebody(providers.SILENT_FIRST))
    started = timezone.now()
    for half in range(10):
        actions.send_due(now=started + timedelta(seconds=30 * half))
    message.refresh_from_db()
    assert message.provider == "simulated_b" and message.handed_at is not None
    assert message.handed_at - started <= timedelta(minutes=5)


def test_a_text_that_nobody_delivers_waits_for_somebody_to_go_and_tell() -> None:
    message = sent_until_still(told(somebody(providers.GONE)))
    assert (message.state, message.why, message.tries) == ("failed", "refused", 2)
    worker = cast.an_officer("village_worker", cast.VILLAGE, 1)
    assert list(queries.undelivered_for(worker)) == [message]
    assert not queries.undelivered(cast.FAR_VILLAGE).exists()
    with pytest.raises(PermissionDenied):
        actions.tell(by=cast.an_officer("village_worker", cast.FAR_VILLAGE, 4), message=message)
    first = actions.tell(by=worker, message=message).done_at
    assert actions.tell(by=worker, message=message).done_at == first
    assert not queries.undelivered(cast.VILLAGE).exists()


def test_whoever_has_no_phone_is_told_at_home() -> None:
    message = told(somebody(None))
    assert (message.channel, message.state, message.why) == ("in_site", "failed", "no_phone")


def test_receipts_twice_late_and_of_others_settle_once() -> None:
    message = told(somebody(providers.SILENT_FIRST))
    actions.send_due(now=NOW + timedelta(minutes=1))
    arrived = Receipt(message.reference, True)
    assert actions.note_receipt(receipt=arrived, provider="simulated_a", now=NOW)
    assert not actions.note_receipt(receipt=arrived, provider="simulated_a", now=NOW)
    assert not actions.note_receipt(receipt=Receipt(message.reference, False), provider="simulated_a", now=NOW)
    assert not actions.note_receipt(receipt=Receipt("nobody's", True), provider="simulated_b", now=NOW)
    message.refresh_from_db()
    assert message.state == "delivered"


def test_of_two_workers_one_hands_it_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one comes in the middle of the first one's hand-over."""
    told(somebody())
    handed: list[str] = []

    def hand_over(self: providers.Simulated, text: Text) -> bool:
        handed.append(text.reference)
        if len(handed) == 1:
            actions.send_due(now=after(0))
        return True

    monkeypatch.setattr(providers.Simulated, "hand_over", hand_over)
    actions.send_due(now=after(0))
    assert len(handed) == 1


def test_a_provider_that_breaks_is_like_one_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def hand_over(self: providers.Simulated, text: Text) -> bool:
        if self.is_first:
            raise OSError("down")
        return True

    monkeypatch.setattr(providers.Simulated, "hand_over", hand_over)
    assert sent_until_still(told(somebody())).provider == "simulated_b"


def test_a_number_that_changed_is_not_written_to() -> None:
    """The text goes to the number that holds when it leaves."""
    person = somebody()
    message = told(person)
    person.phone_sealed = ring().seal("15400000002", place=f"person.phone.{person.pk}")
    person.save()
    actions.send_due(now=after(0))
    message.refresh_from_db()
    assert bytes(message.number_index or b"") == ring().blind_index("phone", "15400000002")


def test_a_childs_news_goes_to_who_acts_for_them() -> None:
    child, mother = somebody(None, 1), somebody("15400000009", 2)
    child.contact, child.birth_date = "guardian", timezone.localdate() - timedelta(days=3000)
    child.save()
    Guardian.objects.create(ward=child, guardian=mother, kind="parent", proof="户口簿", from_date=child.birth_date)
    assert told(child).to == mother


def test_an_unknown_provider_stops_at_once(settings: object) -> None:
    settings.SMS_PROVIDERS = ["no_such"]  # type: ignore[attr-defined]
    with pytest.raises(ImproperlyConfigured, match="TONGXING_SMS"):
        actions.send_due(now=NOW)
