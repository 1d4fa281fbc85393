"""Passkeys: a key that a device holds, and that signs a challenge of ours. Callers commit.

Each is asked to know its person, by a finger, a face or a PIN, so that one is a whole sign-in.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from committee.audit import service as audit
from committee.extensions import db
from committee.people.models import User
from committee.people.sign_in_models import Passkey
from committee.states import NotAllowed

LONGEST_NAME = 60  # characters
LONGEST_ANSWER = 20_000  # characters of what a browser sends
MOST = 10  # passkeys of one person
FAULTS = (WebAuthnException, ValueError, KeyError, TypeError)
NOT_TAKEN = "The passkey was not taken. Try again, or sign in in another way."


@dataclass(frozen=True)
class Site:
    """Where this installation is: passkeys hold for one name and are asked for at one origin."""

    origin: str
    name: str  # the host's name, which passkeys know us by


def site_at(public_url: str) -> Site | None:
    """Where the address leads, if passkeys can be used there: browsers offer none to a number, and
    none without encryption but on one's own machine."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        if parts.scheme == "https" or host == "localhost":
            return Site(f"{parts.scheme}://{parts.netloc}", host)
    return None


@dataclass(frozen=True)
class Question:
    """What one browser is asked to have signed, once; `handle` is how its device files the key."""

    challenge: bytes
    handle: bytes = b""


def new_question(held: Sequence[Passkey] = ()) -> Question:
    """A question that nobody was asked before, filed where the person's other passkeys are."""
    handle = held[0].user_handle if held else secrets.token_bytes(32)
    return Question(secrets.token_bytes(32), handle)


def options_to_add(
    user: User, held: Sequence[Passkey], site: Site, question: Question, *, council: str
) -> str:
    """What the browser is asked when a passkey is added, as JSON."""
    options = generate_registration_options(
        rp_id=site.name,
        rp_name=council,
        user_id=question.handle,
        user_name=user.email,
        user_display_name=user.name,
        challenge=question.challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in held],
    )
    return options_to_json(options)


def options_to_use(site: Site, question: Question) -> str:
    """What the browser is asked when a passkey is used, as JSON. Nobody is named, so that the
    question says nothing of whether there is an account."""
    return options_to_json(
        generate_authentication_options(
            rp_id=site.name,
            challenge=question.challenge,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def add(
    user: User, name: str, answer: str, site: Site, question: Question, *, now: datetime
) -> Passkey:
    """Keep the passkey that the browser has made. Raises NotAllowed for what is none, and for more
    than `MOST`."""
    check_room(user, locked=True)
    try:
        made = verify_registration_response(
            credential=_parsed(answer),
            expected_challenge=question.challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except FAULTS as fault:
        raise NotAllowed("The passkey could not be added. Try again.") from fault
    if _with_credential(made.credential_id) is not None:
        raise NotAllowed("This passkey has been added already.")
    new = Passkey(
        user_id=user.id,
        name=name,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        user_handle=question.handle,
        sign_count=made.sign_count,
        added_at=now,
    )
    db.session.add(new)
    audit.record("passkey:added", new, by=user.id)
    return new


def check_room(user: User, *, locked: bool = False) -> None:
    """Raises NotAllowed if the user has `MOST` passkeys. Where it is `locked`, others that are
    being added at the same moment wait, and are counted."""
    if locked:
        db.session.execute(
            select(User.id).where(User.id == user.id).with_for_update(key_share=True)
        )
    held = select(func.count(Passkey.id)).where(
        Passkey.user_id == user.id, Passkey.ended_at.is_(None)
    )
    if (db.session.scalar(held) or 0) >= MOST:
        raise NotAllowed(f"You have {MOST} passkeys, which is the most. Remove one that is unused.")


def use(answer: str, site: Site, question: Question, *, now: datetime) -> Passkey:
    """The passkey that has signed the challenge. Raises NotAllowed, in the same words, for one that
    is unknown, was removed, belongs to a closed account or has signed something else."""
    try:
        sent = _parsed(answer)
        found = _with_credential(base64url_to_bytes(str(sent["id"])), locked=True)
        if found is None or found.ended_at is not None or not found.user.active:
            raise NotAllowed(NOT_TAKEN)
        verified = verify_authentication_response(
            credential=sent,
            expected_challenge=question.challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=found.public_key,
            credential_current_sign_count=found.sign_count,
            require_user_verification=True,
        )
    except FAULTS as fault:
        raise NotAllowed(NOT_TAKEN) from fault
    found.sign_count, found.last_used_at = verified.new_sign_count, now
    return found


def _with_credential(credential_id: bytes, *, locked: bool = False) -> Passkey | None:
    found = select(Passkey).where(Passkey.credential_id == credential_id)
    if locked:
        found = found.with_for_update(of=Passkey)
    user = joinedload(Passkey.user).options(selectinload(User.grants))
    return db.session.scalars(found.options(user)).first()


def _parsed(answer: str) -> dict[str, Any]:
    """What the browser sent. Raises ValueError for what is no JSON object."""
    parsed = json.loads(answer[:LONGEST_ANSWER])
    if not isinstance(parsed, dict):
        raise ValueError("no object")
    return parsed
