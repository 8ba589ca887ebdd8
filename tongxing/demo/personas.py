"""The invented people of the demo start page, with ids that never change; the pack's demo.yaml says where they live.

Each is a household of the city like any other; whatever is not said here is drawn as for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

CHEN_GUILAN = 1_000_000_000_011
QIN_HAIYAN = 1_000_000_000_021
LI_MING = 1_000_000_000_031
WEI_DASHU = 1_000_000_000_041
XIAOYU = 1_000_000_000_051
SU_NVSHI = 1_000_000_000_052
HUANG_JIE = 1_000_000_000_061
AQIANG = 1_000_000_000_071
FIRST_FREE = 1_000_000_001_000  # ids of everybody else start here
NONE = -1
VISUAL, HEARING, LIMB, INTELLECTUAL, MENTAL, MULTIPLE = 0, 1, 3, 4, 5, 6


@dataclass(frozen=True)
class Persona:
    """`category` indexes holders.CATEGORIES; `facts` are told over what was drawn; `since` gives days ago."""

    id: int
    name: str
    who: str
    relation: str
    age: int
    male: bool
    category: int = NONE
    grade: int = 9
    contact: str = "sms"
    rural: bool = True
    facts: dict[str, Any] = field(default_factory=dict)
    since: dict[str, int] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PersonaHome:
    key: str
    members: tuple[Persona, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    since: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.members[0].id


POOR = {"dibao_edge": False, "monitored": False, "assets_ok": True, "housing": "own", "house_safe": True}
NO_WORK = {"employment": "none", "work_income": 0}
NO_LIST = {
    "tekun": False,
    "dibao_single": False,
    "orphan_allowance": False,
    "injury_care": False,
    "elder_assessed": False,
    "military_grade": 0,
    "in_institution": False,
    "supporter_able": True,
}

HOMES = (
    PersonaHome(
        "chen_guilan",
        (
            Persona(
                CHEN_GUILAN,
                "陈桂兰",
                "A",
                "head",
                78,
                False,
                VISUAL,
                2,
                contact="no_phone",
                facts=NO_LIST
                | {
                    "income": 18_000,
                    "work_income": 0,
                    "needs_care": True,
                    "self_care": "partial",
                    "resident_pension": True,
                }
                | {"receives_living_allowance": False, "receives_nursing_allowance": True, "employment": "none"},
                since={"receives_nursing_allowance": 1100, "cert": 1300},
            ),
            Persona(
                10**12 + 12,
                "黄德生",
                "S",
                "spouse",
                80,
                True,
                contact="no_phone",
                facts=NO_LIST | {"income": 24_000} | NO_WORK,
            ),
        ),
        POOR | {"dibao": True, "home_mod_need": True, "receives_home_adaptation": False},
        {"dibao": 125},
    ),
    PersonaHome(
        "qin_haiyan",
        (
            Persona(
                QIN_HAIYAN,
                "覃海燕",
                "A",
                "head",
                34,
                False,
                VISUAL,
                1,
                facts=NO_LIST
                | {"employment": "none", "income": 90_000, "work_income": 0, "needs_care": True, "rehab_need": False}
                | {"receives_nursing_allowance": True, "receives_living_allowance": False},
                since={"receives_nursing_allowance": 800, "cert": 2500},
            ),
        ),
        POOR | {"dibao": False, "dibao_edge": True},
    ),
    PersonaHome(
        "li_ming",
        (
            Persona(
                LI_MING,
                "李明",
                "A",
                "head",
                45,
                True,
                HEARING,
                1,
                contact="text_only",
                rural=False,
                facts=NO_LIST | {"employment": "unit", "income": 320_000, "work_income": 320_000, "device_need": True},
                since={"cert": 2900},
            ),
            Persona(
                10**12 + 32,
                "吴晴荷",
                "S",
                "spouse",
                43,
                False,
                HEARING,
                2,
                contact="text_only",
                rural=False,
                facts={"employment": "unit", "income": 250_000, "work_income": 250_000},
            ),
            Persona(10**12 + 33, "李小帆", "C", "child", 12, True, rural=False),
        ),
        POOR | {"dibao": False, "assets_ok": False},
    ),
    PersonaHome(
        "wei_dashu",
        (
            Persona(
                WEI_DASHU,
                "韦有福",
                "A",
                "head",
                52,
                True,
                facts=NO_LIST
                | {
                    "employment": "none",
                    "income": 0,
                    "work_income": 0,
                    "medical_cost": 3_860_000,
                    "emergency_date": 24,
                },
            ),
            Persona(10**12 + 42, "莫金莲", "S", "spouse", 50, False, facts={"income": 90_000, "employment": "farming"}),
        ),
        POOR | {"dibao": False},
    ),
    PersonaHome(
        "xiaoyu",
        (
            Persona(
                XIAOYU,
                "吴小宇",
                "A",
                "child",
                5,
                True,
                MENTAL,
                2,
                contact="guardian",
                facts=NO_LIST
                | {"autism": True, "rehab_need": True, "screened_positive": True, "receives_child_rehab": False}
                | {"school_stage": "preschool", "needs_care": True},
                since={"cert": 300},
            ),
            Persona(SU_NVSHI, "苏丽琼", "M", "head", 33, False, facts={"employment": "flexible", "income": 210_000}),
            Persona(
                10**12 + 53, "吴远舟", "F", "spouse", 36, True, facts={"employment": "flexible", "income": 260_000}
            ),
        ),
        POOR | {"dibao": False},
    ),
    PersonaHome(
        "huang_jie",
        (
            Persona(
                HUANG_JIE,
                "黄秀梅",
                "A",
                "child",
                40,
                False,
                INTELLECTUAL,
                3,
                contact="guardian",
                facts=NO_LIST | {"employment": "none", "income": 0, "work_income": 0},
                since={"cert": 3000},
                unknown=frozenset({"rehab_need", "device_need"}),
            ),
            Persona(10**12 + 62, "叶桂英", "M", "head", 67, False, facts=NO_LIST | {"income": 170_000} | NO_WORK),
        ),
        POOR | {"dibao": False, "dibao_edge": True},
    ),
    PersonaHome(
        "aqiang",
        (
            Persona(
                AQIANG,
                "廖志强",
                "A",
                "child",
                29,
                True,
                MENTAL,
                2,
                contact="guardian",
                rural=False,
                facts=NO_LIST
                | {"in_institution": True, "smi_registered": True, "employment": "none", "income": 0, "work_income": 0}
                | {"needs_care": True, "receives_care_service_subsidy": True},
                since={"cert": 1900, "in_institution": 600},
            ),
            Persona(10**12 + 72, "廖世昌", "F", "head", 61, True, rural=False, facts={"income": 260_000}),
        ),
        POOR | {"dibao": False},
    ),
)


def born(persona: Persona, today: date) -> date:
    """A birthday in spring or summer, the same every year, with the stated age today."""
    month, day = 1 + persona.id % 11, 1 + persona.id % 27
    return date(today.year - persona.age - ((today.month, today.day) < (month, day)), month, day)
