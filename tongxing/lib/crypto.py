"""Sealed fields, blind indexes and signatures, all with the keys of one ring (S10, S11, S13).

A sealed value is  version 1 | length of key id | key id | nonce 12 | AES-256-GCM text and tag.  The associated data is
that head plus the place ("table.column.row"), so a value copied to another row, column or key does not open.
A key of random nonces is good for 2^32 seals; `rotated` makes the next one.
"""

from __future__ import annotations

import hmac
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tongxing.lib.writing import write_atomically

VERSION, NONCE, TAG, INDEX = b"\x01", 12, 16, 16


class SealBroken(Exception):
    """The sealed value was changed, cut, or belongs to another place."""


class KeyMissing(Exception):
    """The ring lacks a key that is needed. `key_id` names it."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"密钥文件里缺少密钥“{key_id}”。请把含有它的密钥文件放回来。")
        self.key_id = key_id


class KeyFileBroken(Exception):
    """The key file is not a ring, or saving would lose keys."""


@dataclass(frozen=True, repr=False)
class KeyRing:
    """32-byte keys by id; new values are sealed under `current`, old ones open under theirs.

    Index keys are versioned by a number 1–255, the highest is current. Of the signing seeds the last one signs.
    """

    keys: Mapping[str, bytes]
    current: str
    index_keys: Mapping[int, bytes]
    signing_keys: tuple[bytes, ...]
    _sealers: dict[str, tuple[bytes, AESGCM]] = field(init=False, compare=False)
    _kinds: dict[tuple[int, str], bytes] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        _check_ring(self)
        sealers = {name: (_head(name), AESGCM(key)) for name, key in self.keys.items()}
        object.__setattr__(self, "_sealers", sealers)
        object.__setattr__(self, "_kinds", {})

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self.keys)}; current {self.current})"

    def seal(self, plain: str, *, place: str) -> bytes:
        """`plain` as bytes that open only at `place`, e.g. 'person.phone.1234'."""
        head, sealer = self._sealers[self.current]
        nonce = os.urandom(NONCE)
        return head + nonce + sealer.encrypt(nonce, plain.encode(), head + place.encode())

    def open(self, sealed: bytes, *, place: str) -> str:
        """Raises SealBroken, or KeyMissing with the id of the key that the value names."""
        head, nonce_at = _read_head(sealed)
        key_id = head[2:].decode("ascii", "replace")
        if key_id not in self._sealers:
            raise KeyMissing(key_id)
        nonce, text = sealed[nonce_at : nonce_at + NONCE], sealed[nonce_at + NONCE :]
        try:
            return self._sealers[key_id][1].decrypt(nonce, text, head + place.encode()).decode()
        except InvalidTag:
            raise SealBroken(f"“{place}”的密文打不开：被改过，或是从别处挪来的。") from None

    def reseal(self, sealed: bytes, *, place: str) -> bytes:
        """The same under the current key; what already is comes back unchanged, so a stopped rotation goes on."""
        head, _ = self._sealers[self.current]
        return sealed if sealed.startswith(head) else self.seal(self.open(sealed, place=place), place=place)

    def blind_index(self, kind: str, text: str, *, version: int | None = None) -> bytes:
        """17 bytes: the key version, then HMAC-SHA-256 cut to 16, under a key of this kind alone.

        `text` comes normalised (lib.text, lib.identity). ValueError if it is empty: unknown values must not meet.
        """
        if not text:
            raise ValueError("a blind index of nothing")
        version = version or max(self.index_keys)
        key = self._kinds.get((version, kind)) or self._derive(version, kind)
        return version.to_bytes(1, "big") + hmac.digest(key, text.encode(), "sha256")[:INDEX]

    def blind_indexes(self, kind: str, text: str) -> list[bytes]:
        """Under every version, newest first: what to search for while an index is being rotated."""
        return [self.blind_index(kind, text, version=version) for version in sorted(self.index_keys, reverse=True)]

    def _derive(self, version: int, kind: str) -> bytes:
        if version not in self.index_keys:
            raise KeyMissing(f"index {version}")
        hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"tongxing blind index {kind}".encode())
        key: bytes = hkdf.derive(self.index_keys[version])
        self._kinds[version, kind] = key
        return key

    def sign(self, message: bytes) -> bytes:
        """64 bytes of Ed25519."""
        return Ed25519PrivateKey.from_private_bytes(self.signing_keys[-1]).sign(message)

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether any signing key of the ring, also an older one, made this signature."""
        return any(verify_signature(key, message, signature) for key in self.public_keys())

    def public_keys(self) -> list[bytes]:
        """32 bytes each, oldest first; whoever keeps them checks anchors without the ring."""
        seeds = (Ed25519PrivateKey.from_private_bytes(seed) for seed in self.signing_keys)
        return [seed.public_key().public_bytes_raw() for seed in seeds]

    @classmethod
    def generate(cls) -> KeyRing:
        key_id = _new_id()
        return cls({key_id: os.urandom(32)}, key_id, {1: os.urandom(32)}, (os.urandom(32),))

    def rotated(self) -> KeyRing:
        """With a new key that seals from now on; every old key stays. Index and signing keys are as before."""
        key_id = _new_id()
        return replace(self, keys={**self.keys, key_id: os.urandom(32)}, current=key_id)

    def with_new_index_key(self) -> KeyRing:
        """With a new version of the index key: search by `blind_indexes` until every row has the new index."""
        return replace(self, index_keys={**self.index_keys, max(self.index_keys) + 1: os.urandom(32)})

    @classmethod
    def load(cls, path: Path) -> KeyRing:
        """Raises KeyFileBroken with what is wrong (never a key), FileNotFoundError if there is none."""
        try:
            stored = json.loads(path.read_text("utf-8"))
            return cls(
                _keys_of(stored["keys"]),
                str(stored["current"]),
                {int(version): key for version, key in _keys_of(stored["index_keys"]).items()},
                tuple(b64decode(seed, validate=True) for seed in stored["signing_keys"]),
            )
        except (KeyError, TypeError, AttributeError, ValueError) as wrong:
            raise KeyFileBroken(f"{path.name} 不是完好的密钥文件（{type(wrong).__name__}）。请用备份换回。") from None

    def save(self, path: Path) -> None:
        """Writes JSON that only the owner can read. Raises KeyFileBroken rather than drop a key that lies there."""
        text = json.dumps(_stored(self), indent=1).encode()
        try:
            write_atomically(path, text, mode=0o600, replace=False)
        except FileExistsError:
            self._check_keeps(KeyRing.load(path))
            write_atomically(path, text, mode=0o600)

    def _check_keeps(self, old: KeyRing) -> None:
        kept = old.keys.items() <= self.keys.items() and old.index_keys.items() <= self.index_keys.items()
        if not kept or not set(old.signing_keys) <= set(self.signing_keys):
            raise KeyFileBroken("那里已有别的密钥，盖掉就再也打不开原来的数据。请先另存，或换一个位置。")


def verify_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _new_id() -> str:
    return "k" + os.urandom(4).hex()


def _head(key_id: str) -> bytes:
    return VERSION + len(key_id).to_bytes(1, "big") + key_id.encode("ascii")


def _read_head(sealed: bytes) -> tuple[bytes, int]:
    end = 2 + sealed[1] if len(sealed) > 1 else 0
    if sealed[:1] != VERSION or len(sealed) < end + NONCE + TAG:
        raise SealBroken("这不是一段完整的密文。")
    return sealed[:end], end


def _check_ring(ring: KeyRing) -> None:
    """Raises ValueError; no message holds a key."""
    every = [*ring.keys.values(), *ring.index_keys.values(), *ring.signing_keys]
    if any(len(key) != 32 for key in every):
        raise ValueError("keys have 32 bytes")
    if ring.current not in ring.keys or not ring.index_keys or not ring.signing_keys:
        raise ValueError("a ring has a current key, an index key and a signing key")
    if not all(0 < version < 256 for version in ring.index_keys) or not all(0 < len(name) < 256 for name in ring.keys):
        raise ValueError("index versions are 1 to 255, key ids 1 to 255 characters")


def _keys_of(stored: Mapping[str, str]) -> dict[str, bytes]:
    return {name: b64decode(key, validate=True) for name, key in stored.items()}


def _stored(ring: KeyRing) -> dict[str, Any]:
    def text(key: bytes) -> str:
        return b64encode(key).decode()

    return {
        "current": ring.current,
        "keys": {name: text(key) for name, key in ring.keys.items()},
        "index_keys": {str(version): text(key) for version, key in ring.index_keys.items()},
        "signing_keys": [text(seed) for seed in ring.signing_keys],
    }
