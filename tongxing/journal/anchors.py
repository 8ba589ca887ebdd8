"""The head of the chain, kept outside the database: a cut at the end of the journal shows only against an anchor.

One JSON line an anchor, appended each night: number, hash, moment, and the instance's signature over the three.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from tongxing.accounts.keys import ring
from tongxing.journal.models import Entry


def anchor_file() -> Path:
    path: Path = settings.DATA / "anchors.jsonl"
    return path


def anchor() -> int | None:
    """Signs and writes down the newest entry; its number, or None for an empty journal."""
    head = Entry.objects.order_by("-number").values_list("number", "hash").first()
    if head is None:
        return None
    line = {"number": head[0], "hash": bytes(head[1]).hex(), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    line["signature"] = ring().sign(_message(line)).hex()
    with anchor_file().open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    return int(head[0])


def _message(line: dict[str, object]) -> bytes:
    return f"{line['number']}:{line['hash']}:{line['at']}".encode()


def read_anchors() -> dict[int, bytes]:
    """number → hash of every anchor whose signature holds. Raises ValueError naming a forged line."""
    if not anchor_file().is_file():
        return {}
    anchors = {}
    for count, text in enumerate(anchor_file().read_text(encoding="utf-8").splitlines(), 1):
        line = json.loads(text)
        if not ring().verify(_message(line), bytes.fromhex(line["signature"])):
            raise ValueError(f"锚点文件第 {count} 行的签名不对")
        anchors[int(line["number"])] = bytes.fromhex(line["hash"])
    return anchors
