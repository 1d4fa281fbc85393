"""Who and what the acts of the example year are about, found by their names."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from committee.clock import now
from committee.commands.example_year.days import Days, at_ten
from committee.decisions import service as decisions
from committee.decisions.models import Decision
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.people import service as people
from committee.people import users
from committee.people.models import Committee, Council, Councillor, User
from committee.reports.lists import of_meeting
from committee.reports.models import Report

T = TypeVar("T")

CLERK, AUTHOR, MEMBER, DECIDER = (
    f"{name}@harrowmere.example" for name in ("clerk", "author", "member", "cabinet")
)
FILES = {
    "first": "previous-meeting.json",
    "big": "council.json",
    "other": "other-meeting.json",
    "next": "next-meeting.json",
}
# When the number of each matter was given: days are counted from the day of loading.
OPENED: dict[str, Callable[[Days], date]] = {
    "brackenhythe": lambda days: days.before("first", weeks=10),
    "mobile": lambda days: days.before("big", weeks=7),
    "music": lambda days: days.before("big", weeks=6),
    "quillstow": lambda days: days.ago(63),
    "hubs": lambda days: days.ago(24),
    "stonecote": lambda days: days.ago(14),
    "post16": lambda days: days.ago(4),
}


def numbers_of(days: Days, matters: dict[str, Any]) -> dict[str, str]:
    """The decision numbers of this year, by those that the texts are written with.

    A number begins with the year in which it was given.
    """
    found = {}
    for name, matter in matters.items():
        running = matter["number"].partition("/")[2]
        found[matter["number"]] = f"{OPENED[name](days).year % 100:02d}/{running}"
    return found


@dataclass(frozen=True)
class Stage:
    """The days of the year, the texts, and where the papers lie."""

    days: Days
    folder: Path
    said: dict[str, Any]

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The decision numbers of this year by those that the texts are written with."""
        return numbers_of(self.days, self.said["matters"])

    def at(self, day: date) -> datetime:
        """Ten in the morning of that day in London, or now if that has not come yet."""
        return min(at_ten(day), now())

    def council(self) -> Council:
        """The example council."""
        found = people.the_council()
        if found is None:
            raise LookupError("the example council has not been set up")
        return found

    def committee(self, name: str = "big") -> Committee:
        """The committee of the meeting that goes by this name."""
        said = self.texts(FILES.get(name, FILES["big"]))["committee"]
        return _there(people.committee_with_name(self.council(), said), said)

    def meeting(self, name: str) -> Meeting:
        """The meeting that goes by this name."""
        return _there(self.known_meeting(name), name)

    def known_meeting(self, name: str) -> Meeting | None:
        """The meeting that goes by this name, if it has been scheduled."""
        same_day = meetings.of_committee_on(self.committee(name), self.days.meeting(name))
        return same_day[0] if same_day else None

    def texts(self, file: str) -> dict[str, Any]:
        """A file of the example, with the dates of this year in it."""
        found: dict[str, Any] = json.loads((self.folder / file).read_text(encoding="utf-8"))
        return found

    def user(self, email: str) -> User:
        """The person with this account."""
        return _there(users.user_with_email(email), email)

    def clerk(self) -> int:
        """The id of the democratic services officer, who does most of what is done."""
        return self.user(CLERK).id

    def author(self) -> int:
        """The id of the report author."""
        return self.user(AUTHOR).id

    def councillor(self, name: str) -> Councillor:
        """Somebody who sits on the committee."""
        seated = people.memberships(self.committee())
        return _there(
            next((each.councillor for each in seated if each.councillor.name == name), None), name
        )

    def matter(self, name: str) -> Decision:
        """The decision on this matter."""
        number = self.numbers[self.said["matters"][name]["number"]]
        return _there(decisions.decision_with_number(number), number)

    def report(self, name: str) -> Report:
        """The report of this name to its meeting."""
        said = self.said["reports"][name]
        found = of_meeting(self.meeting(said["meeting"]), page=1).reports
        return _there(next((each for each in found if each.subject == said["subject"]), None), name)


def _there(found: T | None, name: str) -> T:
    if found is None:
        raise LookupError(f"the example year has no {name} yet")
    return found
