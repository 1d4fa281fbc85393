"""This council's own choices, read from one TOML file and checked when the application starts."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from committee.law.calendar import Mode
from committee.law.key_decisions import CALL_IN_WORKING_DAYS, KEY_DECISION_CLEAR_DAYS
from config import Settings, SettingsError

REPORT_DUE = "due_working_days_before_publication"
MOST_WORKING_DAYS = 60
MOST_DAYS = 90


@dataclass(frozen=True)
class DecisionChoices:
    """How executive decisions are notified and called in. Periods may be longer than usual only.

    The address and the words are printed on every notice of a key decision (SI 2012/2089,
    regulation 9(1)(f) to (h)); without them none can be published.
    """

    key_decision_clear_days: int = KEY_DECISION_CLEAR_DAYS
    key_decision_mode: Mode = Mode.CALENDAR
    call_in_working_days: int = CALL_IN_WORKING_DAYS
    copies_from: str = ""
    further_documents: str = ""
    how_to_ask: str = ""


@dataclass(frozen=True)
class MinutesChoices:
    """The quorum of committees, which no statute sets (MTG-03): a share of seats, and a least."""

    quorum_fraction: float = 0.25
    quorum_minimum: int = 3


@dataclass(frozen=True)
class ReminderChoices:
    """When people are reminded: days before a deadline, 0 being the day itself; none for never.

    `report_late` counts working days after the deadline. Nothing is said of what was over longer
    than `forget_after_days` days ago, as when a council brings in the business of past years.
    """

    report_due: tuple[int, ...] = (5, 0)  # working days
    report_late: int = 1  # working days
    agenda: tuple[int, ...] = (3, 0)  # working days before the last lawful day
    consultation: tuple[int, ...] = (7,)  # days
    action_due: tuple[int, ...] = (5, 0)  # working days
    exemption_review: tuple[int, ...] = (14, 0)  # days
    forget_after_days: int = 30


@dataclass(frozen=True)
class Constitution:
    """What a council may decide for itself."""

    notices: tuple[dict[str, str], ...]  # each with "heading" and "text", printed on agendas
    closing_notes: tuple[str, ...]
    # How many working days before the agenda's latest publication a report is due (KENT-02).
    report_due_working_days: int = 5
    decisions: DecisionChoices = DecisionChoices()
    minutes: MinutesChoices = MinutesChoices()
    reminders: ReminderChoices = ReminderChoices()
    # As it is written: committee.people.sign_in_choices, which knows the roles, says what it means.
    sign_in: dict[str, Any] = field(default_factory=dict)


def load(path: Path) -> Constitution:
    """Read and check the file. Raises SettingsError that names what is wrong."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        agenda, reports = _table(found, "agenda"), _table(found, "reports")
        decisions, minutes = _table(found, "decisions"), _table(found, "minutes")
        _check_names(found, {"agenda", "reports", "decisions", "minutes", "reminders", "sign_in"})
        _check_names(agenda, {"notices", "closing_notes"})
        _check_names(reports, {REPORT_DUE})
        return Constitution(
            notices=tuple(_notice(notice) for notice in _list(agenda, "notices")),
            closing_notes=tuple(_text(note) for note in _list(agenda, "closing_notes")),
            report_due_working_days=_working_days(reports.get(REPORT_DUE, 5)),
            decisions=_decisions(decisions),
            minutes=_minutes(minutes),
            reminders=_reminders(_table(found, "reminders")),
            sign_in=_table(found, "sign_in"),
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


def _working_days(number: Any) -> int:
    # Python counts True and False among whole numbers; a council that writes them means no number.
    if type(number) is not int or not 0 <= number <= MOST_WORKING_DAYS:
        raise _Wrong(f"reports.{REPORT_DUE} must be a number from 0 to {MOST_WORKING_DAYS}.")
    return number


def _decisions(table: dict[str, Any]) -> DecisionChoices:
    usual = DecisionChoices()
    _check_names(table, set(vars(usual)))
    return DecisionChoices(
        key_decision_clear_days=_at_least(table, "key_decision_clear_days", 28),
        key_decision_mode=_mode(table.get("key_decision_mode", usual.key_decision_mode.value)),
        call_in_working_days=_at_least(table, "call_in_working_days", 5),
        copies_from=_words(table, "copies_from"),
        further_documents=_words(table, "further_documents"),
        how_to_ask=_words(table, "how_to_ask"),
    )


def _reminders(table: dict[str, Any]) -> ReminderChoices:
    usual = vars(ReminderChoices())
    _check_names(table, set(usual))
    return ReminderChoices(**{name: _days(table, name, usual[name]) for name in usual})


def _days(table: dict[str, Any], name: str, usual: Any) -> Any:
    """A number of days, or several different ones where the usual is several."""
    written = table.get(name, usual)
    if isinstance(usual, tuple):
        several = list(written) if isinstance(written, list | tuple) else [None]
        if all(_is_days(each) for each in several) and len(set(several)) == len(several):
            return tuple(several)
        raise _Wrong(f"reminders.{name} must be a list of different numbers up to {MOST_DAYS}.")
    if not _is_days(written) or written < 1:
        raise _Wrong(f"reminders.{name} must be a number from 1 to {MOST_DAYS}.")
    return written


def _is_days(number: Any) -> bool:
    return type(number) is int and 0 <= number <= MOST_DAYS


def _at_least(table: dict[str, Any], name: str, least: int) -> int:
    number = table.get(name, least)
    if type(number) is not int or not least <= number <= MOST_DAYS:
        raise _Wrong(f"decisions.{name} must be a number from {least} to {MOST_DAYS}.")
    return number


def _mode(word: Any) -> Mode:
    if word not in list(Mode):
        raise _Wrong("decisions.key_decision_mode must be “calendar” or “working”.")
    return Mode(word)


def _words(table: dict[str, Any], name: str) -> str:
    words = table.get(name, "")
    if not isinstance(words, str):
        raise _Wrong(f"decisions.{name} must be a text.")
    return words.strip()


def _minutes(table: dict[str, Any]) -> MinutesChoices:
    usual = MinutesChoices()
    _check_names(table, set(vars(usual)))
    fraction = table.get("quorum_fraction", usual.quorum_fraction)
    if type(fraction) not in (int, float) or not 0 < fraction <= 1:
        raise _Wrong("minutes.quorum_fraction must be a number above 0 and up to 1, such as 0.25.")
    least = table.get("quorum_minimum", usual.quorum_minimum)
    if type(least) is not int or not 1 <= least <= MOST_DAYS:
        raise _Wrong(f"minutes.quorum_minimum must be a number from 1 to {MOST_DAYS}.")
    return MinutesChoices(float(fraction), least)


def init_app(app: Flask) -> None:
    """Load the constitution that the settings name."""
    settings: Settings = app.config["SETTINGS"]
    app.extensions["constitution"] = load(settings.constitution_file)


def current_constitution() -> Constitution:
    """The constitution of the running application."""
    constitution: Constitution = current_app.extensions["constitution"]
    return constitution
