import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxing.lib.crypto import KeyFileBroken, KeyMissing, KeyRing, SealBroken, verify_signature

RING = KeyRing.generate()
PLAIN = "459902199001010026"
HERE, THERE = "person.id_number.1", "person.id_number.2"


@given(st.text(alphabet=st.characters(codec="utf-8")), st.text(alphabet=st.characters(codec="utf-8"), max_size=20))
def test_what_is_sealed_opens_at_its_place(plain: str, place: str) -> None:
    assert RING.open(RING.seal(plain, place=place), place=place) == plain


def test_a_value_moved_to_another_row_does_not_open() -> None:
    with pytest.raises(SealBroken, match="挪来"):
        RING.open(RING.seal(PLAIN, place=HERE), place=THERE)


def test_no_changed_or_cut_byte_passes() -> None:
    sealed = RING.seal(PLAIN, place=HERE)
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises((SealBroken, KeyMissing)):
            RING.open(changed, place=HERE)
        with pytest.raises((SealBroken, KeyMissing)):
            RING.open(sealed[:at], place=HERE)


def test_the_sealed_value_holds_no_plain_text_and_differs_each_time() -> None:
    first, second = RING.seal(PLAIN, place=HERE), RING.seal(PLAIN, place=HERE)
    assert first != second
    assert PLAIN.encode() not in first


def test_a_missing_key_is_named() -> None:
    with pytest.raises(KeyMissing, match=RING.current):
        KeyRing.generate().open(RING.seal(PLAIN, place=HERE), place=HERE)


def test_rotation_reads_both_and_stops_and_goes_on() -> None:
    old = RING.seal(PLAIN, place=HERE)
    ring = RING.rotated()
    assert ring.open(old, place=HERE) == PLAIN
    new = ring.reseal(old, place=HERE)
    assert new != old and ring.open(new, place=HERE) == PLAIN
    assert ring.reseal(new, place=HERE) == new
    without_old = KeyRing({ring.current: ring.keys[ring.current]}, ring.current, ring.index_keys, ring.signing_keys)
    assert without_old.open(new, place=HERE) == PLAIN


def test_an_index_is_the_same_for_the_same_and_another_for_each_kind_and_key() -> None:
    index = RING.blind_index("id_number", PLAIN)
    assert len(index) == 17 and index[0] == 1
    assert RING.blind_index("id_number", PLAIN) == index
    others = {
        RING.blind_index("certificate", PLAIN),
        RING.blind_index("id_number", PLAIN + "0"),
        KeyRing.generate().blind_index("id_number", PLAIN),
    }
    assert index not in others and len(others) == 3


def test_unknown_values_have_no_index_to_meet_in() -> None:
    with pytest.raises(ValueError, match="nothing"):
        RING.blind_index("phone", "")


def test_index_versions_are_searched_together_while_they_change() -> None:
    ring = RING.with_new_index_key()
    new, old = ring.blind_indexes("phone", "13800138000")
    assert (new[0], old[0]) == (2, 1)
    assert old == RING.blind_index("phone", "13800138000")
    with pytest.raises(KeyMissing, match="index 9"):
        ring.blind_index("phone", "1", version=9)


def test_a_signature_holds_for_its_bytes_only() -> None:
    signature = RING.sign(b"head 12")
    assert RING.verify(b"head 12", signature)
    assert not RING.verify(b"head 13", signature)
    assert not KeyRing.generate().verify(b"head 12", signature)
    assert not RING.verify(b"head 12", b"short")
    assert verify_signature(RING.public_keys()[-1], b"head 12", signature)


def test_a_saved_ring_is_the_same_and_private(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys.json"
    RING.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KeyRing.load(path) == RING
    RING.save(path)
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_saving_never_drops_a_key(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    RING.save(path)
    with pytest.raises(KeyFileBroken, match="盖掉"):
        KeyRing.generate().save(path)
    assert KeyRing.load(path) == RING
    RING.rotated().save(path)
    assert len(KeyRing.load(path).keys) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"keys": {"k": "!"}, "current": "k"}', '{"keys": 3}', "\x00"])
def test_a_broken_key_file_is_told_without_its_content(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text)
    with pytest.raises(KeyFileBroken, match=r"keys\.json"):
        KeyRing.load(path)


def test_a_ring_shows_no_key() -> None:
    shown = repr(RING) + str(RING)
    assert RING.current in shown
    assert all(key.hex() not in shown and str(key) not in shown for key in RING.keys.values())


def test_a_short_key_in_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    RING.save(path)
    stored = json.loads(path.read_text())
    stored["keys"][RING.current] = "QUJD"
    path.write_text(json.dumps(stored))
    with pytest.raises(KeyFileBroken):
        KeyRing.load(path)
