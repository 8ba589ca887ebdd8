"""What a guest's form carries from page to page: every answer so far, in the form itself and nowhere else.

    who=self  said=age=40  said=aid=1  upto=6      and, for the question on the page,  q=needs_care  a=yes

No answer stands in an address, a session, a cookie or the log. What does not fit a question is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from tongxing.policy.guide import UNSURE, Choice, Question
from tongxing.policy.queries.asking import Answers, Guide, Talk

WHO = {"self": "我自己", "other": "别人"}
ANSWERING = ("next", UNSURE, "look")  # buttons that take along what was chosen on the page
MOST = 200  # answers in one form; nobody is asked as many


@dataclass(frozen=True)
class Form:
    """`who` is "" until it was said. `raw` keeps what was typed, so that a mistake can be shown and put right.

    `upto`: how many answers lead to the result. `asked`: this page's question; `mistake` in its answer.
    """

    talk: Talk
    who: str = ""
    upto: int = 0
    raw: dict[str, str] = field(default_factory=dict)
    asked: Question | None = None
    typed: str = ""
    mistake: str = ""

    @property
    def count(self) -> int:
        return len(self.talk.answers)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Name and value of every hidden field."""
        said = [("said", f"{id_}={value}") for id_, value in self.raw.items()]
        return [("who", self.who), ("upto", str(self.upto)), *said]

    @property
    def is_done(self) -> bool:
        """Enough was asked for a result."""
        return self.count >= self.upto

    def without(self, id_: str) -> Form:
        """As before this question was put; its answer stays to be shown."""
        answers = {name: choice for name, choice in self.talk.answers.items() if name != id_}
        raw = {name: value for name, value in self.raw.items() if name != id_}
        return replace(self, talk=Talk(self.talk.guide, answers), raw=raw, typed=self.raw.get(id_, ""))


def read(post: QueryDict, guide: Guide) -> Form:
    """The answers so far, and the one on this page held against its question."""
    answers: dict[str, Choice | None] = {}
    raw: dict[str, str] = {}
    for id_, value in _said(post):
        question = guide.questions.get(id_)
        choice = question.choice(value) if question else None
        if question and (choice or value == UNSURE):
            answers[id_], raw[id_] = choice, value
    who = post.get("who", "")
    form = Form(Talk(guide, answers), who if who in WHO else "", _upto(post, guide), raw)
    typed, pressed = _typed(post), post.get("go", "next")
    if pressed not in ANSWERING or (pressed == "look" and not typed):
        return form
    return _answered(form, guide.questions.get(post.get("q", "")), typed)


def _said(post: QueryDict) -> Iterator[tuple[str, str]]:
    for pair in post.getlist("said")[:MOST]:
        id_, _, value = pair.partition("=")
        yield id_, value


def _upto(post: QueryDict, guide: Guide) -> int:
    said = post.get("upto", "")
    return min(int(said), MOST) if said.isascii() and said.isdigit() and len(said) < 4 else guide.find.most


def _typed(post: QueryDict) -> str:
    return UNSURE if post.get("go") == UNSURE else post.get("a", "").strip()


def _answered(form: Form, question: Question | None, typed: str) -> Form:
    """With this page's answer, which takes the place of an earlier one; or with what is wrong with it."""
    if question is None:
        return form
    choice = question.choice(typed)
    if choice is None and typed != UNSURE:
        mistake = mistake_of(question, typed)
        return replace(form, asked=question, typed=typed, mistake=mistake)
    answers: Answers = {**form.talk.answers, question.id: choice}
    return replace(form, talk=Talk(form.talk.guide, answers), raw=form.raw | {question.id: typed}, asked=question)


def mistake_of(question: Question, typed: str) -> str:
    if question.typed:
        return "写一个 0 到 120 的数，比如 45。不清楚就按“不清楚”。" if typed else "还没有写几岁。不清楚就按“不清楚”。"
    return "请选一项。说不准，就选“不清楚”。"
