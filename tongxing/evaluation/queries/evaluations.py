"""The evaluations, their builds, and the files of a build."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from tongxing.evaluation.models import Build, Evaluation, Signature
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import counts_up_to
from tongxing.reports.document import Document

REPORT = "report.json"
NEEDED = 2  # people under a build


def evaluations() -> list[Evaluation]:
    """All of them, the newest first."""
    return list(Evaluation.objects.select_related("count__run").prefetch_related("builds"))


def evaluation_of(id_: int) -> Evaluation | None:
    return Evaluation.objects.select_related("count__run").filter(pk=id_).first()


def count_for(until: date) -> Count | None:
    """The last counting of the period; if nothing was counted by then, the first one after it."""
    within = counts_up_to(until)
    return within[-1] if within else Count.objects.select_related("run").order_by("as_of_date", "-id").first()


def newest_build(evaluation: Evaluation, *, is_public: bool = False) -> Build | None:
    builds = Build.objects.filter(evaluation=evaluation)
    return (builds.exclude(release="") if is_public else builds.filter(release="")).first()


def published() -> list[Build]:
    """The public builds that went out, the newest first: what everybody may read."""
    builds = Build.objects.filter(evaluation__state=Evaluation.State.PUBLISHED).exclude(release="")
    found = builds.select_related("evaluation").prefetch_related("signatures").order_by("-id")
    return [build for build in found if len(signers(build, Signature.Purpose.PUBLISH)) >= NEEDED]


def signers(build: Build, purpose: str) -> list[Signature]:
    return [signature for signature in build.signatures.all() if signature.purpose == purpose]


def folder_of(evaluation: int, number: int) -> Path:
    folder: Path = settings.DATA / "evaluations" / str(evaluation) / str(number)
    return folder


def content_of(build: Build, name: str) -> bytes | None:
    """A file of a build as it was written; None if it has none of that name, or if the bytes are others by now."""
    if name not in build.files:
        return None
    content = (folder_of(build.evaluation_id, build.number) / name).read_bytes()
    return content if sha256(content).hexdigest() == build.files[name] else None


def document_of(build: Build) -> Document:
    found: Document = _read(folder_of(build.evaluation_id, build.number) / REPORT)
    return found


@lru_cache(maxsize=16)
def _read(path: Path) -> Any:
    """Kept in memory: it is never written again."""
    return json.loads(path.read_bytes())
