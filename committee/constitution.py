"""This council's own choices, read from one TOML file and checked when the application starts."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        agenda = _table(found, "agenda")
        _check_names(found, {"agenda"})
        _check_names(agenda, {"notices", "closing_notes"})
        return Constitution(
            notices=tuple(_notice(notice) for notice in _list(agenda, "notices")),
            closing_notes=tuple(_text(note) for note in _list(agenda, "closing_notes")),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The constitution file {path.name} cannot be read: {error}") from error
    except _Wrong as wrong:
        raise SettingsError(f"{path.name}: {wrong}") from wrong


class _Wrong(Exception):
    """Something in the file cannot be meant."""


def _check_names(table: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise _Wrong(f"{', '.join(unknown)} is not known. Known: {', '.join(sorted(known))}.")


def _table(found: dict[str, Any], name: str) -> dict[str, Any]:
    table = found.get(name, {})
    if not isinstance(table, dict):
        raise _Wrong(f"{name} must be a table, begun by [{name}].")
    return table


def _list(agenda: dict[str, Any], name: str) -> list[Any]:
    listed = agenda.get(name, [])
    if not isinstance(listed, list):
        raise _Wrong(f"agenda.{name} must be a list.")
    return listed


def _notice(notice: Any) -> dict[str, str]:
    is_sound = isinstance(notice, dict) and set(notice) == {"heading", "text"}
    if not is_sound or not all(isinstance(words, str) for words in notice.values()):
        raise _Wrong("each of agenda.notices needs a heading and a text, and nothing else.")
    return {"heading": notice["heading"], "text": notice["text"]}


def _text(note: Any) -> str:
    if not isinstance(note, str):
        raise _Wrong("agenda.closing_notes must hold texts alone.")
    return note


def init_app(app: Flask) -> None:
    """Load the constitution that the settings name."""
    settings: Settings = app.config["SETTINGS"]
    app.extensions["constitution"] = load(settings.constitution_file)


def current_constitution() -> Constitution:
    """The constitution of the running application."""
    constitution: Constitution = current_app.extensions["constitution"]
    return constitution
