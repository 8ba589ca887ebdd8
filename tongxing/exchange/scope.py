"""For what a list is read: which feed, which area, which day. The one place that knows what a feed may set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.conf import settings

from tongxing.content.instance import pack
from tongxing.content.pack import Feed
from tongxing.content.places import Places
from tongxing.exchange.lines import Line, Refused
from tongxing.exchange.models import Batch
from tongxing.organisation.models import Division

Kind = Literal["status", "death", "certificate"]


@dataclass(frozen=True)
class Scope:
    """`received_date` is the day of today; `source` is the department in Chinese, as statuses show it."""

    feed: Feed
    division_code: str
    as_of_date: date
    received_date: date
    batch_id: int

    @property
    def kind(self) -> Kind:
        """By what the feed sets: a reported fact, the day of a death, or else certificates."""
        if "death_date" in {column.field for column in self.feed.columns}:
            return "death"
        fact = pack(settings.PACK).facts.get(self.fact)
        return "status" if fact and fact.origin in ("list", "status", "system") else "certificate"

    @property
    def fact(self) -> str:
        return self.feed.sets.fact if self.feed.sets else ""

    @property
    def from_field(self) -> str:
        """The field that holds the first day of the status; '' if the list does not tell it."""
        return self.feed.sets.from_field if self.feed.sets else ""

    @property
    def source(self) -> str:
        return pack(settings.PACK).departments[self.feed.department].name

    @property
    def value(self) -> str:
        """The status value as text: true/false, whole numbers, fen, codes."""
        return self.feed.sets.value if self.feed.sets else "true"

    def from_date_of(self, line: Line) -> date | None:
        day = line.values.get(self.from_field)
        return day if isinstance(day, date) else None


def feed_of(feed_id: str) -> Feed:
    """Raises Refused for a feed that the pack does not declare."""
    feeds = pack(settings.PACK).feeds
    if feed_id not in feeds:
        raise Refused(f"没有“{feed_id}”这种名单。可以交的有：{'、'.join(feeds)}。")
    return feeds[feed_id]


def scope_of(batch: Batch, received_date: date) -> Scope:
    return Scope(feed_of(batch.feed), batch.division_code, batch.as_of_date, received_date, batch.pk)


def known_codes() -> Mapping[str, Mapping[str, str]]:
    """The code lists of the pack: {list: {code: name}}."""
    return pack(settings.PACK).codes


def places_in(division_code: str) -> Places:
    """The city's divisions, to read villages of this area."""
    rows = Division.objects.values_list("code", "name", "parent_id")
    return Places({code: (name, parent) for code, name, parent in rows}, division_code)
