"""The second step of sign-in: what people have set up, and codes. Callers commit."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from committee.audit import service as audit
from committee.extensions import db
from committee.people import sessions
from committee.people.models import User
from committee.people.sealing import seal, unseal
from committee.people.sign_in_models import Authenticator, Passkey, RecoveryCode, SpentToken
from committee.people.sign_in_rules import KEPT
from committee.states import NotAllowed

STEP = 30  # seconds for which one code is shown
DRIFT = 1  # steps by which a telephone's clock may be wrong, either way
RECOVERY_CODES = 10
# Small letters and digits of which none is taken for another; sixteen of them cannot be guessed.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 16
WRONG_CODE = (
    "This code is not right. Each one can be used once, and for half a minute. Check that the "
    "clock of your telephone is right, and enter the code that it shows now."
)


@dataclass(frozen=True)
class Held:
    """What somebody has set up as a second step of sign-in."""

    authenticator: Authenticator | None
    passkeys: Sequence[Passkey]
    recovery_codes: int  # that have not been used

    def __bool__(self) -> bool:
        """Whether there is a second step. Recovery codes alone are none."""
        return bool(self.authenticator or self.passkeys)


def held_by(user: User) -> Held:
    """What this user has set up."""
    unused = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None)
    )
    keys = select(Passkey).where(Passkey.user_id == user.id, Passkey.ended_at.is_(None))
    return Held(
        authenticator=_in_use(user),
        passkeys=db.session.scalars(keys.order_by(Passkey.id)).all(),
        recovery_codes=db.session.scalar(unused) or 0,
    )


def begin_authenticator(user: User, *, now: datetime) -> Authenticator:
    """A new secret for an app, which counts for nothing until a code of it was typed.

    One that was begun before and never confirmed is forgotten.
    """
    begun = Authenticator.user_id == user.id, Authenticator.confirmed_at.is_(None)
    db.session.execute(delete(Authenticator).where(*begun))
    new = Authenticator(
        user_id=user.id, sealed_secret=seal(pyotp.random_base32()), begun_at=now, last_step=0
    )
    db.session.add(new)
    db.session.flush()
    return new


def begun_authenticator(user: User) -> tuple[Authenticator, str] | None:
    """The app that is being set up, with its secret."""
    found = db.session.scalars(
        select(Authenticator).where(
            Authenticator.user_id == user.id, Authenticator.confirmed_at.is_(None)
        )
    ).first()
    secret = unseal(found.sealed_secret) if found else None
    return (found, secret) if found and secret else None


def address_for_app(user: User, secret: str, council: str) -> str:
    """What the QR code says: an address that authenticator apps understand."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=council)


def confirm_authenticator(user: User, code: str, *, now: datetime) -> None:
    """Take the app into use, in the place of one before. Raises NotAllowed for a wrong code."""
    begun = begun_authenticator(user)
    if begun is None:
        raise NotAllowed("Begin once more: this app was set up already, or given up.")
    found, secret = begun
    step = _step_of(secret, code, now=now)
    if step is None:
        raise NotAllowed(WRONG_CODE)
    if before := _in_use(user, locked=True):
        before.ended_at = now
        db.session.flush()
    found.confirmed_at, found.last_step = now, step
    audit.record("authenticator:added", found, by=user.id)


def take_code(user: User, code: str, *, now: datetime) -> bool:
    """Whether this is a code that the user's app shows now and that was not used before."""
    found = _in_use(user, locked=True)
    secret = unseal(found.sealed_secret) if found else None
    step = _step_of(secret, code, now=now) if secret else None
    if found is None or step is None or step <= found.last_step:
        return False
    found.last_step = step
    return True


def remove_authenticator(user: User, *, now: datetime, by: int | None) -> None:
    """Ask for no codes of the app any more. Raises NotAllowed if there is none."""
    found = _in_use(user, locked=True)
    if found is None:
        raise NotAllowed("There is no authenticator app any more.")
    found.ended_at = now
    audit.record("authenticator:removed", found, by=by)
    _tidy(user)


def remove_passkey(passkey: Passkey, *, now: datetime, by: int | None) -> None:
    """Let this passkey open nothing any more."""
    if passkey.ended_at is None:
        passkey.ended_at = now
        audit.record("passkey:removed", passkey, by=by)
        _tidy(passkey.user)


def reset(user: User, *, now: datetime, by: int | None) -> None:
    """Take every second step away, for someone who has lost theirs; their sessions end.

    Raises NotAllowed if they have none, and for one's own: whoever has taken over a browser must
    not be able to do that.
    """
    held = held_by(user)
    if user.id == by:
        raise NotAllowed("You cannot reset your own second step. Ask another administrator.")
    if not held:
        raise NotAllowed(f"{user.name} has no second step of sign-in.")
    if held.authenticator:
        held.authenticator.ended_at = now
    for passkey in held.passkeys:
        passkey.ended_at = now
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    sessions.end_all_of(user, now=now, by=by)
    audit.record("second_step:removed", user, by=by)


def make_recovery_codes(user: User, *, now: datetime) -> list[str]:
    """Ten new codes to be shown once; those made before open nothing any more."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    db.session.add_all(
        RecoveryCode(user_id=user.id, code_sha256=_hashed(code), made_at=now) for code in codes
    )
    audit.record("recovery_codes:made", user, by=user.id)
    return codes


def take_recovery_code(user: User, code: str, *, now: datetime) -> bool:
    """Whether this is one of the user's codes that was not used before. It is used now."""
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_sha256 == _hashed(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    if db.session.scalar(used) is None:
        return False
    audit.record("recovery_code:used", user, by=user.id)
    return True


def spend(token: str, *, now: datetime) -> bool:
    """Whether this is the first time that the token is used; it is from now on spent."""
    db.session.execute(delete(SpentToken).where(SpentToken.spent_at < now - KEPT))
    new = insert(SpentToken).values(token_sha256=sessions.hashed(token), spent_at=now)
    first = new.on_conflict_do_nothing(index_elements=[SpentToken.token_sha256])
    return db.session.scalar(first.returning(SpentToken.id)) is not None


def _in_use(user: User, *, locked: bool = False) -> Authenticator | None:
    found = select(Authenticator).where(
        Authenticator.user_id == user.id,
        Authenticator.confirmed_at.is_not(None),
        Authenticator.ended_at.is_(None),
    )
    if locked:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(found).first()


def _step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """Of which half-minute this is the code, if it is of now or of the one before or after."""
    typed = "".join(code.split())
    here = int(now.timestamp()) // STEP
    steps = range(here - DRIFT, here + DRIFT + 1)
    shown = pyotp.TOTP(secret)
    matching = [step for step in steps if _is_same(shown.generate_otp(step), typed)]
    return max(matching, default=None)


def _is_same(code: str, typed: str) -> bool:
    return hmac.compare_digest(code.encode(), typed.encode("utf-8", "replace"))


def _tidy(user: User) -> None:
    """Recovery codes stand in for something: without it they go too."""
    db.session.flush()
    if not held_by(user):
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def _new_code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def _hashed(code: str) -> str:
    """The hash of a code, however it was typed. It is random and long, so it needs no salt."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
