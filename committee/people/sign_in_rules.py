"""How people sign in, in words, and how often something may be tried."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto


class SignInKind(StrEnum):
    """By what somebody proved who they are when a session of theirs began."""

    PASSWORD = auto()
    PASSWORD_AND_CODE = auto()
    PASSWORD_AND_PASSKEY = auto()
    PASSWORD_AND_RECOVERY_CODE = auto()
    PASSKEY = auto()
    PROVIDER = auto()


SIGN_IN_KIND_LABELS = {
    SignInKind.PASSWORD: "Password",
    SignInKind.PASSWORD_AND_CODE: "Password and code",
    SignInKind.PASSWORD_AND_PASSKEY: "Password and passkey",
    SignInKind.PASSWORD_AND_RECOVERY_CODE: "Password and recovery code",
    SignInKind.PASSKEY: "Passkey",
    SignInKind.PROVIDER: "Council account",
}


class TryKind(StrEnum):
    """What is tried again and again by whoever guesses."""

    PASSWORD = auto()
    SECOND_STEP = auto()
    LINK = auto()


TRY_KIND_LABELS = {
    TryKind.PASSWORD: "Password",
    TryKind.SECOND_STEP: "Second step",
    TryKind.LINK: "Link to a new password",
}


class SecondFactorDuty(StrEnum):
    """Whether some roles are offered a second step of sign-in, or can do nothing without one."""

    OFFERED = auto()
    REQUIRED = auto()


SECOND_FACTOR_DUTY_LABELS = {
    SecondFactorDuty.OFFERED: "Offered",
    SecondFactorDuty.REQUIRED: "Required",
}


@dataclass(frozen=True)
class Limit:
    """So many tries within so long a time; the next has to wait."""

    number: int
    within: timedelta


# Ten wrong passwords in a quarter of an hour from one network, and no lock that lasts: whoever
# guesses at an account from somewhere else must not keep its owner out. What may be guessed at it
# from all networks together is bounded too; a browser at which its owner has come in before, or is
# signed in, is not held up even by that. docs/decisions/0092 says what is left.
LIMITS_OF_ACCOUNT_AND_NETWORK = {
    TryKind.PASSWORD: (Limit(10, timedelta(minutes=15)),),
    TryKind.SECOND_STEP: (),
    TryKind.LINK: (),
}
# A code is short, so its guesses are counted by the day too, from wherever they come; they can be
# made only by someone who knows the password.
LIMITS_OF_ACCOUNT = {
    TryKind.PASSWORD: (Limit(100, timedelta(hours=1)),),
    TryKind.SECOND_STEP: (Limit(10, timedelta(minutes=15)), Limit(40, timedelta(days=1))),
    TryKind.LINK: (Limit(5, timedelta(hours=1)),),
}
# What may be tried at a browser that is known for the account, whatever others have tried at it or
# in its network, and at all such browsers of the account together: nobody gains by having many.
LIMITS_OF_BROWSER = {
    TryKind.PASSWORD: (Limit(10, timedelta(minutes=15)),),
    TryKind.SECOND_STEP: (Limit(10, timedelta(minutes=15)),),
    TryKind.LINK: (),
}
LIMITS_OF_BROWSERS = {
    TryKind.PASSWORD: (Limit(100, timedelta(hours=1)),),
    TryKind.SECOND_STEP: (Limit(40, timedelta(days=1)),),
    TryKind.LINK: (),
}
# A county hall or a library is one address to us: three hundred people behind it who mistype twice
# each must all come in. One machine there must not shut it for the others' own browsers, so what is
# tried at those is neither held up by this nor counted.
LIMITS_OF_NETWORK = {
    TryKind.PASSWORD: (Limit(1000, timedelta(hours=1)),),
    TryKind.SECOND_STEP: (Limit(1000, timedelta(hours=1)),),
    TryKind.LINK: (Limit(600, timedelta(hours=1)),),
}
KEPT = timedelta(days=1)  # the longest of the times above


def waiting_in_words(wait: timedelta) -> str:
    """How long to wait, in whole minutes or hours, rounded up: "1 minute", "3 hours"."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    if minutes < 60:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    hours = -(-minutes // 60)
    return "1 hour" if hours == 1 else f"{hours} hours"
