"""`read_pack(folder)`: the whole pack, or all its mistakes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from tongxing.content import feeds, rooms
from tongxing.content.blocks import Block, read_block, read_text
from tongxing.content.facts import read_facts
from tongxing.content.fields import Mistakes
from tongxing.content.inline_tests import check_cases
from tongxing.content.pack import Fact, Pack, Policy
from tongxing.content.policies import read_policy
from tongxing.lib.place import PackError, PackErrors, Place, Text, nearest

T = TypeVar("T")
READ = (".yaml", ".csv")
ROOMS = (
    *("codes.yaml", "departments.yaml", "purposes.yaml", "roles.yaml", "calendar.yaml", "glossary.yaml"),
    "divisions.csv",
)
RECEIPT_STALE_DAYS = 100


def read_pack(folder: Path) -> Pack:
    """Only facts.yaml and policies/ are needed. Raises PackErrors with every mistake and its place."""
    if not folder.is_dir():
        raise PackErrors([PackError("没有这个规则包文件夹", Place(str(folder), 1, 1))])
    files = _Files(folder)
    codes = files.optional("codes.yaml", rooms.read_codes) or {}
    known = read_facts(files.blocks["facts.yaml"], codes, files.mistakes)
    policies = files.policies()
    facts = known.facts | _receipts(policies, known.facts, files.mistakes)
    check_cases(policies.values(), facts, files.mistakes)
    pack = Pack(folder, _digest(folder), facts, known.derived, known.derived_labels, known.params, policies, codes)
    pack = _with_rooms(pack, files)
    if files.mistakes:
        raise PackErrors(files.mistakes)
    return pack


class _Files:
    """The files of a pack; names in errors begin with the name of the folder.

    Raises PackErrors for what is no YAML at all, before anything is read that would then seem to be missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.mistakes = folder, Mistakes()
        self.blocks: dict[str, Block] = {}
        self.texts: dict[str, str] = {}
        for name in ("facts.yaml", *(path.relative_to(folder).as_posix() for path in self._there())):
            try:
                self._load(name)
            except PackError as wrong:
                self.mistakes.append(wrong)
        if self.mistakes:
            raise PackErrors(self.mistakes)

    def _there(self) -> Iterator[Path]:
        yield from (self.folder / name for name in ROOMS if (self.folder / name).is_file())
        for inside in ("policies", "feeds"):
            yield from sorted((self.folder / inside).glob("*.yaml"))

    def _load(self, name: str) -> None:
        if name.endswith(".yaml"):
            self.blocks[name] = read_block(self.folder / name, self.name(name))
        else:
            self.texts[name] = read_text(self.folder / name, self.name(name))

    def name(self, path: str) -> str:
        return f"{self.folder.name}/{path}"

    def optional(self, path: str, read: Callable[[Block, Mistakes], T]) -> T | None:
        return read(self.blocks[path], self.mistakes) if path in self.blocks else None

    def inside(self, folder: str) -> dict[str, Block]:
        """{name without suffix: mapping} of each YAML file of a folder."""
        return {Path(name).stem: block for name, block in self.blocks.items() if name.startswith(f"{folder}/")}

    def policies(self) -> dict[str, Policy]:
        """By file name, so that a wrong id hides no other policy."""
        found = {stem: read_policy(block, stem, self.mistakes) for stem, block in self.inside("policies").items()}
        if not found:
            self.mistakes.note("policies/ 里没有政策", Place(self.name("policies"), 1, 1))
        for other in (other for policy in found.values() for other in policy.higher_of if other not in found):
            self.mistakes.note(f"没有政策 {other}{nearest(other, found)}", other.place)
        return found


def _receipts(policies: dict[str, Policy], facts: dict[str, Fact], mistakes: Mistakes) -> dict[str, Fact]:
    """The fact `receives_<id>` of each policy that names no receipt of its own."""
    made = {}
    for id_, policy in policies.items():
        if policy.receipt is None:
            made[f"receives_{id_}"] = _receipt(policy)
        elif policy.receipt not in facts:
            mistakes.note(f"没有事实 {policy.receipt}{nearest(policy.receipt, facts)}", policy.receipt.place)
        elif (facts[policy.receipt].type, facts[policy.receipt].unit) != ("bool", policy.unit):
            mistakes.note(f"receipt 要是 bool，单位是 {policy.unit}", policy.receipt.place)
    for name in made.keys() & facts.keys():
        mistakes.note(f"{name} 是自动加上的，不用写", facts[name].name.place)
    return made


def _receipt(policy: Policy) -> Fact:
    return Fact(
        name=Text(f"receives_{policy.id}", policy.id.place),
        type="bool",
        unit=policy.unit,
        label=f"在领{policy.name}",
        ask=f"在领{policy.name}吗？",
        origin="list",
        owner=policy.owner,
        stale_days=RECEIPT_STALE_DAYS,
    )


def _with_rooms(pack: Pack, files: _Files) -> Pack:
    departments = files.optional("departments.yaml", rooms.read_departments) or {}
    purposes = files.optional("purposes.yaml", rooms.read_purposes) or {}
    roles = files.optional("roles.yaml", lambda block, wrong: rooms.read_roles(block, departments, purposes, wrong))
    lists = {stem: feeds.read_feed(block, stem, files.mistakes) for stem, block in files.inside("feeds").items()}
    for feed in lists.values():
        feeds.check_feed(feed, pack.facts, pack.codes, departments, files.mistakes)
    name, divisions = files.name("divisions.csv"), files.texts.get("divisions.csv")
    return replace(
        pack,
        departments=departments,
        purposes=purposes,
        roles=roles or {},
        feeds=lists,
        divisions=rooms.read_divisions(divisions, name, files.mistakes) if divisions is not None else (),
        calendar=files.optional("calendar.yaml", rooms.read_calendar),
        glossary=files.optional("glossary.yaml", rooms.read_glossary) or {},
    )


def _digest(folder: Path) -> str:
    """SHA-256 over names and contents of all files, whatever order the disk gives them in."""
    total = sha256()
    for name in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in READ):
        total.update(f"{name}\0".encode())
        total.update(sha256((folder / name).read_bytes()).digest())
    return total.hexdigest()
