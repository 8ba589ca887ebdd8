"""The organisations of the demo: employer and provider of the start page with their spokespeople, other providers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tongxing.accounts.access import Actor, current_actor
from tongxing.accounts.models import User
from tongxing.demo.employers import COUNT, day_of_report
from tongxing.demo.numbers import credit_code
from tongxing.demo.places import Setting
from tongxing.organisation.models import Employer, Spokesperson
from tongxing.provision.actions import Entry, Listing, enlist, keep_entry

LISTS = "demo-federation_city"


def build(setting: Setting, today: date) -> int:
    """Users of the demo stand already. Returns how many organisations there are."""
    named = {role: credit_code(number) for number, role in enumerate(setting.units, COUNT + 1)}
    for role, said in setting.units.items():
        user = User.objects.get(username=f"demo-{role}")
        Spokesperson.objects.create(user=user, credit_code=named[role], from_date=user.posts.get().from_date)
        if "facts" in said:
            _employer(said, named[role], today)
    providers = [(named[role], said) for role, said in setting.units.items() if "entry" in said]
    providers += [(credit_code(number), said) for number, said in enumerate(setting.providers, COUNT + len(named) + 1)]
    if providers:
        by = current_actor(User.objects.get(username=LISTS), today)
        for code, said in providers:
            _provider(said, code, by)
    return len(named) + len(setting.providers)


def _employer(said: Mapping[str, Any], code: str, today: date) -> None:
    place = {"name": said["name"], "credit_code": code, "division_code": said["division"]}
    Employer.objects.create(**place, facts=said["facts"], reported_date=day_of_report(today))


def _provider(said: Mapping[str, Any], code: str, by: Actor | None) -> None:
    provider = enlist(listing=Listing(said["name"], code, said["division"]), by=by)
    keep_entry(provider=provider, entry=Entry(**said["entry"]), by=by)
