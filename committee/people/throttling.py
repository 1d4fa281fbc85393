"""How often something may be tried: at an account from one network few times, from all networks
together and from one network at all accounts more. Kept in the database, since the broker may be
emptied at any moment. Callers commit.

A try is noted before it is judged and taken back when it was right, so that a hundred sent in one
moment are counted like a hundred sent one after the other.
"""

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select

from committee.extensions import db
from committee.people.sign_in_models import SignInTry
from committee.people.sign_in_rules import (
    KEPT,
    LIMITS_OF_ACCOUNT,
    LIMITS_OF_ACCOUNT_AND_NETWORK,
    LIMITS_OF_BROWSER,
    LIMITS_OF_BROWSERS,
    LIMITS_OF_NETWORK,
    Limit,
    TryKind,
    waiting_in_words,
)
from committee.states import NotAllowed

IPV6_LINE = 48  # bits that all addresses of one line have in common
BRACKETED = re.compile(r"\[([^\[\]]*)\](?::\d+)?")  # an IPv6 address, perhaps with a port
DOTTED = re.compile(r"([\d.]+):\d+")  # an IPv4 address with a port


@dataclass(frozen=True)
class Bound:
    """How many there may be of some tries: those of one network, or those of an account."""

    tries: ColumnElement[bool]
    limits: tuple[Limit, ...]
    of_network: bool = False


class TooManyTries(NotAllowed):
    """It was tried too often; `until` is when it may be tried again. `for_network` is whether it
    waits for what was tried at other accounts from the same network."""

    def __init__(self, until: datetime, *, now: datetime, for_network: bool = False) -> None:
        self.until, self.for_network = until, for_network
        self.seconds = max(1, -(-int((until - now).total_seconds() * 1000) // 1000))
        super().__init__(
            f"This was tried too often. Wait {waiting_in_words(until - now)}, then try again."
        )


def begin(
    kind: TryKind, account: str, network: str, *, now: datetime, browser: str | None = None
) -> int:
    """Note that something is tried for an account, whether or not there is one; answer the try's
    id. Raises TooManyTries, noting nothing, when it has to wait. `browser` is the secret of one
    that is known for the account: what is tried there is counted for itself."""
    tried = SignInTry(
        kind=kind,
        account_sha256=_hashed(account.strip().lower()),
        network_sha256=_hashed(network_of(network)),
        browser_sha256=None if browser is None else _hashed(f"browser {browser}"),
        at=now,
    )
    # Those who try at one account at once wait here for each other, a moment long; its own browsers
    # do not wait for the others.
    held = f"{kind} {tried.account_sha256}{'' if browser is None else ' known'}"
    lock = func.hashtextextended(held, 0)
    db.session.execute(select(func.pg_advisory_xact_lock(lock)))
    db.session.execute(delete(SignInTry).where(SignInTry.at < now - KEPT))
    bounds = _at_anyones(tried) if browser is None else _at_ones_own(tried)
    waits = [
        (until, bound.of_network)
        for bound in bounds
        for limit in bound.limits
        if (until := _waits_until(kind, bound.tries, limit, now))
    ]
    if waits:
        # Whatever else waits: of a network that is full each account would be another to note.
        for_network = any(of_network for _, of_network in waits)
        raise TooManyTries(max(until for until, _ in waits), now=now, for_network=for_network)
    db.session.add(tried)
    db.session.flush()
    return tried.id


def take_back(tried: int) -> None:
    """Forget a try that was right: only wrong ones count."""
    db.session.execute(delete(SignInTry).where(SignInTry.id == tried))


def network_of(address: str) -> str:
    """The network of an address, with or without the port that some proxies append: for IPv6 the
    /48 that is the most one line is given (RFC 6177), else the address itself. What is no address
    is taken as it is."""
    with_port = BRACKETED.fullmatch(address) or DOTTED.fullmatch(address)
    try:
        found = ipaddress.ip_address(with_port[1] if with_port else address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((int(found), IPV6_LINE), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)


def _at_anyones(tried: SignInTry) -> list[Bound]:
    """What bounds a try at a browser of which nothing is known."""
    unknown = SignInTry.browser_sha256.is_(None)
    mine = unknown & (SignInTry.account_sha256 == tried.account_sha256)
    ours = unknown & (SignInTry.network_sha256 == tried.network_sha256)
    return [
        Bound(ours, LIMITS_OF_NETWORK[tried.kind], of_network=True),
        Bound(mine, LIMITS_OF_ACCOUNT[tried.kind]),
        Bound(mine & ours, LIMITS_OF_ACCOUNT_AND_NETWORK[tried.kind]),
    ]


def _at_ones_own(tried: SignInTry) -> list[Bound]:
    """What bounds a try at a browser that is known for the account."""
    mine = SignInTry.account_sha256 == tried.account_sha256
    here = SignInTry.browser_sha256 == tried.browser_sha256
    return [
        Bound(mine & here, LIMITS_OF_BROWSER[tried.kind]),
        Bound(mine & SignInTry.browser_sha256.is_not(None), LIMITS_OF_BROWSERS[tried.kind]),
    ]


def _waits_until(
    kind: TryKind, whose: ColumnElement[bool], limit: Limit, now: datetime
) -> datetime | None:
    """When the oldest of the last `number` tries is long enough ago, if it is not yet."""
    oldest = (
        select(SignInTry.at)
        .where(SignInTry.kind == kind, whose, SignInTry.at > now - limit.within)
        .order_by(SignInTry.at.desc())
        .offset(limit.number - 1)
        .limit(1)
    )
    at = db.session.scalar(oldest)
    return at + limit.within if at else None


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
