"""What has to be known of the private part of minutes to say who may read it."""

from collections.abc import Iterable

from committee.agendas import closed as agenda_matter
from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.agendas.closed import grounds_by_item
from committee.confidentiality import service as confidentiality
from committee.confidentiality.reading_rules import Ground, Matter, grounds_of
from committee.minutes import service
from committee.minutes.models import Minute, MinutesVersion


def matter_of_minute(minute: Minute, *, writes: bool = False) -> Matter:
    """What is closed in one minute as it stands: on its own grounds, and on those of its item.

    While nobody has classed it or its item, whoever does not write it must be free to read on
    every ground.
    """
    if minute.is_unclassed and not writes:
        return Matter(minute.minutes.meeting.committee_id, tuple(Ground))
    item = minute.agenda_item
    if item is None:
        return _with(minute, None)
    return _with(minute, agenda_matter.matter_of([item], item.meeting, prepares=writes))


def matter_of_title(minute: Minute) -> Matter:
    """What is closed in what a minute is called: as much, but for what papers of its item say."""
    item = minute.agenda_item
    return _with(minute, agenda_matter.matter_of_item(item) if item else None)


def _with(minute: Minute, of_item: Matter | None) -> Matter:
    own = grounds_of(
        minute.classification,
        minute.exempt_paragraphs,
        terms_of_contract=minute.terms_of_contract,
    )
    grounds = (*own, *(of_item.grounds if of_item else ()))
    return Matter(minute.minutes.meeting.committee_id, tuple(dict.fromkeys(grounds)))


def matter_of(version: MinutesVersion) -> Matter:
    """The closed matter of minutes as they were published, whatever became of them since.

    The words are frozen, so a minute counts with every ground on which it was ever closed, and with
    every one that its item had on a published agenda, were it opened or taken off since. Where a
    minute is private and nothing says on what ground, whoever reads it must be free to read on all
    of them.
    """
    meeting = version.minutes.meeting
    by_item = grounds_by_item(
        [*items.items(meeting), *items.removed_items(meeting)],
        agendas.versions(meeting, whole=True),
    )
    private = dict(_in_private(version))
    by_minute = _grounds_ever(private)
    if not all(by_minute.get(each) or by_item.get(of or 0) for each, of in private.items()):
        return Matter(meeting.committee_id, tuple(Ground))
    grounds = [*by_item.values(), *by_minute.values()]
    found = dict.fromkeys(each for some in grounds for each in some)
    return Matter(meeting.committee_id, tuple(found))


def _in_private(version: MinutesVersion) -> Iterable[tuple[int, int | None]]:
    """The id of each minute that the public does not read whole, and that of its item; none where
    the minute has no item, or is no longer there to ask."""
    openly, whole = version.open_contents["minutes"], version.restricted_contents["minutes"]
    item_of = {entry.id: entry.agenda_item_id for entry in service.entries_of(version.minutes)}
    for said, meant in zip(openly, whole, strict=True):
        if said["summary"]:
            yield meant["id"], item_of.get(meant["id"])


def _grounds_ever(minute_ids: Iterable[int]) -> dict[int, tuple[Ground, ...]]:
    """Every ground on which each of these minutes is closed, or ever was, by its id."""
    found: dict[int, tuple[Ground, ...]] = {}
    for said in confidentiality.closings_of(Minute.__tablename__, minute_ids):
        grounds = grounds_of(
            said.classification, said.exempt_paragraphs, terms_of_contract=said.terms_of_contract
        )
        found[said.subject_id] = (*found.get(said.subject_id, ()), *grounds)
    return found
