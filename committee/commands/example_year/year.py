"""The acts of the example year, each with its day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from committee.commands.example_year import (
    consulting,
    matters,
    meeting_days,
    minuting,
    planning,
    recording,
    reporting,
    settled,
)
from committee.commands.example_year.days import Days
from committee.commands.example_year.stage import OPENED, Stage
from committee.law.calendar import ENGLAND_AND_WALES
from committee.law.key_decisions import call_in


@dataclass(frozen=True)
class Act:
    """Something that is done on a day of the year."""

    day: date
    do: Callable[[Stage, date], None]


def acts_of(days: Days) -> list[Act]:
    """Every act of the year, in the order of days; on one day in the order in which they stand."""
    acts = [
        _act(days.began, settled.settle),
        *_meetings(days),
        *_programme(days),
        *_whole_way(days),
        *_in_call_in(days),
        *_to_sign(days),
        *_to_come(days),
        *_next_meeting(days),
        *_minutes(days),
    ]
    return sorted(acts, key=lambda act: act.day)


def _act(day: date, do: Callable[..., None], *names: str, **more: Any) -> Act:
    return Act(day, partial(do, **({"name": names[0]} if names else {}), **more))


def _meetings(days: Days) -> list[Act]:
    start = days.before("first", weeks=11)
    acts = [_act(start, meeting_days.schedule, name) for name in ("first", "big", "other", "next")]
    acts.append(_act(start, meeting_days.schedule_later))
    for name in ("first", "big", "other"):
        on = days.agenda_published(name)
        acts.append(_act(on, meeting_days.build_packs, name))
        acts.append(_act(on, meeting_days.publish_agenda, name))
    acts += [_act(days.meeting(name), meeting_days.hold, name) for name in ("first", "big")]
    return acts


def _programme(days: Days) -> list[Act]:
    return [
        _act(days.before("first", weeks=1), planning.plan),
        _act(days.before("big", weeks=2), planning.defer, turn=0),
        _act(days.ago(12), planning.defer, turn=1),
        _act(days.ago(12), planning.put_on_agenda, "next"),
    ]


def _reported(days: Days, name: str, meeting: str) -> list[Act]:
    """A report from the request to its acceptance, in good time before the agenda."""
    asked, written = days.before(meeting, weeks=6), days.before(meeting, days=18)
    return [
        _act(asked, reporting.ask, name),
        _act(written, reporting.write, name),
        _act(written, reporting.check, name),
        _act(written, reporting.send, name),
        _act(days.before(meeting, days=15), reporting.accept, name),
        _act(days.before(meeting, days=14), recording.propose, name),
    ]


def _noticed(days: Days, name: str) -> list[Act]:
    on = OPENED[name](days)
    return [_act(on, matters.open_matter, name), _act(on, matters.notify, name)]


def _whole_way(days: Days) -> list[Act]:
    """Brackenhythe: from its notice to the day on which it came into force."""
    name = "brackenhythe"
    opens, closes = days.before("first", weeks=9), days.before("first", weeks=4, days=4)
    taken = days.after("first", days=15)
    return [
        *_noticed(days, name),
        _act(opens, consulting.set_up, name, opens_on=opens, closes_on=closes),
        _act(closes, consulting.answer, name),
        _act(_working(closes, 3), consulting.add_letters, name),
        _act(_working(closes, 3), consulting.close),
        _act(_working(closes, 4), consulting.open_some, name),
        _act(_working(closes, 5), consulting.report, name),
        *_reported(days, name, "first"),
        _act(taken, consulting.read, name, first=64),
        _act(taken, recording.hand_over, name),
        _act(taken, recording.sign, name),
        _act(taken, recording.publish, name),
        _act(call_in(taken).effective.day, recording.end_call_ins),
    ]


def _in_call_in(days: Days) -> list[Act]:
    """The mobile libraries: decided the other day, and open to call-in."""
    return [
        *_noticed(days, "mobile"),
        *_reported(days, "mobile", "big"),
        _act(days.last_working, recording.hand_over, "mobile"),
        _act(days.last_working, recording.sign, "mobile"),
        _act(days.last_working, recording.publish, "mobile"),
    ]


def _to_sign(days: Days) -> list[Act]:
    """Music: endorsed, completed, and with the decision maker."""
    return [
        *_noticed(days, "music"),
        *_reported(days, "music", "big"),
        _act(days.last_working, recording.hand_over, "music"),
    ]


def _to_come(days: Days) -> list[Act]:
    """One with its consultation open, one with its notice running, a draft, and one withdrawn."""
    opens, closes = days.ago(19), _working(days.today, 20)
    return [
        *_noticed(days, "hubs"),
        _act(opens, consulting.set_up, "hubs", opens_on=opens, closes_on=closes),
        _act(days.last_working, consulting.answer, "hubs"),
        *_noticed(days, "stonecote"),
        _act(OPENED["post16"](days), matters.open_matter, "post16"),
        *_noticed(days, "quillstow"),
        _act(days.ago(20), matters.withdraw, "quillstow"),
    ]


def _next_meeting(days: Days) -> list[Act]:
    """Reports to the next meeting: one accepted, one to be accepted, one late; one after that."""
    asked, sent = days.ago(12), days.ago(3)
    late = days.ago(4)
    because = "The Corporate Director reads it before it goes to the Cabinet Member."
    acts = [_act(asked, reporting.ask, name) for name in ("stonecote", "nursery", "hubs")]
    acts.append(_act(asked, reporting.ask, "spending", due_on=late, because=because))
    acts.append(_act(days.ago(8), reporting.write, "spending"))
    for name in ("stonecote", "nursery"):
        acts += [_act(sent, do, name) for do in (reporting.write, reporting.check, reporting.send)]
    accepted = days.last_working
    return [
        *acts,
        _act(accepted, reporting.accept, "stonecote"),
        _act(accepted, recording.propose, "stonecote"),
    ]


def _minutes(days: Days) -> list[Act]:
    first, big = days.after("first", days=8), days.after("big", days=8)
    return [
        _act(days.after("first", days=2), minuting.attend, "first"),
        _act(first, minuting.write, "first"),
        _act(first, minuting.publish, "first"),
        _act(days.before("big", days=4), minuting.finish_actions, "first"),
        _act(days.after("big", days=2), minuting.attend, "big"),
        _act(days.after("big", days=6), minuting.write, "big"),
        _act(days.after("big", days=6), minuting.approve, "first", at="big"),
        _act(big, minuting.publish, "big"),
    ]


def _working(day: date, later: int) -> date:
    """The day so many days after `day`, or the next working day."""
    return ENGLAND_AND_WALES.this_or_next_working(day + timedelta(days=later))
