"""What a role may be allowed to do, in words. Which role has which right stands in the pack (`roles.yaml`)."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    SEE_FIGURES = "see_figures", "看本辖区的数字"
    FIND_PEOPLE = "find_people", "按姓名、证件查人"
    SEE_PERSON = "see_person", "看一个人的资料"
    UNMASK = "unmask", "看完整号码"
    SEE_LISTS = "see_lists", "看四张名单"
    EXPORT_LISTS = "export_lists", "下载名单"
    SEE_TASKS = "see_tasks", "看要问的问题"
    ANSWER_FACTS = "answer_facts", "记下问到的情况"
    RECORD_DECLINED = "record_declined", "记“本人不要”"
    SEE_POLICIES = "see_policies", "看政策和规则"
    SIMULATE = "simulate", "试算"
    SEND_FEEDS = "send_feeds", "交部门名单"
    SEE_JOURNAL = "see_journal", "看操作记录"
    MANAGE_USERS = "manage_users", "管理全市的用户"
    MANAGE_LOCAL_USERS = "manage_local_users", "管理本辖区的用户"
    OPEN_CASE = "open_case", "开办件"
    WORK_CASE = "work_case", "办理办件"
    DECIDE_CASE = "decide_case", "作出决定"
    ASSESS = "assess", "评定残疾类别和等级"
    SEE_PAYMENTS = "see_payments", "看发放"
    BUILD_PAYMENTS = "build_payments", "做发放"
    APPROVE_PAYMENTS = "approve_payments", "批准发放"
    SEND_PAYMENTS = "send_payments", "交银行"
    SEE_PLAN = "see_plan", "看规划落实得怎么样"
    REPORT_TASK = "report_task", "报本单位规划任务的进展"
    CONFIRM_TASK = "confirm_task", "核定规划任务完成了"
    KEEP_TARGETS = "keep_targets", "录入目标值和统计数"
    PUBLISH_FIGURES = "publish_figures", "把指标向社会公布"
    WRITE_EVALUATION = "write_evaluation", "写评估报告"
    PROTECT_PLACE = "protect_place", "保护一个人的地址"
    OWN_AFFAIRS = "own_affairs", "办自己的事"
    OWN_UNIT = "own_unit", "看本单位的情况"
    LIST_PROVIDERS = "list_providers", "把服务机构列出来"
    RUN_NIGHTLY = "run_nightly", "让系统重新核对"

    label: str

    def __new__(cls, value: str, label: str) -> Right:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
