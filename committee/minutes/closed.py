"""What has to be known of the private part of published minutes to say who may read it."""

from collections.abc import Iterable

from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.agendas.closed import grounds_by_item
from committee.confidentiality.reading_rules import Ground, Matter
from committee.minutes import service
from committee.minutes.models import MinutesVersion


def matter_of(version: MinutesVersion) -> Matter:
    """The closed matter of minutes as they were published, whatever became of their items since.

    The words are frozen, so an item that was opened or taken off the agenda afterwards counts with
    every ground that it had on a published agenda. Where a minute is private and nothing says on
    what ground, whoever reads it must be free to read on all of them.
    """
    meeting = version.minutes.meeting
    by_item = grounds_by_item(
        [*items.items(meeting), *items.removed_items(meeting)],
        agendas.versions(meeting, whole=True),
    )
    if not all(by_item.get(item_id or 0) for item_id in _items_in_private(version)):
        return Matter(meeting.committee_id, tuple(Ground))
    found = dict.fromkeys(each for grounds in by_item.values() for each in grounds)
    return Matter(meeting.committee_id, tuple(found))


def _items_in_private(version: MinutesVersion) -> Iterable[int | None]:
    """The id of the item of each minute that the public does not read whole; none where the
    minute has no item, or is no longer there to ask."""
    openly, whole = version.open_contents["minutes"], version.restricted_contents["minutes"]
    item_of = {entry.id: entry.agenda_item_id for entry in service.entries_of(version.minutes)}
    for said, meant in zip(openly, whole, strict=True):
        if said["summary"]:
            yield item_of.get(meant["id"])
