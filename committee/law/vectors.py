"""Checking the rules against a file of worked examples, each with its expected dates."""

from collections.abc import Callable
from datetime import date
from typing import Any

from committee.law import key_decisions, notice, retention
from committee.law.calendar import Mode

Vector = dict[str, Any]
Found = dict[str, Any]


def differences(vector: Vector) -> list[str]:
    """What the rules compute otherwise than a vector says, in words; nothing where they agree.

    Raises CalendarExhausted for dates beyond the known bank holidays.
    """
    compute = FUNCTIONS.get(str(vector.get("fn")))
    if compute is None:
        return [f"{vector.get('id')}: no rule is called {vector.get('fn')!r}"]
    return [
        f"{vector.get('id')} {vector['fn']}: {name} is {found}, not {vector[name]}"
        for name, found in compute(vector).items()
        if name in vector and vector[name] != found
    ]


def _day(vector: Vector, name: str) -> date:
    return date.fromisoformat(vector[name])


def _mode(vector: Vector, default: Mode = Mode.WORKING) -> Mode:
    return Mode(vector.get("mode", default))


def _latest_publication(v: Vector) -> Found:
    event, days = _day(v, "event"), v["n"]
    found = notice.latest_publication(event, clear_days=days, mode=_mode(v))
    naive = notice.latest_publication(event, clear_days=days, mode=Mode.CALENDAR).also["strict"]
    return {
        "strict": found.also["strict"].isoformat(),
        "recommended": found.day.isoformat(),
        "negative_calendar": naive.isoformat(),
    }


def _count_clear(v: Vector) -> Found:
    found = notice.count_clear(_day(v, "published"), _day(v, "event"), needed=v["n"], mode=_mode(v))
    return {"count": found.count, "ok": found.enough}


def _key_decision(v: Vector) -> Found:
    published, mode = _day(v, "published"), _mode(v, Mode.CALENDAR)
    found = key_decisions.earliest_decision(published, clear_days=v["n"], mode=mode)
    answer: Found = {
        "earliest": found.day.isoformat(),
        "earliest_working": found.also["working"].isoformat(),
    }
    if "test_date" in v:
        clear = notice.count_clear(published, _day(v, "test_date"), needed=v["n"], mode=mode)
        answer |= {"count": clear.count, "ok": clear.enough}
    return answer


def _earliest_event(v: Vector) -> Found:
    found = notice.earliest_event(_day(v, "published"), clear_days=v["n"], mode=_mode(v))
    return {"earliest": found.day.isoformat()}


def _call_in(v: Vector) -> Found:
    found = key_decisions.call_in(_day(v, "published"), working_days=v["n"])
    return {
        "last_day": found.last_day.isoformat(),
        "effective": found.effective.day.isoformat(),
    }


def _years(v: Vector) -> Found:
    found = retention.years_beginning_with(_day(v, "start"), v["years"])
    return {"last_day": found.day.isoformat()}


def _days(v: Vector) -> Found:
    found = retention.days_beginning_with(_day(v, "start"), v["n"])
    return {"last_day": found.day.isoformat()}


def _s85(v: Vector) -> Found:
    return {"last_day": retention.seat_lost_after(_day(v, "start")).day.isoformat()}


def _agenda_setting(v: Vector) -> Found:
    found = notice.agenda_setting(_day(v, "event"), weeks=v.get("weeks", 6))
    return {"date": found.day.isoformat()}


def _reg17(v: Vector) -> Found:
    found = notice.documents_to_scrutiny(_day(v, "start"), clear_days=v.get("n", 10))
    return {"last_day": found.day.isoformat()}


FUNCTIONS: dict[str, Callable[[Vector], Found]] = {
    "latest_publication": _latest_publication,
    "count_clear": _count_clear,
    "key_decision": _key_decision,
    "earliest_event": _earliest_event,
    "call_in": _call_in,
    "years_beginning_with": _years,
    "days_beginning_with": _days,
    "s85": _s85,
    "agenda_setting": _agenda_setting,
    "reg17": _reg17,
}
