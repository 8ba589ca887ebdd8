"""Posts of the pack's roles, and for each post what may stand behind a path: its own, a neighbour's, nobody's.

Roles and purposes are read from the pack's files here once more, so that no code under test says what is expected.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from ruamel.yaml import YAML

from tongxing.accounts.access import Actor
from tongxing.accounts.models import Post, User
from tongxing.accounts.rights import Right
from tongxing.applications.actions import Wish, apply_first, begin_as_guest, send_to_check
from tongxing.applications.guests import Who
from tongxing.casework import actions as casework
from tongxing.casework.models import Batch as CaseBatch
from tongxing.duplicates.models import Pair
from tongxing.evaluation.models import Build, Evaluation
from tongxing.evaluation.queries.evaluations import folder_of as report_folder
from tongxing.exchange.tests.cast import csv_bytes, header_of, id_number, join, new_person, officer, send
from tongxing.jobs.models import Job
from tongxing.lib.files import write_atomically
from tongxing.lists.models import Export, SavedFilter
from tongxing.moves.models import Move, Mover
from tongxing.organisation.models import Correction, Division, Employer
from tongxing.organisation.queries import sealed_at
from tongxing.plan.models import Count, Statistic
from tongxing.policy.models import Run
from tongxing.programme.models import Evidence
from tongxing.registry.keys import ring
from tongxing.registry.models import Household, Person
from tongxing.reports.document import Report, Section, Written, document_bytes
from tongxing.residents.models import UrgentLook

LENGTHS = {"city": 4, "county": 6, "township": 9, "village": 12}
NOBODY = 987_654_321


@cache
def content(name: str) -> dict[str, Any]:
    return dict(YAML(typ="safe").load(Path(settings.PACK) / name))


def policies_of(department: str | None) -> set[str]:
    """Departments see the policies they own, if any; the federation, planners and generalists see all."""
    files = (Path(settings.PACK) / "policies").iterdir()
    owners = {path.stem: content(f"policies/{path.name}")["owner"] for path in files}
    own = {
        name
        for name, owner in owners.items()
        if department and owner == content("departments.yaml")[department]["name"]
    }
    return own if own and department != "federation" else set(owners)


@dataclass(frozen=True)
class Behind:
    """`value` stands in the path; `is_visible` to somebody who has the rights; a colleague asks instead of the user."""

    relation: str
    value: int | str
    is_visible: bool
    by_colleague: bool = False


@dataclass(frozen=True)
class Officer:
    """A role of the pack in the post that the demo gave it, and a colleague in the same post."""

    role: str
    department: str | None
    rights: frozenset[str]
    people: str
    division: Division
    user: User
    colleague: User

    def covers(self, code: str) -> bool:
        return code.startswith(self.division.code[: LENGTHS[self.division.level]])

    def sees(self, village: str, is_minor: bool) -> bool:
        return self.covers(village) and (self.people == "all" or (self.people == "minors" and is_minor))


def officers() -> list[Officer]:
    """One for each role of the pack that somebody holds a post in."""
    purposes = content("purposes.yaml")
    posts = {role: said for role, said in content("roles.yaml").items() if "own_affairs" not in said["rights"]}
    return [_officer(role, said, purposes) for role, said in posts.items()]


def _officer(role: str, said: dict[str, Any], purposes: dict[str, Any]) -> Officer:
    post = Post.objects.select_related("user").get(user__username=f"demo-{role}")
    colleague = User.objects.create(username=f"colleague-{role}", name="同事", password="!")
    Post.objects.create(user=colleague, role=role, division_code=post.division_code, from_date=post.from_date)
    people = purposes[said["purposes"][0]]["people"] if said["purposes"] else "none"
    division = Division.objects.get(pk=post.division_code)
    return Officer(role, said["department"], frozenset(said["rights"]), people, division, post.user, colleague)


def worker(place: str) -> Actor:
    """The village worker of that place, who opens a case and works on its first step."""
    return Actor(
        user_id=7,
        name="周姐",
        role="village_worker",
        role_name="村协理员",
        department=None,
        division_code=place,
        purpose="home_visit",
        people="all",
        rights=frozenset({Right.OPEN_CASE, Right.WORK_CASE}),
    )


def an_evaluation() -> int:
    count = Count.objects.order_by("pk")[0]
    period = {"kind": "final", "from_date": date(2021, 1, 1), "until_date": date(2025, 12, 31)}
    signed = {"count": count, "by_user_id": 7, "by_label": "周姐", "at": timezone.now()}
    evaluation, is_new = Evaluation.objects.get_or_create(**period, state="drafting", defaults=signed)
    if is_new:
        sections = [Section("measures", 1, "原因和措施", [Written("measures", "原因是什么？")])]
        content = document_bytes(Report("报告", "内部", "示例市", date(2025, 12, 31), [], sections))
        write_atomically(report_folder(evaluation.pk, 1) / "report.json", content)
        files = {"report.json": sha256(content).hexdigest()}
        built = {"files": files, "prose_until": 0, "seconds": 0, "by_label": "周姐", "at": timezone.now()}
        Build.objects.create(evaluation=evaluation, number=1, **built)
    return int(evaluation.pk)


@dataclass
class Objects:
    """Makes what stands behind a path, each once. A method for each name that a path may hold."""

    made: dict[tuple[str, str], list[Behind]] = field(default_factory=dict)
    people: dict[tuple[str, bool], int] = field(default_factory=dict)
    cases: dict[tuple[str, bool], str] = field(default_factory=dict)
    to_assess: dict[str, str] = field(default_factory=dict)
    case_batches: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, int] = field(default_factory=dict)
    moves: dict[str, int] = field(default_factory=dict)
    batches: dict[tuple[str, str], int] = field(default_factory=dict)
    divisions: dict[str, Division] = field(default_factory=lambda: Division.objects.in_bulk())

    def behind(self, door: str, name: str, of: Officer) -> list[Behind]:
        """Made once for an officer; a name without a method is a number that nobody has."""
        name = KINDS.get(door, name)
        if (name, of.role) not in self.made:
            make: Callable[[Officer], list[Behind]] | None = getattr(self, name, None)
            self.made[name, of.role] = make(of) if make else [Behind("nobody", NOBODY, is_visible=False)]
        return self.made[name, of.role]

    def person_id(self, of: Officer) -> list[Behind]:
        near = self.around(of.division)
        found = [
            Behind(relation, self._person(place, is_minor=True), of.sees(place, is_minor=True))
            for relation, place in near.items()
        ]
        own = near["own"]
        return [
            *found,
            Behind("colleague", self._person(own, is_minor=True), of.sees(own, is_minor=True), by_colleague=True),
            *self._adult(of, self._person),
            Behind("nobody", NOBODY, is_visible=False),
        ]

    def _adult(self, of: Officer, make: Callable[..., int | str]) -> list[Behind]:
        """An adult of the own area, where the purpose tells adults from children; elsewhere they are all the same."""
        own = self.around(of.division)["own"]
        hidden = Behind("own adult", make(own, is_minor=False), of.sees(own, is_minor=False))
        return [hidden] if of.people != "all" else []

    def _person(self, place: str, *, is_minor: bool) -> int:
        if (place, is_minor) not in self.people:
            person = new_person(70_000 + len(self.people), place, with_household=False)
            person.birth_date = date.today() - timedelta(days=3000 if is_minor else 15_000)
            person.save(update_fields=["birth_date"])
            self.people[place, is_minor] = person.pk
        return self.people[place, is_minor]

    def pair_id(self, of: Officer) -> list[Behind]:
        """Two files that may be one person's, both in the same place."""
        found = [
            Behind(relation, self._pair(place), of.sees(place, is_minor=True))
            for relation, place in self.around(of.division).items()
        ]
        return [*found, Behind("nobody", NOBODY, is_visible=False)]

    def _pair(self, place: str) -> int:
        if place not in self.pairs:
            twin = new_person(78_000 + len(self.pairs), place, with_household=False)
            twin.birth_date = date.today() - timedelta(days=3000)
            twin.save(update_fields=["birth_date"])
            one, other = sorted((self._person(place, is_minor=True), twin.pk))
            made = Pair.objects.create(one_id=one, other_id=other, reasons=["name_birth"], found_date=date.today())
            self.pairs[place] = made.pk
        return self.pairs[place]

    def batch_id(self, of: Officer) -> list[Behind]:
        """A list is for its department, and for the officers whose area holds the area of the list."""
        feed, department = ("certificates", "federation") if of.department == "federation" else FEED
        places = self.around(of.division) | {"own": of.division.code}
        found = [
            Behind(relation, self._batch(feed, place), of.department == department and of.covers(place))
            for relation, place in places.items()
            if place in self.divisions
        ]
        return [*found, Behind("nobody", NOBODY, is_visible=False)]

    def _batch(self, feed: str, place: str) -> int:
        if (feed, place) not in self.batches:
            head = header_of(feed, *HEADS[feed])
            rows = [["甲", *["?" for _ in head[1:]]]]
            batch = send(feed, csv_bytes(head, rows), by=officer(feed, place), division_code=place)
            self.batches[feed, place] = batch.pk
        return self.batches[feed, place]

    def number(self, of: Officer) -> list[Behind]:
        """A case is seen where its person is."""
        found = [
            Behind(relation, self._case(place, is_minor=True), of.sees(place, is_minor=True))
            for relation, place in self.around(of.division).items()
        ]
        return [
            *found,
            *self._adult(of, self._case),
            Behind("nobody", "2020-99999", is_visible=False),
        ]

    def _case(self, place: str, *, is_minor: bool) -> str:
        """Opened in the village and handed back there, so that a letter asks for the missing account."""
        if (place, is_minor) not in self.cases:
            person = Person.objects.get(pk=self._person(place, is_minor=is_minor))
            join(person, Household.objects.create(village_code=place))
            case = casework.open_case(by=worker(place), person=person, service="living_allowance")
            casework.hand_back(by=worker(place), case=case, item="account", words="缺账户")
            self.cases[place, is_minor] = case.number
        return self.cases[place, is_minor]

    def waiting_for_doctor(self, of: Officer) -> list[Behind]:
        """Somebody who asked for a first certificate and is to be visited: for the doctor of their county."""
        found = [
            Behind(relation, self._to_assess(place), of.role == "assessor" and of.covers(place))
            for relation, place in self.around(of.division).items()
        ]
        return [*found, Behind("nobody", "2020-99999", is_visible=False)]

    def _to_assess(self, place: str) -> str:
        if place not in self.to_assess:
            person = new_person(75_000 + len(self.to_assess), place, with_household=False)
            join(person, Household.objects.create(village_code=place))
            asked = apply_first(by=worker(place), person=person, wish=Wish(["limb"]))
            self.to_assess[place] = asked.case.number
        return self.to_assess[place]

    def check_id(self, of: Officer) -> list[Behind]:
        """A visitor's ID card, to be looked at in the township that they named."""
        found = [
            Behind(relation, self._check(place), of.role == "township_officer" and of.covers(f"{place[:9]}000"))
            for relation, place in self.around(of.division).items()
        ]
        return [*found, Behind("nobody", NOBODY, is_visible=False)]

    def _check(self, place: str) -> int:
        guest = begin_as_guest(service="free_bus")
        who = Who("无人知", id_number(900_000 - int(guest.draft.pk)), "15499999900", f"{place[:9]}000")
        return int(send_to_check(guest=guest, who=who).pk)

    def move_id(self, of: Officer) -> list[Behind]:
        """Somebody who says that they came to live here: for the township there."""
        found = [
            Behind(relation, self._move(place), of.role == "township_officer" and of.covers(f"{place[:9]}000"))
            for relation, place in self.around(of.division).items()
        ]
        return [*found, Behind("nobody", NOBODY, is_visible=False)]

    def _move(self, place: str) -> int:
        if place not in self.moves:
            person, now = new_person(76_000 + len(self.moves), place, with_household=False), timezone.now()
            said = {"from_code": place, "to_code": place, "from_date": now.date(), "asked_at": now}
            move = Move(person=person, asked_by_label=person.name, **said)
            move.address_sealed = ring().seal("二组 8 号", place=move.place_of("address"))
            move.save()
            Mover.objects.create(move=move, person=person)
            self.moves[place] = move.pk
        return self.moves[place]

    def case_batch(self, of: Officer) -> list[Behind]:
        places = self.around(of.division) | {"own": of.division.code}
        found = [Behind(relation, self._case_batch(place), of.covers(place)) for relation, place in places.items()]
        return [*found, Behind("nobody", NOBODY, is_visible=False)]

    def _case_batch(self, place: str) -> int:
        if place not in self.case_batches:
            prefix = next(place[:n] for n in (2, 4, 6, 9, 12) if not place[n:].strip("0"))
            made = CaseBatch.objects.create(
                prefix=prefix, run=1, count=0, by_user_id=7, by_label="周姐", at=timezone.now()
            )
            self.case_batches[place] = made.pk
        return self.case_batches[place]

    def job_id(self, of: Officer) -> list[Behind]:
        """One's own; everybody's for whoever looks after the machine."""
        return [
            Behind("own", self._job(of.user), is_visible=True),
            Behind("other's", self._job(of.colleague), is_visible="run_nightly" in of.rights),
            Behind("nobody", NOBODY, is_visible=False),
        ]

    def _job(self, user: User) -> int:
        made = Job.objects.create(
            key=f"test.{user.pk}", title="核对", by_user_id=user.pk, by_label=user.name, asked_at=timezone.now()
        )
        return int(made.pk)

    def export_id(self, of: Officer) -> list[Behind]:
        """Asked for by oneself or in the own department and area; the federation answers for those without one."""
        area, ours, other = of.division.code, of.department or "", "nobody's"
        places = self.around(of.division)
        return [
            Behind("own", self._export(of.user, area, ours), is_visible=True),
            Behind("colleague's", self._export(of.colleague, area, ours), is_visible=True),
            Behind("other department", self._export(None, area, other), is_visible=False),
            Behind("township's", self._export(None, places["own"], ""), of.department in (None, "federation")),
            Behind("sibling", self._export(None, places["sibling"], ours), is_visible=False),
            Behind("parent", self._export(None, places["parent"], ours), of.covers(places["parent"])),
            Behind("nobody", NOBODY, is_visible=False),
        ]

    def own_export(self, of: Officer) -> list[Behind]:
        """The file is only for the one who asked for it."""
        mine = Behind("own", self._export(of.user, of.division.code, of.department or ""), is_visible=True)
        theirs = Behind("colleague's", self._export(of.colleague, of.division.code, of.department or ""), False)
        return [mine, theirs, Behind("nobody", NOBODY, is_visible=False)]

    def others_export(self, of: Officer) -> list[Behind]:
        """A yes is only for somebody else."""
        theirs = Behind("own", self._export(of.colleague, of.division.code, of.department or ""), is_visible=True)
        mine = Behind("asked by oneself", self._export(of.user, of.division.code, of.department or ""), False)
        return [theirs, mine, Behind("nobody", NOBODY, is_visible=False)]

    def saved_id(self, of: Officer) -> list[Behind]:
        """A filter is removed by the one who kept it."""
        return [
            Behind("colleague's", self._saved(of.colleague, of), is_visible=False),
            Behind("own", self._saved(of.user, of), is_visible=True),
            Behind("nobody", NOBODY, is_visible=False),
        ]

    def _saved(self, user: User, of: Officer) -> int:
        made = SavedFilter.objects.create(
            page="gaps",
            name=f"{user.pk}",
            is_shared=True,
            role=of.role,
            division_code=of.division.code,
            by_user_id=user.pk,
            by_label=user.name,
            made_at=timezone.now(),
        )
        return int(made.pk)

    def _export(self, user: User | None, place: str, department: str) -> int:
        now = timezone.now()
        made = Export.objects.create(
            title="名单",
            purpose="核对",
            run=Run.objects.first(),
            filter={"kind": "missing"},
            count=200,
            state="waiting",
            department=department,
            division_code=place,
            by_user_id=user.pk if user else 0,
            by_label=user.name if user else "别人",
            asked_at=now,
            expires_at=now + timedelta(days=7),
            secret=b"\0" * 16,
        )
        return int(made.pk)

    def urgent_id(self, of: Officer) -> list[Behind]:
        """Opened by oneself, or by somebody of the own department in the own area."""
        area, ours, far = of.division.code, of.department or "", self.around(of.division)["sibling"]
        return [
            Behind("own", self._urgent(of.user, area, ours), is_visible=True),
            Behind("colleague's", self._urgent(of.colleague, area, ours), is_visible=True),
            Behind("other department", self._urgent(of.colleague, area, "nobody's"), is_visible=False),
            Behind("sibling", self._urgent(of.colleague, far, ours), is_visible=False),
            Behind("nobody", NOBODY, is_visible=False),
        ]

    def others_urgent(self, of: Officer) -> list[Behind]:
        """Looked at again by somebody else."""
        area, ours = of.division.code, of.department or ""
        return [
            Behind("own", self._urgent(of.colleague, area, ours), is_visible=True),
            Behind("opened by oneself", self._urgent(of.user, area, ours), is_visible=False),
            Behind("nobody", NOBODY, is_visible=False),
        ]

    def _urgent(self, user: User, place: str, department: str) -> int:
        now = timezone.now()
        made = UrgentLook.objects.create(
            person_id=self._person(self.around(Division.objects.get(level="city"))["own"], is_minor=False),
            reason="在我这里走失",
            department=department,
            division_code=place,
            by_user_id=user.pk,
            by_label=user.name,
            opened_at=now,
            until_at=now + timedelta(hours=1),
            due_date=now.date() + timedelta(days=2),
        )
        return int(made.pk)

    def policy_id(self, of: Officer) -> list[Behind]:
        mine, everything = policies_of(of.department), policies_of(None)
        other = min(everything - mine, default=min(everything))
        return [
            Behind("own", min(mine), is_visible=True),
            Behind("other department", other, is_visible=other in mine),
            Behind("nobody", "no-such-policy", is_visible=False),
        ]

    def clause_id(self, of: Officer) -> list[Behind]:
        return [Behind("own", "t1.2.1", is_visible=True), Behind("nobody", "no-such-clause", is_visible=False)]

    def project_key(self, of: Officer) -> list[Behind]:
        return [Behind("own", "fukang", is_visible=True), Behind("nobody", "no-such-project", is_visible=False)]

    def document_key(self, of: Officer) -> list[Behind]:
        return [Behind("own", "midterm_report", is_visible=True), Behind("nobody", "no-such-paper", is_visible=False)]

    def evidence_id(self, of: Officer) -> list[Behind]:
        """Of a task of the whole city, and of a project of one county."""
        city, county = Evidence.objects.exclude(task=None)[0], Evidence.objects.filter(project__key="hepu_centre")[0]
        return [
            Behind("own", city.pk, is_visible=of.covers(city.task.place_code)),
            Behind("county", county.pk, is_visible=of.covers(county.project.place_code)),
            Behind("nobody", NOBODY, is_visible=False),
        ]

    def indicator_id(self, of: Officer) -> list[Behind]:
        return [Behind("own", "i04", is_visible=True), Behind("nobody", "no-such-indicator", is_visible=False)]

    def entered(self, of: Officer) -> list[Behind]:
        """A number that a colleague entered."""
        said = {"year": 2000, "value": 1, "source": "年鉴", "entered_by": of.colleague, "entered_label": "同事"}
        key = Statistic.objects.create(series=f"test-{of.role}", **said).key
        return [Behind("own", key, is_visible=True), Behind("nobody", f"statistic-{NOBODY}", is_visible=False)]

    def evaluation_id(self, of: Officer) -> list[Behind]:
        """One of the whole city, with a short report."""
        return [Behind("own", an_evaluation(), is_visible=True), Behind("nobody", NOBODY, is_visible=False)]

    def feed_id(self, of: Officer) -> list[Behind]:
        return [Behind("own", "dibao", is_visible=True), Behind("nobody", "no-such-feed", is_visible=False)]

    def username(self, of: Officer) -> list[Behind]:
        return [Behind("own", of.user.username, is_visible=True), Behind("nobody", "demo-nobody", is_visible=False)]

    def correction_id(self, of: Officer) -> list[Behind]:
        """What an employer of a place says to a department: to the own one, and to another."""
        places, ours = self.around(of.division), of.department or "-"
        found = [
            Behind(near, self._correction(at, ours), bool(of.department) and of.covers(at))
            for near, at in places.items()
        ]
        other = Behind("other department", self._correction(places["own"], "nobody's"), is_visible=False)
        return [*found, other, Behind("nobody", NOBODY, is_visible=False)]

    def _correction(self, place: str, department: str) -> int:
        code = f"T{Employer.objects.count():017}"
        employer = Employer.objects.create(name="甲酒店", credit_code=code, division_code=place, facts={})
        made = Correction(employer=employer, fact="staff", department=department, asked_at=timezone.now())
        made.words_sealed = ring().seal("不对", place=sealed_at(made, "words"))
        made.save()
        return int(made.pk)

    def around(self, area: Division) -> dict[str, str]:
        """A village in the area, a village of a sibling area, the unit above itself, a village far away."""
        parent = area.parent_id or f"{area.code[:2]}0000000000"
        return {
            "own": self._village(area.code, LENGTHS[area.level]),
            "sibling": self._sibling(area),
            "parent": parent,
            "foreign": self._far_from(area),
        }

    def _village(self, area: str, length: int) -> str:
        return next(
            c for c, d in sorted(self.divisions.items()) if d.level == "village" and c[:length] == area[:length]
        )

    def _sibling(self, area: Division) -> str:
        if area.parent_id is None:
            return f"{int(area.code[:4]) + 1}02001001"  # a village of the next city
        same = [d for d in self.divisions.values() if d.parent_id == area.parent_id and d.code != area.code]
        return self._village(same[0].code, LENGTHS[area.level])

    def _far_from(self, area: Division) -> str:
        if area.parent_id is None:
            return f"{int(area.code[:2]) + 1}0102001001"  # a village of the next province
        far = [c for c, d in sorted(self.divisions.items()) if d.level == "county" and c[:6] != area.code[:6]]
        return self._village(far[-1], 6)


# Two kinds of one name; a case that is not on public notice is nobody's there, whoever asks
KINDS = {
    "portal:demo-phone": "phone_id",
    "desk:case-batch": "case_batch",
    "desk:case-batch-undo": "case_batch",
    "public:notice": "case_on_notice",
}
KINDS |= {"desk:assessment": "waiting_for_doctor"}
KINDS |= {"desk:urgent-review": "others_urgent"}
KINDS |= {"desk:export-file": "own_export", "desk:export-decide": "others_export"}
FEED = ("deaths", "civil_affairs")
HEADS = {"deaths": ("name", "id_number", "death_date"), "certificates": ("name", "certificate_number")}
