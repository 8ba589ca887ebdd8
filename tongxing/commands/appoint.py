"""`tongxing appoint ROLE USERNAME NAME`: one of the three administrators of a real city, on the machine itself (S7)."""

from __future__ import annotations

import argparse

from django.conf import settings
from django.core.exceptions import ValidationError

from tongxing.commands.answers import sorry
from tongxing.content.instance import pack
from tongxing.organisation.actions import staff
from tongxing.organisation.staff import ADMINISTRATORS


def run(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tongxing appoint")
    parser.add_argument("role", choices=sorted(ADMINISTRATORS))
    parser.add_argument("username")
    parser.add_argument("name")
    parser.add_argument("--replace", action="store_true", help="把现在的换下来")
    wanted = parser.parse_args(args)
    city = next(division.code for division in pack(settings.PACK).divisions if division.level == "city")
    place = staff.Place(wanted.role, city)
    try:
        admitted = staff.install_administrator(
            username=wanted.username, name=wanted.name, place=place, is_replacing=wanted.replace
        )
    except ValidationError as error:
        return sorry(error.messages[0])
    print(f"用户名：{admitted.user.username}\n第一个密码（只显示这一次）：{admitted.first_password}")
    return 0
