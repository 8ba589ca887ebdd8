"""The invented people as users of the residents' face: one click on the start page and one is them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import make_password

from tongxing.accounts.models import User
from tongxing.content.doors import doors
from tongxing.demo.personas import HOMES, SU_NVSHI
from tongxing.registry.models import Person
from tongxing.residents.models import ResidentAccount

COMES_FOR = {"xiaoyu": SU_NVSHI}  # a child's door is the mother's


def build() -> int:
    """How many doors there are."""
    wanted = {home.key: COMES_FOR.get(home.key, home.id) for home in HOMES if home.key in doors(settings.PACK)}
    people, nobodys = Person.objects.in_bulk(list(wanted.values())), make_password(None)
    for key, person_id in wanted.items():
        person = people[person_id]
        user = User.objects.create(username=f"demo-{key}", name=person.name, password=nobodys)
        ResidentAccount.objects.create(user=user, person=person)
    return len(wanted)
