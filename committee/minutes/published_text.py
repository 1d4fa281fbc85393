"""Frozen minutes as the text that page, PDF and Word are all written from."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from committee.documents.published.making import COUNCIL_BLUE, Signature
from committee.documents.published.minutes import Action, Attendance, Entry, MinutesText
from committee.documents.running_text import parse
from committee.minutes.rules import Vote

DRAFT = "Draft minutes, to be approved at a later meeting"
PUT_TO_THE_VOTE = "The recommendation was put to the vote."
IN_PRIVATE = (
    "Considered in private. This is a summary for the public "
    "(Local Government Act 1972, section 100C(2))."
)
VOTED = {
    Vote.FOR: "voted for the motion",
    Vote.AGAINST: "voted against the motion",
    Vote.ABSTAINED: "abstained",
}


def minutes_text(
    contents: Mapping[str, Any], *, colour: str = COUNCIL_BLUE, language: str = "en-GB"
) -> MinutesText:
    """All that these contents say. Given the open contents, nothing else can come into it."""
    meeting, approved = contents["meeting"], contents["approved"]
    corrected = contents.get("corrected")
    return MinutesText(
        council=meeting["council"],
        committee=meeting["committee"],
        date=_weekday(meeting["held_on"]),
        time=_time(meeting["starts_at"]),
        place=meeting["place"],
        status=_approved(approved) if approved else _corrected(corrected) if corrected else DRAFT,
        present=tuple(Attendance(**row) for row in contents["present"]),
        entries=tuple(_entry(each) for each in contents["minutes"]),
        apologies=tuple(contents["apologies"]),
        also_present=(
            *(Attendance(name, "joined remotely") for name in contents["remote"]),
            *(Attendance(**row) for row in contents["also_present"]),
        ),
        in_attendance=tuple(Attendance(**row) for row in contents["in_attendance"]),
        declarations=tuple(contents["declarations"])
        or ("There were no declarations of interest.",),
        signature=_signature(approved) if approved else None,
        colour=colour,
        language=language,
    )


def _approved(approved: Mapping[str, str]) -> str:
    return f"Approved as a correct record on {_weekday(approved['on'])}"


def _corrected(corrected: Mapping[str, Any]) -> str:
    return (
        f"Corrected on {_weekday(corrected['on'])} after approval. Version "
        f"{corrected['version']} was approved as a correct record on "
        f"{_weekday(corrected['approved_on'])} and signed; these words were not"
    )


def _signature(approved: Mapping[str, str]) -> Signature:
    return Signature(approved["signed_by"], "Person presiding", _day(approved["on"]))


def _entry(minute: Mapping[str, Any]) -> Entry:
    said = minute["discussion"]
    if minute["summary"]:
        said = f"{IN_PRIVATE}\n\n{said}"
    if minute["votes"]:
        said = f"{said}\n\n{PUT_TO_THE_VOTE}"
    return Entry(
        number=str(minute["number"] or ""),
        title=minute["title"],
        item_number=minute["item_number"],
        paragraphs=parse(said),
        resolution=parse(minute["resolution"]),
        votes=_votes(minute["votes"]) if minute["votes"] else None,
        named_votes=tuple(_named(row) for row in minute["named_votes"]),
        actions=tuple(
            Action(each["text"], each["owner"], _day(each["due_on"]) if each["due_on"] else "")
            for each in minute["actions"]
        ),
        is_exempt=minute["exempt"],
        order_note=" ".join(
            f"Item {each['item_number']} was taken later and is minute {each['minute']}."
            for each in minute["taken_later"]
        ),
    )


def _votes(votes: Mapping[str, Any]) -> str:
    counted = f"for {votes['for']}, against {votes['against']}, abstained {votes['abstained']}"
    if votes["casting"]:
        counted += f"; casting vote {votes['casting']}"
    return f"{counted}: {'carried' if votes['carried'] else 'not carried'}"


def _named(row: Mapping[str, str]) -> str:
    return f"({row['name']} asked for it to be recorded that they {VOTED[Vote(row['vote'])]}.)"


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def _weekday(iso: str) -> str:
    return f"{date.fromisoformat(iso):%A} {_day(iso)}"


def _time(iso: str) -> str:
    at = time.fromisoformat(iso)
    if (at.hour, at.minute) == (12, 0):
        return "noon"
    return f"{at.hour % 12 or 12}.{at.minute:02d} {'am' if at.hour < 12 else 'pm'}"
