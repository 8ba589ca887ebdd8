"""Rows of persons, households, members: names, sealed numbers, addresses, and a few people twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from tongxing.demo import numbers, personas
from tongxing.demo.names import names
from tongxing.demo.streams import Days, Flags, Ints, Words, between, chance, exactly, some
from tongxing.demo.world import World
from tongxing.lib.crypto import KeyRing
from tongxing.lib.pinyin import initials

TWICE, NO_PHONE, NO_ACCOUNT, PAID_TO = 0.002, 0.07, 0.09, 0.97
PERSON = (
    *("id", "name", "initials", "sex", "birth_date", "hukou", "local_hukou", "village_code", "contact", "death_date"),
    *("moved_out_date", "id_number_sealed", "id_number_index", "id_tail_index", "phone_sealed", "phone_index"),
    *("account_sealed", "address_sealed", "registered_date"),
)
MEMBER = ("household", "person", "relation", "from_date")
SECOND = 10**13 - 10**6  # serials of second entries
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Register:
    """The written names and numbers of the world's persons; '' is unknown. `ids`, `homes` are the serials."""

    ids: Ints
    homes: Ints
    names: Words
    id_numbers: Words
    phones: Words
    accounts: Words
    addresses: list[str]
    contacts: Words
    twice: Ints  # rows of people who stand in the register a second time


def serials(world: World, topic: str, size: int, fixed: list[int]) -> Ints:
    """Different numbers that say nothing; the last ones are the fixed ones of the invented people."""
    drawn = size - len(fixed)
    step = (SECOND - personas.FIRST_FREE) // max(drawn, 1)
    rng = world.rng(topic)
    free = personas.FIRST_FREE + np.arange(drawn) * step + (rng.random(drawn) * step).astype("i8")
    return np.asarray(np.r_[rng.permutation(free), np.array(fixed, "i8")])


def _paid(world: World) -> Flags:
    """Who receives something: nearly all of them have an account, or how would they."""
    gets = [told.values for name, told in world.person.items() if name.startswith("receives_")]
    return np.asarray(np.logical_or.reduce([np.zeros(len(world.holder), bool), *gets]))


def registered(world: World, surnames: list[str]) -> Register:
    invented = [member for home in personas.HOMES for member in home.members]
    size = len(world.people)
    rng = world.rng("register")
    called = names(world.people, world.birth.astype("M8[Y]").astype("i8") + 1970, surnames, world.seed)
    called[-len(invented) :] = [member.name for member in invented]
    contacts = _contacts(world, invented)
    adult = world.people.age >= 16
    phone = np.isin(contacts, ("sms", "text_only")) & (world.holder | chance(rng, 0.7, size))
    account = some(rng, world.holder, 1 - NO_ACCOUNT) | some(rng, adult & ~world.holder, 0.3)
    account |= some(rng, _paid(world), PAID_TO)
    sure = np.arange(size) >= size - len(invented)
    twice = exactly(rng, np.where(sure | ~world.holder | ~world.here, 0.0, 1.0), round(TWICE * world.holder.sum()))
    return Register(
        ids=serials(world, "persons", size, [member.id for member in invented]),
        homes=serials(world, "household numbers", world.people.homes, [home.id for home in personas.HOMES]),
        names=called,
        id_numbers=numbers.resident_ids(world.birth, world.people.male),
        phones=np.where(phone, numbers.phones(size), ""),
        accounts=np.where(account | (sure & world.holder), numbers.accounts(size), ""),
        addresses=_addresses(world),
        contacts=contacts,
        twice=twice,
    )


def _contacts(world: World, invented: list[personas.Persona]) -> Words:
    """How a person is reached; '' where nobody knows."""
    rng, people = world.rng("contacts"), world.people
    none = some(rng, people.age >= 65, 0.28) | some(rng, people.age >= 80, 0.3)
    text = some(rng, world.is_category("hearing", "speech"), 0.5)
    guarded = (people.age < 16) | some(rng, world.severe & world.is_category("intellectual", "mental"), 0.8)
    words = np.select([guarded, none, text], ["guardian", "no_phone", "text_only"], "sms")
    words = np.where(chance(rng, NO_PHONE, len(people)), "", words)
    words[-len(invented) :] = [member.contact for member in invented]
    return words


def _addresses(world: World) -> list[str]:
    """One a household; every member lives there."""
    rng = world.rng("addresses")
    group, door = between(rng, 1, 24, world.people.homes).tolist(), between(rng, 1, 180, world.people.homes).tolist()
    paths, village = world.villages.paths, world.village.tolist()
    lines = [f"{paths[at]}{g}组{d}号" for at, g, d in zip(village, group, door, strict=True)]
    return [lines[home] for home in world.people.home.tolist()]


def person_rows(world: World, register: Register, ring: KeyRing) -> Iterator[Row]:
    """In the order of PERSON. Sealed field by field, each to its own person (S10)."""
    birth, death, moved = (_texts(days) for days in (world.birth, world.death, world.moved))
    village = world.villages.codes[world.village][world.people.home].tolist()
    sex = np.where(world.people.male, "male", "female").tolist()
    hukou = np.where(world.rural, "rural", "urban").tolist()
    since = _registered(world)
    plain = zip(
        register.ids.tolist(),
        register.names.tolist(),
        sex,
        birth,
        hukou,
        world.local.tolist(),
        village,
        register.contacts.tolist(),
        death,
        moved,
        register.id_numbers.tolist(),
        register.phones.tolist(),
        register.accounts.tolist(),
        register.addresses,
        since,
        strict=True,
    )
    for row in plain:
        yield _person_row(row, ring)
    yield from _twice(world, register, since)


def _person_row(row: Row, ring: KeyRing) -> Row:
    key, name, sex, birth, hukou, local, village, contact, death, moved, number, phone, account, address, since = row
    seal, index = ring.seal, ring.blind_index
    return (
        key,
        name,
        initials(name),
        sex,
        birth,
        hukou,
        local,
        village,
        contact or None,
        death,
        moved,
        seal(number, place=f"person.id_number.{key}"),
        index("id_number", number),
        index("id_tail", number[-4:]),
        seal(phone, place=f"person.phone.{key}") if phone else None,
        index("phone", phone) if phone else None,
        seal(account, place=f"person.account.{key}") if account else None,
        seal(address, place=f"person.address.{key}"),
        since,
    )


def _texts(days: Days) -> list[str | None]:
    return [None if text == "NaT" else text for text in days.astype("U10").tolist()]


def _registered(world: World) -> list[str]:
    """Most came with the first filling two years ago, others when they were born or got their certificate."""
    first = world.now - np.timedelta64(730, "D")
    later = np.where(world.holder, world.certificates.issued, world.birth)
    return list(np.minimum(np.maximum(first, later), world.now).astype("U10").tolist())


def _twice_serials(world: World, register: Register) -> tuple[list[int], list[int]]:
    """Serials of the second entries and of their households, above all others."""
    count, first = len(register.twice), SECOND
    return list(range(first, first + count)), list(range(first + count, first + 2 * count))


def _twice(world: World, register: Register, since: list[str]) -> Iterator[Row]:
    """The same person from a list without ID number: same name and birthday, another village."""
    birth = _texts(world.birth[register.twice])
    village = world.villages.codes[(world.village[world.people.home[register.twice]] + 1) % len(world.villages.codes)]
    keys, _ = _twice_serials(world, register)
    for key, row, day, code in zip(keys, register.twice.tolist(), birth, village.tolist(), strict=True):
        name = str(register.names[row])
        sex = "male" if world.people.male[row] else "female"
        yield (key, name, initials(name), sex, day, None, None, code, *[None] * 10, since[row])


def household_rows(world: World, register: Register) -> Iterator[Row]:
    """(id, village_code)."""
    codes = world.villages.codes
    yield from zip(register.homes.tolist(), codes[world.village].tolist(), strict=True)
    _, homes = _twice_serials(world, register)
    village = (world.village[world.people.home[register.twice]] + 1) % len(codes)
    yield from zip(homes, codes[village].tolist(), strict=True)


def member_rows(world: World, register: Register) -> Iterator[Row]:
    """In the order of MEMBER; since birth, or since the household was formed."""
    rng = world.rng("members")
    formed = (world.now - between(rng, 800, 9000, world.people.homes).astype("m8[D]"))[world.people.home]
    since = np.maximum(world.birth, formed).astype("U10").tolist()
    homes = register.homes[world.people.home].tolist()
    yield from zip(homes, register.ids.tolist(), world.people.relation.tolist(), since, strict=True)
    keys, extra = _twice_serials(world, register)
    start = str(world.now - np.timedelta64(700, "D"))
    yield from ((home, key, "head", start) for home, key in zip(extra, keys, strict=True))
