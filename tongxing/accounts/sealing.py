"""How allauth keeps second factors here: secrets sealed with the ring, words in plain Chinese."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter

from tongxing.accounts.keys import ring

PLACE = "authenticator.secret"
ISSUER = "同行"
NOT_A_KEY = "通行密钥没有认出来。请再按一次，或者用手机上的 6 位数字。"


class SealedFactors(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, str]] = DefaultMFAAdapter.error_messages | {"incorrect_code": NOT_A_KEY}

    def encrypt(self, text: str) -> str:
        return b64encode(ring().seal(text, place=PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return ring().open(b64decode(encrypted_text), place=PLACE)

    def get_totp_issuer(self) -> str:
        return ISSUER

    def _get_site_name(self) -> str:
        return ISSUER
