"""What a resident can agree to, in the words they hear. A changed text is a new version; the old ones stay."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ConsentText:
    """`name` heads it in a list; `versions` are the texts, the last one in force; `after` is what withdrawing does."""

    name: str
    versions: tuple[str, ...]
    after: str

    @property
    def version(self) -> int:
        return len(self.versions)

    @property
    def words(self) -> str:
        return self.versions[-1]


TEXTS = {
    "helped": ConsentText(
        "请人代办",
        ("我请这位工作人员帮我办事。办的时候我在旁边。他能看到我的资料。每一步都记着是他代办的。",),
        "以后要代办，会再问您一次。",
    ),
    "filled": ConsentText(
        "请人帮忙写申请",
        ("我请这个人帮我写申请。写的都是我的意思。他看到了我写的内容。",),
        "以后有人帮您写，会再问您一次。已经交的申请照办。",
    ),
    "child": ConsentText(
        "替不满 14 岁的孩子办事",
        (
            "我是孩子的监护人。为了办孩子的事，可以用孩子的资料，比如身份、残疾、上学和看病。"
            "只有办这件事的人能看，谁看过都记着。不相干的不收。",
        ),
        "下次替孩子办事会再问您。已经在办的，接着办。",
    ),
    "texts": ConsentText(
        "收短信",
        ("我的事有了消息，就发短信告诉我。短信里不写钱数，也不写病。",),
        "以后不发短信。消息在“我的事”里看，要紧的请村里当面说。",
    ),
}
