"""A list as its officer gets it: asked for, agreed to by a colleague where that is needed, taken."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tongxing.accounts.access import actor_of
from tongxing.accounts.models import Post, User
from tongxing.lists import tasks
from tongxing.lists.models import Export


def file_of(client: Client, query: str) -> Any:
    """The answer with the file."""
    asked = client.post(f"/desk/gaps/export/{query}", {"purpose": "上门核对"})
    assert asked.status_code == 302, asked.content.decode()[:2000]
    address = asked["Location"]
    export = Export.objects.get(pk=address.rstrip("/").rsplit("/", 1)[1])
    if export.state == Export.State.WAITING:
        own = Post.objects.get(user_id=export.by_user_id)
        colleague, _ = User.objects.get_or_create(username="colleague", defaults={"name": "同事"})
        post = Post.objects.create(
            user=colleague, role=own.role, division_code=own.division_code, from_date="2020-01-01"
        )
        tasks.decide(by=actor_of(post), export=export, is_granted=True)
    return client.post(f"{address}file/")
