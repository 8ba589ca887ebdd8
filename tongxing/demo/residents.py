"""The invented people as users of the residents' face: one click on the start page and one is them."""

from __future__ import annotations

from django.conf import settings

from tongxing.content.doors import doors
from tongxing.demo.personas import HOMES, SU_NVSHI
from tongxing.registry.models import Person
from tongxing.residents.actions import account_of

COMES_FOR = {"xiaoyu": SU_NVSHI}  # a child's door is the mother's


def build() -> int:
    """How many doors there are."""
    wanted = {home.key: COMES_FOR.get(home.key, home.id) for home in HOMES if home.key in doors(settings.PACK)}
    people = Person.objects.in_bulk(list(wanted.values()))
    for key, person_id in wanted.items():
        account_of(person=people[person_id], username=f"demo-{key}")
    return len(wanted)
