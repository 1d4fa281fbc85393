"""This council's own choices, read from one TOML file and checked when the application starts."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

from config import Settings, SettingsError


@dataclass(frozen=True)
class Constitution:
    """What a council may decide for itself."""

    notices: tuple[dict[str, str], ...]  # each with "heading" and "text", printed on agendas
    closing_notes: tuple[str, ...]


def load(path: Path) -> Constitution:
    """Read and check the file. Raises SettingsError that names what is wrong."""
    try:
        agenda = tomllib.loads(path.read_text(encoding="utf-8")).get("agenda", {})
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The constitution file {path.name} cannot be read: {error}") from error
    notices = agenda.get("notices", [])
    for notice in notices:
        if set(notice) != {"heading", "text"} or not all(
            isinstance(v, str) for v in notice.values()
        ):
            raise SettingsError(
                f"{path.name}: each of agenda.notices needs a heading and a text, and nothing else."
            )
    closing = agenda.get("closing_notes", [])
    if not all(isinstance(note, str) for note in closing):
        raise SettingsError(f"{path.name}: agenda.closing_notes must be a list of texts.")
    return Constitution(notices=tuple(notices), closing_notes=tuple(closing))


def init_app(app: Flask) -> None:
    """Load the constitution that the settings name."""
    settings: Settings = app.config["SETTINGS"]
    app.extensions["constitution"] = load(settings.constitution_file)


def current_constitution() -> Constitution:
    """The constitution of the running application."""
    constitution: Constitution = current_app.extensions["constitution"]
    return constitution
