"""A24, A25: each kind of letter in five forms that say the same; what the machine lacks is said, not guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from tests import cast
from tongxing.casework import actions
from tongxing.casework.models import Ask, Decision
from tongxing.casework.tests.conftest import People
from tongxing.content.instance import pack
from tongxing.content.letters import KINDS, LONGEST, easy_letters
from tongxing.content.readings import readings
from tongxing.content.services import read_services
from tongxing.letters import easy, forms, sound, touch
from tongxing.letters import words as letters
from tongxing.lib import wording
from tongxing.ui.templatetags.look import icon_names

GOLDEN = Path(__file__).parent / "golden_cells.tsv"
voice = pytest.mark.skipif(not sound.is_installed(), reason="espeak-ng is not on this machine")
cells = pytest.mark.skipif(not touch.is_installed(), reason="liblouis (lou_translate) is not on this machine")


@pytest.fixture(params=KINDS)
def letter(request: pytest.FixtureRequest, people: People) -> letters.Letter:
    """One of each kind: of a decision with money, or the request for one paper."""
    cast.lists_came("military_grade")
    if request.param == "ask":
        case = people.applied("living_allowance")
        actions.hand_back(by=people.worker, case=case, item="account", words="缺账户")
        return letters.of_ask(Ask.objects.get(case=case))
    case = people.at_county("living_allowance")
    at = datetime(2026, 12, 3, 4, tzinfo=UTC)
    money = {"amount_fen": 8000, "from_month": date(2026, 9, 1)} if request.param == "granted" else {}
    tree = {"all": [{"label": "有证", "value": True, "facts": {"certificate": "valid"}}]}
    frozen = {"tree": tree, "version": "2025-01-01", "as_of": "2026-12-01"}
    return letters.of_decision(
        Decision(case=case, result=request.param, at=at, by_label="周姐 · 县民政局", frozen=frozen, **money)
    )


def bare(text: str) -> str:
    """Characters and digits only, in their order."""
    return re.sub(r"[\W_]", "", text)


def page(name: str, letter: letters.Letter, **more: object) -> str:
    return render_to_string(f"ui/letter/{name}.html", {"letter": letter, **more})


def test_standard_large_and_spoken_say_the_same_in_the_same_order(letter: letters.Letter) -> None:
    said = bare("".join(forms.letter_lines(letter)))
    for large in (False, True):
        assert bare(strip_tags(page("standard", letter, large=large))) == said
    heard = page("audio", letter, lines=forms.letter_lines(letter), file="desk:case-letter-file")
    assert said in bare(strip_tags(heard))


def test_easy_read_keeps_what_matters_in_short_lines(letter: letters.Letter) -> None:
    lines = [line.say for line in easy.easy_lines(letter)]
    said = "".join(lines)
    facts = [letter.number, letter.unit, *letter.blanks.values()]
    assert [fact for fact in facts if fact and fact not in said] == []
    own = {letter.number, letter.unit, *letter.blanks.values()}
    assert [line for line in lines if len(line) > LONGEST and not any(fact and fact in line for fact in own)] == []
    if letter.kind in ("refused", "stopped"):
        assert str(letters.REVIEW_DAYS) in said and f"{letters.COURT_MONTHS} 个月" in said
    assert 'class="easy"' in page("easy", letter, easy=easy.easy_lines(letter))


def test_every_easy_line_has_a_picture_that_exists() -> None:
    used = {line.icon for lines in easy_letters(settings.PACK).values() for line in lines}
    assert used <= icon_names()


@voice
def test_the_machine_speaks_the_letter(letter: letters.Letter) -> None:
    made = forms.file_of(letter, "letter.mp3")
    assert made is not None and made.content[:2] == b"\xff\xf3" and 20_000 < len(made.content) < 1_000_000


@cells
def test_braille_has_the_lines_of_the_letter_and_fits_the_sheet(letter: letters.Letter) -> None:
    found = forms.in_cells(letter)
    assert len(found.lines) == 1 + len(forms.letter_lines(letter))
    assert found.unknown == []
    made = forms.file_of(letter, "letter.brf")
    assert made is not None
    for sheet in made.content.decode("ascii").split("\f")[:-1]:
        rows = sheet.removesuffix("\r\n").split("\r\n")
        assert len(rows) == 25 and max(map(len, rows)) <= 40


def test_both_pdfs_are_made(letter: letters.Letter) -> None:
    for name in ("letter.pdf", "large.pdf"):
        made = forms.file_of(letter, name)
        assert made is not None and made.content.startswith(b"%PDF")


def test_a_machine_without_voice_and_braille_says_so(letter: letters.Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert [forms.file_of(letter, f"letter.{kind}") for kind in ("wav", "brf")] == [None, None]
    assert "没有装盲文转换" in page("braille", letter, **forms.shown(letter, "braille"))
    heard = page("audio", letter, **forms.shown(letter, "audio"), file="desk:case-letter-file")
    assert "没有装朗读" in heard and letter.opening[0] in heard


def named() -> list[str]:
    """Every place, benefit and service of the pack, each once."""
    known = pack(settings.PACK)
    services = read_services(known)
    found = [*(policy.name for policy in known.policies.values()), *(one.name for one in services.values())]
    return list(dict.fromkeys([*found, *(division.name for division in known.divisions)]))


def translated(lines: Sequence[str]) -> touch.Braille:
    return touch.braille([wording.apart(forms.in_words(line)) for line in lines], readings(settings.PACK).cells)


@cells
def test_names_of_places_and_benefits_have_their_golden_cells() -> None:
    """Written by the machine and held fast here; no braille reader has read them yet."""
    names = named()
    found = translated(names)
    assert found.unknown == []
    golden = dict(line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines())
    assert dict(zip(names, found.lines, strict=True)) == golden


@cells
def test_the_character_of_districts_is_not_read_as_a_surname() -> None:
    district, community = translated(["银海区", "社区"]).lines
    assert district.endswith("⠅⠬⠁") and community.endswith("⠅⠬⠁")


@cells
def test_what_the_table_does_not_know_is_reported_and_never_noise() -> None:
    rare = [chr(code) for code in range(0x20BB7, 0x20BB7 + 20)]
    found = translated(["陈" + letter for letter in rare])
    assert found.unknown == rare
    assert b"x" not in touch.file_of(found).lower()
