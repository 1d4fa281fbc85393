"""Secrets that have to be read again, sealed so that a copy of the database does not hold them."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from config import Settings

PURPOSE = b"quorate: secrets of authenticator apps"


def seal(text: str) -> str:
    """The text as it may be kept."""
    return _sealer().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """The text that was sealed; nothing when SECRET_KEY has been changed since."""
    try:
        return _sealer().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _sealer() -> Fernet:
    """A key for this purpose alone: what leaks by one use of SECRET_KEY must not open another."""
    settings: Settings = current_app.config["SETTINGS"]
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.secret_key.encode())))
