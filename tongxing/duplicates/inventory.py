"""Every row that points at a person, and what a merge does with it. A test compares this with all models.

MOVES points at the kept file from then on. STAYS is history of its own: it keeps the number under which it happened,
and whoever reads it is led on by `Person.merged_into`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tongxing.registry.models import Certificate
from tongxing.residents.models import Request


@dataclass(frozen=True)
class Points:
    """A field that points at a person. `sealed` are fields whose seal names the person: they are sealed anew.

    `unit` is a second field that names the person as the unit of a policy. `alone` are the fields that must differ
    between two rows of one person in `while_` (a unique constraint): a row that would clash stays where it is.
    """

    model: str
    field: str = "person"
    sealed: tuple[tuple[str, Callable[[Any], str]], ...] = ()
    unit: str = ""
    alone: tuple[str, ...] = ()
    while_: tuple[tuple[str, Any], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.model}.{self.field}"


def _of_certificate(row: Certificate) -> str:
    return f"certificate.number.{row.person_id}"


def _of_request(part: str) -> Callable[[Request], str]:
    return lambda row: f"request.{part}.{row.person_id}.{row.asked_at.timestamp()}"


def _of_draft(row: Any) -> str:
    return f"draft.{row.person_id}.{row.service}"


MOVES = [
    Points("registry.Person", "merged_into"),
    Points("registry.Certificate", sealed=(("number_sealed", _of_certificate),)),
    Points("registry.Finding"),
    Points("registry.Status"),
    Points("registry.Guardian", "ward"),
    Points("registry.Guardian", "guardian"),
    Points("outbox.Message"),
    Points("outbox.Message", "to"),
    Points("applications.IdentityCheck", "about"),
    Points(
        "residents.Request", sealed=(("words_sealed", _of_request("words")), ("answer_sealed", _of_request("answer")))
    ),
    Points("residents.Link"),
    Points("residents.Consent", alone=("kind",), while_=(("withdrawn_at", None),)),
    Points("policy.Declined", alone=("policy",), while_=(("withdrawn_at", None),)),
    Points("payments.Award", unit="unit_id"),
    Points("payments.Recovery"),
    Points("casework.Case", unit="unit_id"),
    Points("applications.Draft", sealed=(("answers_sealed", _of_draft),), alone=("service",)),
]
STAYS = {
    "registry.Member.person": "住在一起的历史：开着的一条由合并单独处理",
    "residents.ResidentAccount.person": "登录账号：跟着去到留下的那份",
    "residents.Assisted.person": "代办过一次，是当时的事",
    "residents.UrgentLook.person": "急用查看，查的是当时那一份",
    "payments.Payment.person": "发过的钱照账不动；没发到的，按留下那份的账户发",
    "payments.Difference.person": "那个月的差异，批准时就定了",
    "registry.Protection.person": "地址受保护的不合并，要先解除",
    "registry.KeptPlace.person": "地址受保护的不合并，要先解除",
    "residents.Voice.person": "那一件上本人当时说的",
    "residents.PayeeChange.ward": "监护有争议时提的新账户，是当时的事",
    "moves.Move.person": "报过一次搬家，是当时的事",
    "moves.Mover.person": "搬过一次家，是当时的事",
    "residents.Conflict.ward": "监护争议的记录",
    "exchange.Row.person": "那一批名单里写的是谁",
    "exchange.Effect.person": "那一批名单当时的影响",
    "duplicates.Pair.one": "核对的记录",
    "duplicates.Pair.other": "核对的记录",
    "duplicates.Merge.kept": "合并的记录",
    "duplicates.Merge.gone": "合并的记录",
}
