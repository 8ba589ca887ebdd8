"""Villages as lists write them: a code, a name, or a whole path of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tongxing.lib.divisions import is_under
from tongxing.lib.mistakes import BadValue
from tongxing.lib.place import nearest
from tongxing.lib.text import normalise_name


class Places:
    """The divisions of one area: {code: (name, parent code)} of the whole city, and the code that lists are for."""

    def __init__(self, divisions: Mapping[str, tuple[str, str | None]], area: str) -> None:
        self.divisions, self.area = divisions, area
        parents = {parent for _, parent in divisions.values()}
        self.villages = {code: normalise_name(name) for code, (name, _) in divisions.items() if code not in parents}
        self.inside = {code: name for code, name in self.villages.items() if is_under(code, area)}

    def find(self, text: str) -> str:
        """The code of the village. Raises BadValue: unknown, of another area, or one of several of that name."""
        wanted = normalise_name(text).replace(" ", "")
        if wanted.isdigit():
            return self._of_code(wanted)
        exact = [code for code, name in self.inside.items() if wanted == name or wanted in self._paths(code)]
        codes = exact or [code for code, name in self.inside.items() if name.startswith(wanted)]
        if len(codes) == 1:
            return codes[0]
        if codes:
            raise BadValue(f"有 {len(codes)} 个地方叫“{text}”，分不清是哪个。请在前面加上乡镇，或写 12 位代码。")
        raise BadValue(
            f"这份名单的辖区里没有“{text}”{nearest(wanted, self.inside.values())}。请写村社区全名或 12 位代码。"
        )

    def _of_code(self, code: str) -> str:
        if code in self.inside:
            return code
        if code in self.villages:
            raise BadValue("这个村社区不在这份名单的辖区里。请核对，或放到那边的名单里。")
        raise BadValue("没有这个区划代码。请写村社区的 12 位代码，或写全名。")

    def _paths(self, code: str) -> Iterable[str]:
        """'水边村', '东风镇水边村', '甲县东风镇水边村' …"""
        path = ""
        current: str | None = code
        while current and current in self.divisions:
            name, current = self.divisions[current]
            path = normalise_name(name) + path
            yield path
