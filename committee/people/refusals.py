"""Sign-ins that were refused, in the audit: of whose account, and never what was typed.

An address that nobody has is not named: such an entry is the council's. Nobody can lengthen the
log without bound: what is throttled is noted once for each wait, what is not throttled (passkeys
and the provider) once for each account or group of networks in a quarter of an hour, and beyond so
many wrong tries in an hour the entries stop until the next. Known and unknown addresses cost the
same statements. Callers commit.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import func, select

from committee.audit import service as audit
from committee.extensions import db
from committee.people import service
from committee.people.models import User
from committee.people.second_factor import spend
from committee.people.sign_in_models import SignInTry
from committee.people.throttling import TooManyTries, network_of

MOST_AN_HOUR = 1000  # wrong tries by everybody together, each of which has its entry
HOUR = timedelta(hours=1)


def note(act: str, user: User | None, *, now: datetime) -> None:
    """Note a try that was wrong and that throttling has counted: at the user's account, or at none
    that there is."""
    _note(act, user, None, now=now)


def note_uncounted(act: str, user: User | None, network: str, *, now: datetime) -> None:
    """Note what was refused and is not throttled, the first time in a quarter of an hour: for each
    account; where none is known, for each of 256 groups of networks."""
    group = hashlib.sha256(network_of(network).encode()).hexdigest()[:2]
    whose = f"user {user.id}" if user else f"networks {group}"
    quarter = int(now.timestamp()) // 900
    _note(act, user, f"{act} {whose} {quarter}", now=now)


def note_throttled(
    account: str, user: User | None, refused: TooManyTries, *, now: datetime
) -> None:
    """Note that an account, or an address that is none, has to wait: once for each wait."""
    once = f"throttled {account} {refused.until.isoformat()}"
    _note("sign_in:throttled", user, once, now=now)


def _note(act: str, user: User | None, once: str | None, *, now: datetime) -> None:
    council = service.the_council()  # asked in any case: a known account must not be told by time
    if _are_too_many(now):
        act, user, once = "sign_in:flooded", None, f"flooded {now:%Y-%m-%dT%H}"
    subject = user or council
    if subject is not None and (once is None or spend(once, now=now)):
        audit.record(act, subject, by=None)


def _are_too_many(now: datetime) -> bool:
    lately = select(SignInTry.id).where(SignInTry.at > now - HOUR).limit(MOST_AN_HOUR + 1)
    found = db.session.scalar(select(func.count()).select_from(lately.subquery())) or 0
    return found > MOST_AN_HOUR
