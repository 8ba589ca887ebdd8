"""An officer's form that came when the session had ended: it goes through signing in and comes back (A16).

It travels sealed, in the page and then in the half session, so that nobody who passes the machine reads it; only the
officer whose session it was gets it back, for some hours. Nothing is sent by itself, and the server keeps nothing of it
once somebody is signed in.
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from django.http import HttpRequest

from tongxing.accounts.access import WAS_KEY
from tongxing.accounts.keys import ring
from tongxing.accounts.models import User
from tongxing.lib.crypto import KeyMissing, SealBroken
from tongxing.signing.kept import Kept, fields_of

HOURS = 8
MOST = 1_000_000  # bytes of JSON; a longer one is not kept, and the page says so
SECRET = {"password", "new", "again"}


@dataclass(frozen=True)
class Late:
    """The form again, and whether files have to be chosen anew."""

    kept: Kept
    had_files: bool

    @property
    def words(self) -> list[str]:
        """What a person typed, as far as it can be told from names of choices."""
        return [value for _, value in self.kept.fields if not value.isascii()]


def _place(user: int) -> str:
    return f"late form.{user}"


def sealed(request: HttpRequest) -> str:
    """The form of this request; '' for one that is too long, or of whom nobody knows whose it is."""
    user = request.session.get(WAS_KEY)
    fields = [(name, value) for name, value in fields_of(request) if name not in SECRET]
    said = {"at": int(time.time()), "path": request.get_full_path(), "fields": fields}
    text = json.dumps(said | {"files": bool(request.FILES)}, ensure_ascii=False)
    if user is None or len(text.encode()) > MOST:
        return ""
    return urlsafe_b64encode(ring().seal(text, place=_place(user))).decode()


def opened(text: str, user: User) -> Late | None:
    """None where it is somebody else's, too old, or not sealed by us."""
    try:
        said = json.loads(ring().open(urlsafe_b64decode(text.encode()), place=_place(user.pk)))
    except (ValueError, IndexError, SealBroken, KeyMissing):
        return None
    if time.time() - said["at"] > HOURS * 3600:
        return None
    fields = [(str(name), str(value)) for name, value in said["fields"]]
    return Late(Kept(str(said["path"]), "POST", fields), bool(said["files"]))
