"""What there is to read for each audience of a meeting, in a few statements for them all."""

from collections.abc import Sequence
from dataclasses import dataclass

from committee.agendas.service import NumberedItem
from committee.constitution import current_constitution
from committee.documents.pack.plan import key
from committee.meetings.models import Meeting
from committee.packs import manifest, service
from committee.packs.models import Pack
from committee.packs.rules import AUDIENCE_LABELS, UNDER_WAY, Audience, PackStatus

LOOKED_AT = 20  # packs asked for last, among which those of interest nearly always are


@dataclass(frozen=True)
class Shelf:
    """What there is for one audience: the pack to read, what became of the last request, and
    whether this audience needs a pack of its own."""

    audience: Audience
    label: str
    current: Pack | None
    latest: Pack | None
    out_of_date: bool
    is_needed: bool

    @property
    def under_way(self) -> bool:
        """Whether a pack waits or is being built."""
        return self.latest is not None and self.latest.status in UNDER_WAY

    @property
    def failed(self) -> bool:
        """Whether the last request came to nothing by a fault."""
        return self.latest is not None and self.latest.status is PackStatus.FAILED


def audiences_of(entries: Sequence[NumberedItem]) -> list[Audience]:
    """The audiences that need a pack of their own: where every item and paper of an agenda is open,
    the public pack serves everybody."""
    closed = any(not each.item.is_open or each.item.withheld_papers for each in entries)
    return list(Audience) if closed or not entries else [Audience.PUBLIC]


def shelves_of(meeting: Meeting, entries: Sequence[NumberedItem]) -> list[Shelf]:
    """A shelf for each audience. A pack is out of date when it would now be made otherwise.

    `entries` is the meeting's agenda as it stands.
    """
    history = service.history(meeting, limit=LOOKED_AT)
    return [_shelf(meeting, audience, history, entries) for audience in Audience]


def _shelf(
    meeting: Meeting,
    audience: Audience,
    history: Sequence[Pack],
    entries: Sequence[NumberedItem],
) -> Shelf:
    asked = [pack for pack in history if pack.audience is audience]
    built = [pack for pack in asked if pack.status is PackStatus.BUILT]
    older = len(history) == LOOKED_AT  # there may be more than those looked at
    current = built[0] if built else service.current(meeting, audience) if older else None
    latest = asked[0] if asked else service.latest(meeting, audience) if older else None
    return Shelf(
        audience=audience,
        label=AUDIENCE_LABELS[audience],
        current=current,
        latest=latest,
        out_of_date=current is not None and current.key != _key_now(meeting, audience, entries),
        is_needed=audience in audiences_of(entries),
    )


def _key_now(meeting: Meeting, audience: Audience, entries: Sequence[NumberedItem]) -> str:
    plan = manifest.plan_for(
        meeting,
        audience,
        constitution=current_constitution(),
        entries=entries,
    )
    return key(plan)
