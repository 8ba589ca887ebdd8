"""The radio buttons of the step at which a case stands: what one may do, with its letter key and a hint."""

from __future__ import annotations

from tongxing.accounts.access import Actor, may
from tongxing.accounts.rights import Right
from tongxing.casework import catalogue
from tongxing.casework.models import Case, Decision, Task
from tongxing.content.services import Service

Choice = dict[str, str]


def choice(value: str, name: str, key: str, hint: str) -> Choice:
    return {"value": value, "name": name, "key": key, "hint": hint}


BACK = choice("hand_back", "请补一样", "R", "只能要一样，时钟停下来等")
AWAY = choice("forward", "转出", "F", "请别的单位先看，看完回到这里")
ACCEPT = choice("accept", "通过，转下一步", "A", "情况属实")
GRANT = choice("granted", "批准", "A", "没发钱之前，十分钟内可以撤回")
REFUSE = choice("refused", "不批准", "", "写明哪个条件、凭什么；和规则不一样要第二个人确认")
KEEP = choice("kept", "照发", "A", "核过了，还符合")
STOP = choice("stopped", "停发", "", "从下个月停，写明理由，本人会收到信")
ADVISE = choice("advise", "看过，交回", "A", "写下您看到了什么")
DELIVER = choice("delivered", "已经落实", "A", "写下给了什么、谁收的")
ACCOUNT = choice("give_account", "记下新账户", "A", "照着卡或存折填，十六到十九位")


def is_mine(actor: Actor, task: Task) -> bool:
    return task.role == actor.role and task.division_code.startswith(actor.prefix)


def choices(actor: Actor, case: Case, service: Service, task: Task | None, standing: Decision | None) -> list[Choice]:
    """Empty for whoever may only look, and while a decision stands."""
    if task is None or standing is not None or not is_mine(actor, task):
        return []
    return _special(case, task) or _of_step(actor, case, service, task)


def _special(case: Case, task: Task) -> list[Choice]:
    """Steps that are not on the service's own way."""
    if case.state == Case.State.PROPOSED:
        return _of_proposal(case)
    if case.cause == "account":
        return [ACCOUNT]
    if task.step.startswith(catalogue.ADVICE):
        return [ADVISE]
    return [DELIVER] if task.step == catalogue.DELIVERY else []


def _of_proposal(case: Case) -> list[Choice]:
    hint = "转到下一步"
    if case.batch is not None and case.batch.grants:
        hint = f"{case.batch.by_label.partition(' · ')[0]}核过了，本人同意就批准"
    return [
        choice("agree", "本人同意", "A", hint),
        choice("turn_down", "本人不要", "R", "写下原话，以后随时可以改主意"),
        choice("call_back", "先打个电话", "F", "留在队列里，提醒打电话"),
    ]


def _of_step(actor: Actor, case: Case, service: Service, task: Task) -> list[Choice]:
    if task.step != service.decide:
        return [ACCEPT, BACK, AWAY]
    if not may(actor, Right.DECIDE_CASE):
        return [BACK, AWAY]
    return [KEEP, STOP, BACK, AWAY] if case.origin == Case.Origin.REVIEW else [GRANT, BACK, AWAY, REFUSE]
