"""What the person says for themselves: a verb on the page of a case; a conflict: one on the page of the family."""

from __future__ import annotations

from tongxing.demo import personas

POSTS = {
    "desk:case-voice": "/desk/cases/2020-00001/voice/",
    "desk:person-conflict": f"/desk/people/{personas.AQIANG}/conflict/",
    "desk:person-payee": f"/desk/people/{personas.AQIANG}/payee/",
}
