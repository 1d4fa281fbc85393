"""How far the papers of a meeting are: what is missing, being checked, or of no use."""

from collections.abc import Sequence
from dataclasses import dataclass

from committee.agendas.models import AgendaItem
from committee.agendas.rules import KINDS_WITH_PAPERS
from committee.agendas.service import NumberedItem
from committee.reports.rules import VersionStatus

UNUSABLE = {VersionStatus.REFUSED, VersionStatus.FAILED}


@dataclass(frozen=True)
class PapersState:
    """The items that still need something done about their papers, in the agenda's order."""

    missing: tuple[NumberedItem, ...]
    unusable: tuple[NumberedItem, ...]
    checking: tuple[NumberedItem, ...]


def papers_state(entries: Sequence[NumberedItem]) -> PapersState:
    """What is still to be done, by the newest version of each paper; asks the database nothing."""
    return PapersState(
        missing=tuple(e for e in entries if is_missing(e.item)),
        unusable=tuple(e for e in entries if _newest_are(e.item, UNUSABLE)),
        checking=tuple(e for e in entries if _newest_are(e.item, {VersionStatus.RECEIVED})),
    )


def is_missing(item: AgendaItem) -> bool:
    """Whether an item that is expected to come with a paper has none."""
    return item.kind in KINDS_WITH_PAPERS and not item.papers


def _newest_are(item: AgendaItem, statuses: set[VersionStatus]) -> bool:
    return any(paper.newest.status in statuses for paper in item.papers)
