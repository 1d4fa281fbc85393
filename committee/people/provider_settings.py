"""Where the council's own sign-in is, as the environment names it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

NAMES = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class ProviderSettings:
    """A sign-in provider, and as whom this installation asks it. `label` follows "Sign in with"."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str = "your council account"


def from_environment(environ: Mapping[str, str]) -> ProviderSettings | None:
    """The provider, if one is named. Raises ValueError, in words, for half of its settings and for
    an address without encryption, but on this very machine."""
    written = [name for name in NAMES if environ.get(name)]
    if not written:
        return None
    if missing := [name for name in NAMES if name not in written]:
        raise ValueError(f"{' and '.join(missing)} must be set, because {written[0]} is.")
    issuer = environ["OIDC_ISSUER"]
    parts = urlsplit(issuer)
    is_own = parts.scheme == "http" and parts.hostname in OWN_MACHINE
    if not parts.hostname or not (parts.scheme == "https" or is_own):
        raise ValueError(f"OIDC_ISSUER must be like https://example.org, not {issuer!r}.")
    return ProviderSettings(
        issuer=issuer,
        client_id=environ["OIDC_CLIENT_ID"],
        client_secret=environ["OIDC_CLIENT_SECRET"],
        label=environ.get("OIDC_LABEL") or ProviderSettings.label,
    )
