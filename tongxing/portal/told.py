"""Messages as a page shows them: without the link that is for one answer, and with it on the phone of the demo."""

from __future__ import annotations

import re
from typing import Any

from tongxing.outbox.models import Message

LINK = re.compile(r"(?:https?://[^\s/]+)?(/a/[\w-]+/)")
PLACE = "“我的事”"


def shown(messages: list[Message]) -> list[dict[str, Any]]:
    """For whoever reads them signed in, perhaps with a helper: the link would be an answer of the person's own."""
    return [{"message": m, "words": LINK.sub(PLACE, m.words)} for m in messages]


def on_phone(messages: list[Message]) -> list[dict[str, Any]]:
    """With a link that can be pressed."""
    return [_on_phone(message) for message in messages]


def _on_phone(message: Message) -> dict[str, Any]:
    words, found = message.words, LINK.search(message.words)
    return {
        "message": message,
        "waits": message.state == Message.State.QUEUED,
        "before": words[: found.start()] if found else words,
        "link": found[1] if found else "",
        "after": words[found.end() :] if found else "",
    }
