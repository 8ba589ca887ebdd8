"""Plainly invented names: a surname of the region and two syllables at random, one household one surname."""

from __future__ import annotations

import numpy as np

from tongxing.demo.homes import People
from tongxing.demo.streams import Ints, Words, between, pick, stream

MEN_OLD = "亚 国 德 世 兴 有 福 明 家 成 振 永 其 业 祥 贵 才 荣 昌 水 土 金 南 海 大 生 全 裕"
MEN_NEW = "小 子 宇 俊 浩 嘉 文 志 伟 建 海 晨 星 远 舟 帆 岳 川 林 阳 恒 易 若 明 景 朗"
WOMEN_OLD = "亚 桂 秀 玉 兰 英 珍 莲 凤 月 妹 娣 芳 惠 金 彩 春 秋 菊 琼 美 贞 银 荷 桃 少"
WOMEN_NEW = "小 雨 欣 梦 思 诗 晓 海 丽 燕 婷 静 雪 文 若 嘉 佳 晴 心 云 珊 荷 露 琪 念 苗"
BORN_LATELY = 1982
ANCESTRAL = frozenset("ACFGBK")  # who shares the household's surname, seen from the holder
SPOUSE, MOTHERS = "S", frozenset("MHI")


def names(people: People, born: Ints, surnames: list[str], seed: int) -> Words:
    """One name a person. `born` is the year of birth. Full names may repeat, as they do."""
    rng = stream(seed, "names")
    own = pick(rng, np.ones(len(surnames)), people.homes)[people.home]
    other = (own + between(rng, 1, len(surnames) - 1, len(people))) % len(surnames)
    married_in = np.isin(people.who, list(MOTHERS)) | ((people.who == SPOUSE) & ~_family(people))
    family = np.array(surnames)[np.where(married_in, other, own)]
    given = np.full(len(people), "", "U2")
    for male, lately, letters in (
        (True, False, MEN_OLD),
        (True, True, MEN_NEW),
        (False, False, WOMEN_OLD),
        (False, True, WOMEN_NEW),
    ):
        at = np.flatnonzero((people.male == male) & ((born >= BORN_LATELY) == lately))
        given[at] = _given(letters.split(), rng, len(at))
    return np.char.add(family, given)


def _family(people: People) -> np.ndarray:
    """A man married to a holder gives the household its name only if he heads it."""
    return np.asarray(people.male & (people.relation == "head"))


def _given(letters: list[str], rng: np.random.Generator, size: int) -> Words:
    first = between(rng, 0, len(letters) - 1, size)
    second = (first + between(rng, 1, len(letters) - 1, size)) % len(letters)
    both = np.char.add(np.array(letters)[first], np.array(letters)[second])
    single = rng.random(size) < 0.08
    return np.where(single & (first > 0), np.array(letters)[first], both)
