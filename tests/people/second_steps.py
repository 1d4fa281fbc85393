"""What tests of sign-in share: an app that shows codes, and a worker who answers the forgetful."""

import re
from datetime import UTC, datetime, timedelta

import pyotp

from committee.extensions import db
from committee.people import second_factor, sign_in_rules, throttling
from committee.people.models import User
from committee.people.sign_in_models import SignInTry
from committee.people.sign_in_rules import TryKind
from committee.work.models import Work
from committee.work.rules import WorkKind
from tasks.perform import perform_now

PASSWORD = "a long enough password"
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
STEP = timedelta(seconds=30)
CODE = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}")


def code_at(secret: str, at: datetime) -> str:
    """What an app with this secret shows at an instant."""
    return pyotp.TOTP(secret).at(at)


def set_up(user: User) -> str:
    """Give the user an app; its secret. The code of noon is used up by that."""
    second_factor.begin_authenticator(user, now=NOON)
    begun = second_factor.begun_authenticator(user)
    assert begun
    second_factor.confirm_authenticator(user, code_at(begun[1], NOON), now=NOON)
    db.session.commit()
    return begun[1]


def fill(network: str, *, but: int = 0) -> None:
    """Note at noon as many wrong passwords as are taken from one network in an hour, `but` so
    many, each at another address."""
    limit = sign_in_rules.LIMITS_OF_NETWORK[TryKind.PASSWORD][0].number
    where = throttling._hashed(throttling.network_of(network))
    db.session.add_all(
        SignInTry(kind=TryKind.PASSWORD, account_sha256=str(n), network_sha256=where, at=NOON)
        for n in range(limit - but)
    )
    db.session.commit()


def answer_all() -> None:
    """Look, as a worker does, whether the addresses for which a link was asked have accounts."""
    asked = db.select(Work.id).where(Work.kind == WorkKind.SEND_PASSWORD_LINK)
    for work_id in db.session.scalars(asked.order_by(Work.id)).all():
        perform_now(work_id)
