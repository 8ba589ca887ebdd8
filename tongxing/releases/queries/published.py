"""What is out: releases, their files as they were written, the newest one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tongxing.releases.datasets import hash_of
from tongxing.releases.models import Publication


def newest_release() -> Publication | None:
    """The one that all public pages show."""
    return Publication.objects.filter(state=Publication.State.OUT).order_by("-id").first()


def releases() -> list[Publication]:
    """All that are out, the newest first."""
    return list(Publication.objects.filter(state=Publication.State.OUT).order_by("-id"))


def release(number: str) -> Publication | None:
    return Publication.objects.filter(state=Publication.State.OUT, number=number).first()


def waiting_release() -> Publication | None:
    """The one that waits for its second person."""
    return Publication.objects.filter(state=Publication.State.WAITING).select_related("run", "previous").first()


def folder_of(number: str) -> Path:
    folder: Path = settings.DATA / "published" / number
    return folder


def content_of(number: str, name: str) -> bytes | None:
    """A file of a release as it was written; None if the release has none of that name."""
    listed = {entry["file"] for entry in manifest_of(number)["files"]} | {"manifest.json"}
    return (folder_of(number) / name).read_bytes() if name in listed else None


def is_intact(publication: Publication) -> bool:
    """Whether the files on the disk are those that were written."""
    folder = folder_of(publication.number)
    listing = (folder / "manifest.json").read_bytes()
    if hash_of(listing) != publication.hash:
        return False
    return all(hash_of((folder / each["file"]).read_bytes()) == each["sha256"] for each in json.loads(listing)["files"])


def manifest_of(number: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = read(folder_of(number), "manifest.json")
    return found


def rows_of(number: str, dataset: str) -> list[dict[str, Any]]:
    """The rows of a dataset as they were published."""
    found: list[dict[str, Any]] = read(folder_of(number), f"{dataset}.json")["rows"]
    return found


@lru_cache(maxsize=64)
def read(folder: Path, name: str) -> Any:
    """A JSON file of a release, kept in memory: it is never written again."""
    return json.loads((folder / name).read_bytes())
