"""Where a token may be, although it stands for no public word; each with the reason.

A line is: how the surface's name begins, how the secret's name begins, for which readers (none: for
all), and why.
"""

from typing import Final

EXPECTED: Final[tuple[tuple[str, str, tuple[str, ...], str], ...]] = (
    ("error kept", "work.last_error", (), "the token was put there itself"),
    ("error kept", "mail.last_error", (), "the token was put there itself"),
    ("error kept", "obligation.last_error", (), "the token was put there itself"),
)
# Pages on which people see and change their own account, and letters to them.
OWN: Final = ("GET account.", "POST account.", "GET factors.", "POST factors.", "mail")


def is_expected(surface: str, secret: str, reader: str) -> bool:
    """Whether this secret may be on this surface before this reader."""
    if secret == f"user_account.email of the {reader}" and surface.startswith(OWN):
        return True
    return any(
        surface.startswith(where) and secret.startswith(what) and (not who or reader in who)
        for where, what, who, _ in EXPECTED
    )
