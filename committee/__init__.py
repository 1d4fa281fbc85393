"""Quorate: workflow and decision tracking for council committees."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The application. Raises SettingsError if the settings cannot be used.

    Everything is imported only here, so that a part used by itself (an embedded server, a rule of
    law, the reader in its sandbox) starts at once.
    """
    from committee.application import create

    return create(settings)
