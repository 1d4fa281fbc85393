"""Sign-ins that were refused, in the audit: of whose account, and never what was typed.

An address that nobody has is not named: such an entry is the council's. Nobody can lengthen the
log without bound. What waits for its account is noted once for each wait, of which each has cost a
try. What waits for its network, whatever account it names, is noted once for each group of networks
in a quarter of an hour, and so is what is not throttled (passkeys and the provider), or once for
each account. Beyond so many wrong tries in an hour the entries stop until the next. Known and
unknown addresses cost the same statements. Callers commit.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import func, select

from committee.audit import service as audit
from committee.extensions import db
from committee.people import service
from committee.people.models import Council, User
from committee.people.second_factor import spend
from committee.people.sign_in_models import SignInTry
from committee.people.sign_in_rules import TryKind
from committee.people.throttling import TooManyTries, network_of

MOST_AN_HOUR = 1000  # wrong tries by everybody together, each of which has its entry
HOUR = timedelta(hours=1)


def wrong_password(user: User | None, *, now: datetime) -> None:
    """Note that a password was wrong, at the user's account, or at none that there is."""
    if subject := _subject(user, None, now=now):
        audit.record("password:refused", subject, by=None)


def wrong_code(user: User, *, now: datetime) -> None:
    """Note that a code of the second step was wrong."""
    if subject := _subject(user, None, now=now):
        audit.record("second_step:refused", subject, by=None)


def refused_passkey(user: User | None, network: str, *, now: datetime) -> None:
    """Note that a passkey was not taken."""
    if subject := _subject(user, f"passkey {_lately(user, network, now)}", now=now):
        audit.record("passkey:refused", subject, by=None)


def refused_answer(network: str, *, now: datetime) -> None:
    """Note that what the council's own sign-in sent was not taken."""
    if subject := _subject(None, f"answer {_lately(None, network, now)}", now=now):
        audit.record("provider_answer:refused", subject, by=None)


def throttled(
    account: str, user: User | None, network: str, refused: TooManyTries, *, now: datetime
) -> None:
    """Note that an account, or an address that is none, has to wait: once for each wait. Where all
    of its network has to, that is no matter of the account's and noted of the network alone."""
    if refused.for_network:
        user, once = None, f"throttled {_lately(None, network, now)}"
    else:
        once = f"throttled {account} {refused.until.isoformat()}"
    if subject := _subject(user, once, now=now):
        audit.record("sign_in:throttled", subject, by=None)


def _lately(user: User | None, network: str, now: datetime) -> str:
    """The same within a quarter of an hour, for each account; where none is known, for each of 256
    groups of networks."""
    group = hashlib.sha256(network_of(network).encode()).hexdigest()[:2]
    whose = f"user {user.id}" if user else f"networks {group}"
    return f"{whose} {int(now.timestamp()) // 900}"


def _subject(user: User | None, once: str | None, *, now: datetime) -> User | Council | None:
    """Of what an entry is to be made; nothing where there is to be none."""
    council = service.the_council()  # asked in any case: a known account must not be told by time
    if _are_too_many(now):
        if council and spend(f"flooded {now:%Y-%m-%dT%H}", now=now):
            audit.record("sign_in:flooded", council, by=None)
        return None
    return (user or council) if once is None or spend(once, now=now) else None


def _are_too_many(now: datetime) -> bool:
    # Asking for a link is no wrong try: it costs nothing, and would hide what is guessed meanwhile.
    wrong = SignInTry.at > now - HOUR, SignInTry.kind != TryKind.LINK
    lately = select(SignInTry.id).where(*wrong).limit(MOST_AN_HOUR + 1)
    found = db.session.scalar(select(func.count()).select_from(lately.subquery())) or 0
    return found > MOST_AN_HOUR
