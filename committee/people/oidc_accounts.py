"""Whose account it is that a provider speaks of, and the roles that groups give. Callers commit.

First by who somebody is at the provider; else, once, by an e-mail address that the provider says
is verified. An address alone proves nothing: at many a provider people write it themselves.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.people import accounts, service, sessions, users
from committee.people.models import Committee, RoleGrant, User
from committee.people.oidc import Claims
from committee.people.rights import SEAT_ROLES
from committee.people.roles import GrantSource, Role
from committee.people.sign_in_choices import SignInChoices
from committee.people.sign_in_models import MappedGrant, ProviderIdentity
from committee.states import NotAllowed

log = structlog.get_logger()

# Entra ID tells nothing by "email_verified", and lets administrators of any tenant write any
# address. It says whether the owner of the address's domain is known by this claim alone.
ENTRA = frozenset(
    {"login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"}
)
ENTRA_VERIFIED = "xms_edov"
LONGEST_SUBJECT = 255  # characters, by the standard
LONGEST_EMAIL = 320
LONGEST_NAME = 200

NOBODY = (
    "You have no account here. Ask Democratic Services for one, with the e-mail address of your "
    "council account."
)
NOT_VERIFIED = (
    "Your council’s sign-in does not say that your e-mail address is verified, so no account here "
    "can be found by it. Ask whoever looks after it to send that with your address."
)
ANOTHER = (
    "The account here with your e-mail address belongs to another council account, perhaps one of "
    "your own from before. Ask an administrator to look at it."
)


def account_of(claims: Claims, choices: SignInChoices, *, now: datetime) -> User:
    """The account of whom the provider speaks, with the roles that their groups give.

    Raises NotAllowed, in words, for a stranger without a mapped role, for an account that is
    closed, and for an e-mail address that is not verified.
    """
    known = select(ProviderIdentity).where(
        ProviderIdentity.issuer == claims.issuer, ProviderIdentity.subject == claims.subject
    )
    found = db.session.scalars(known.options(joinedload(ProviderIdentity.user))).first()
    identity = found or _linked(claims, choices, now=now)
    if not identity.user.active:
        raise NotAllowed(NOBODY)
    identity.last_used_at = now
    _map_roles(identity, claims.everything, choices, now=now)
    return identity.user


def linked_to(user: User) -> list[ProviderIdentity]:
    """Who this user is at sign-in providers."""
    found = select(ProviderIdentity).where(ProviderIdentity.user_id == user.id)
    return list(db.session.scalars(found.order_by(ProviderIdentity.id)))


def unlink(user: User, *, now: datetime, by: int | None) -> None:
    """Forget who the user is at providers, end the roles that came from there, and sign them out.

    Whoever next comes from the provider with the account's verified address is linked to it.
    Raises NotAllowed if there is no link.
    """
    linked = linked_to(user)
    if not linked:
        raise NotAllowed(f"{user.name} has no council account linked.")
    for identity in linked:
        for grant in _mapped(identity):
            _end(grant, now=now)
        db.session.execute(
            delete(MappedGrant).where(MappedGrant.provider_identity_id == identity.id)
        )
        audit.record("provider_identity:removed", identity, by=by)
        db.session.delete(identity)
    sessions.end_all_of(user, now=now, by=by)


def end_unproved_roles(user: User, *, now: datetime) -> None:
    """End the roles of groups of which the provider has not spoken for as long as a session lasts:
    for somebody who comes in by another way. The provider gives them again at the next sign-in."""
    for identity in linked_to(user):
        if identity.last_used_at <= now - sessions.LONGEST:
            for grant in _mapped(identity):
                _end(grant, now=now)


def verified_email(claims: Claims) -> str | None:
    """The e-mail address of whom the provider speaks, if it says that it is theirs."""
    email = claims.everything.get("email")
    if not isinstance(email, str) or "@" not in email or len(email) > LONGEST_EMAIL:
        return None
    is_entra = urlsplit(claims.issuer).hostname in ENTRA
    said = claims.everything.get(ENTRA_VERIFIED if is_entra else "email_verified")
    # Some write it as a text or, as Entra does, as a number.
    is_verified = said is True or (is_entra and said == 1) or said in ("true", "1")
    return email.strip().lower() if is_verified else None


def _linked(claims: Claims, choices: SignInChoices, *, now: datetime) -> ProviderIdentity:
    """Somebody who comes from the provider for the first time."""
    if not claims.subject or len(claims.subject) > LONGEST_SUBJECT:
        raise NotAllowed(NOBODY)
    email = verified_email(claims)
    if email is None:
        raise NotAllowed(NOT_VERIFIED)
    user = users.user_with_email(email)
    if user is None:
        if not _wanted(claims.everything, choices):
            raise NotAllowed(NOBODY)
        user = _added(email, claims.everything)
    _check_not_linked(user, claims.issuer)
    identity = ProviderIdentity(
        user=user, issuer=claims.issuer, subject=claims.subject, linked_at=now, last_used_at=now
    )
    db.session.add(identity)
    audit.record("provider_identity:linked", identity, by=user.id)
    return identity


def _check_not_linked(user: User, issuer: str) -> None:
    """An address that a leaver had may be a newcomer's today; the leaver's roles must not be."""
    linked = select(ProviderIdentity.id).where(
        ProviderIdentity.user_id == user.id, ProviderIdentity.issuer == issuer
    )
    if db.session.scalar(linked) is not None:
        raise NotAllowed(ANOTHER)


def _added(email: str, told: dict[str, Any]) -> User:
    """An account for somebody whose groups give them a role. It has no password."""
    name = told.get("name")
    user = User(
        email=email,
        name=name.strip()[:LONGEST_NAME] if isinstance(name, str) and name.strip() else email,
        active=True,
    )
    db.session.add(user)
    audit.record("user:added", user, by=None)
    return user


def _map_roles(
    identity: ProviderIdentity, told: dict[str, Any], choices: SignInChoices, *, now: datetime
) -> None:
    """Give the roles of today's groups, and end those of groups that were left. Roles that were
    given by hand stay as they are."""
    if not choices.group_roles and not _mapped(identity):
        return
    wanted = _wanted(told, choices)
    for grant in _mapped(identity):
        if (grant.role, grant.committee_id) not in wanted:
            _end(grant, now=now)
    held = {(grant.role, grant.committee_id) for grant in users.roles_now(identity.user)}
    for (role, committee_id), committee in wanted.items():
        by_seat = role in SEAT_ROLES and identity.user.councillor_id is not None
        if (role, committee_id) not in held and not by_seat:
            given = accounts.grant(
                identity.user, role, committee, source=GrantSource.GROUP, now=now, by=None
            )
            db.session.flush()
            db.session.add(MappedGrant(role_grant_id=given.id, provider_identity_id=identity.id))


def _end(grant: RoleGrant, *, now: datetime) -> None:
    try:
        accounts.end_grant(grant, now=now, by=None)
    except NotAllowed as refused:  # the last administrator stays one
        log.warning("mapped_role_kept", grant=grant.id, why=str(refused))


def _mapped(identity: ProviderIdentity) -> list[RoleGrant]:
    """The roles that groups gave and that have not ended."""
    if identity.id is None:
        return []
    given = (
        select(RoleGrant)
        .join(MappedGrant, MappedGrant.role_grant_id == RoleGrant.id)
        .where(
            MappedGrant.provider_identity_id == identity.id,
            RoleGrant.user_id == identity.user_id,
            RoleGrant.ended_at.is_(None),
        )
    )
    return list(db.session.scalars(given.order_by(RoleGrant.id)))


def _wanted(
    told: dict[str, Any], choices: SignInChoices
) -> dict[tuple[Role, int | None], Committee | None]:
    """The roles that the groups give, each with its committee."""
    groups = set(_groups(told, choices.group_claim))
    wanted: dict[tuple[Role, int | None], Committee | None] = {}
    for each in choices.group_roles:
        if each.group not in groups:
            continue
        committee = service.committee_with_slug(each.committee) if each.committee else None
        if each.committee and committee is None:
            log.warning("mapped_committee_missing", committee=each.committee)
            continue
        wanted[(each.role, committee.id if committee else None)] = committee
    return wanted


def _groups(told: dict[str, Any], claim: str) -> Iterable[str]:
    """The groups that the provider names. Where there are too many for a token, Entra ID names none
    and leads elsewhere; that is told in the log, and README.md says what to set there."""
    if isinstance(told.get("_claim_names"), dict) and claim in told["_claim_names"]:
        log.warning("provider_names_too_many_groups")
    found = told.get(claim)
    if isinstance(found, str):
        return [found]
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
