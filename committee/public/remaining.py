"""What an officer still has to do before a meeting's packs can go out, each with where to do it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from committee.agendas.service import NumberedItem
from committee.agendas.state_of_papers import papers_state
from committee.meetings.models import Meeting
from committee.packs.shelves import Shelf


@dataclass(frozen=True)
class Step:
    """One thing to do: words for its link, what follows them, and the link's address."""

    words: str
    address: str
    because: str = ""


def steps(
    meeting: Meeting, entries: Sequence[NumberedItem], shelves: Sequence[Shelf]
) -> list[Step]:
    """What is left to do, in the order in which it is best done; nothing when all is ready."""
    if not entries:
        agenda = url_for("agendas.builder", meeting_id=meeting.id)
        return [Step("Add the items of the agenda", agenda)]
    return [*_papers(meeting, entries), *_packs(meeting, shelves)]


def _papers(meeting: Meeting, entries: Sequence[NumberedItem]) -> Iterator[Step]:
    state = papers_state(entries)
    papers = url_for("papers.overview", meeting_id=meeting.id)
    for words, concerned in (
        ("Send the papers that are missing", state.missing),
        ("Replace the papers that cannot be used", state.unusable),
        ("Wait for the papers that are being checked", state.checking),
    ):
        if concerned:
            yield Step(words, papers, _numbers(concerned))


def _numbers(entries: Sequence[NumberedItem]) -> str:
    numbers = [entry.number for entry in entries]
    listed = " and ".join([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)
    return f"{'item' if len(numbers) == 1 else 'items'} {listed}"


def _packs(meeting: Meeting, shelves: Sequence[Shelf]) -> Iterator[Step]:
    for shelf in shelves:
        panel = url_for("packs.panel", meeting_id=meeting.id, _anchor=shelf.audience.value)
        pack = shelf.label.lower()
        if shelf.under_way:
            yield Step(f"Wait for the {pack}", panel, "it is being built")
        elif not shelf.is_needed:
            continue
        elif shelf.failed:
            yield Step(f"Build the {pack} again", panel, "the last build failed")
        elif shelf.current is None:
            yield Step(f"Build the {pack}", panel, "it has not been built yet")
        elif shelf.out_of_date:
            yield Step(f"Build the {pack} again", panel, "agenda or papers have changed since")
