"""The pages of a visitor who asks for a service: what still may decide it, the papers, a last look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone

from tongxing.applications.guests import LATER, UNSURE, VALUE, Guest, questions_of
from tongxing.applications.queries import Slot, certificate_service, free_slots
from tongxing.content.assessment import assessment
from tongxing.content.instance import pack
from tongxing.content.services import Service
from tongxing.letters.words import said_value
from tongxing.portal.first import MOST
from tongxing.portal.journey import PAPER, SURE
from tongxing.registry.actions import stored_value

NEED, SLOT = "need", "slot"  # the first certificate's
FACT = "fact."


@dataclass(frozen=True)
class Way:
    """Pages are named `fact.<fact>`, `paper.<item>`, need, slot and check."""

    service: Service
    guest: Guest

    @property
    def said(self) -> dict[str, list[str]]:
        return self.guest.said

    @property
    def is_first(self) -> bool:
        found = certificate_service()
        return found is not None and found.id == self.service.id

    @cached_property
    def left(self) -> list[str]:
        """The pages before the last look."""
        if self.is_first:
            return self._of_first()
        return [FACT + fact for fact in self._questions()] + self._papers()

    def _of_first(self) -> list[str]:
        home = self.said.get("home", [""])[0]
        if not self.said.get("kind") or not home:
            return [NEED]
        return [] if home == "yes" or self.slot else [SLOT]

    def _questions(self) -> list[str]:
        facts = pack(settings.PACK).facts
        stored = {
            name: words if words == "refused" else stored_value(facts[name], words)
            for name, words in self.guest.facts.items()
            if name in facts
        }
        return questions_of(str(self.service.policy), stored, self.said.get(UNSURE, []), timezone.localdate())

    def _papers(self) -> list[str]:
        done = {*self.guest.papers, *self.said.get(LATER, [])}
        return [PAPER + str(item.id) for item in self.service.evidence if item.id not in done]

    @cached_property
    def slots(self) -> list[Slot]:
        return free_slots(None, timezone.localdate())

    @property
    def slot(self) -> Slot | None:
        """The hour that was chosen, while it is free."""
        wanted = self.said.get("slot", [""])[0]
        return next((slot for slot in self.slots if slot.key == wanted), None)

    def page(self, wanted: str) -> str:
        """A page to change an answer, else the next one."""
        told = [FACT + fact for fact in (*self.guest.facts, *self.said.get(UNSURE, []))]
        papers = [PAPER + str(item.id) for item in self.service.evidence]
        firsts = [NEED, SLOT] if self.is_first else []
        own = firsts if self.is_first else [*told, *self.left, *papers]
        return wanted if wanted in own else next(iter(self.left), SURE)

    def last_look(self) -> dict[str, Any]:
        """(page, name, value) of everything that was said."""
        return {"mine": self._said_of_first() if self.is_first else self._said_of_facts()}

    def _said_of_first(self) -> list[tuple[str, str, str]]:
        kinds, slot = assessment(settings.PACK).kinds, self.slot
        named = "、".join(kinds[kind] for kind in self.said.get("kind", []) if kind in kinds)
        when = f"{slot.day.month}月{slot.day.day}日{slot.half_name}，{slot.place.name}" if slot else "请医生到家里来"
        return [(NEED, "哪方面", named), (SLOT if slot else NEED, "怎么看医生", when)]

    def _said_of_facts(self) -> list[tuple[str, str, str]]:
        facts = pack(settings.PACK).facts
        told = [(FACT + name, facts[name].label, spoken(name, words)) for name, words in self.guest.facts.items()]
        unsure = [(FACT + name, facts[name].label, "不清楚") for name in self.said.get(UNSURE, [])]
        has = self.guest.papers
        papers = [
            (PAPER + str(item.id), item.name, "收到一份" if item.id in has else "以后再交")
            for item in self.service.evidence
        ]
        return told + unsure + papers

    def first_form(self) -> dict[str, Any]:
        """What need.html and slot.html show."""
        known = assessment(settings.PACK)
        return {
            "form": {
                "kinds": self.said.get("kind", []),
                "home": self.said.get("home", [""])[0],
                "slot": self.said.get("slot", [""])[0],
            },
            "kinds": list(known.kinds.items()),
            "slots": self.slots[:MOST],
            "illustrative": known.is_illustrative,
        }

    def typed(self, fact: str) -> str:
        """As it was typed; 'unsure', or '' where nothing was said."""
        return UNSURE if fact in self.said.get(UNSURE, []) else self.said.get(VALUE + fact, [""])[0]


def spoken(name: str, words: str) -> str:
    """800 → 800 元, true → 是."""
    if words == "refused":
        return "不想说"
    fact = pack(settings.PACK).facts[name]
    stored = stored_value(fact, words)
    if fact.type in ("code", "date"):
        return said_value(name, stored)
    return said_value(name, stored == "true" if fact.type == "bool" else int(stored))
