"""Which item of an agenda a file is meant for, told from the number with which its name begins."""

import re
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from committee.agendas.models import AgendaItem
from committee.agendas.service import NumberedItem
from committee.reports.rules import PaperKind
from committee.reports.service import title_from

# `07 School places.docx`, `item-7-costs.pdf`, `Agenda item 7a.pdf`; no year, date, or count as in
# `5 year plan.pdf` and `1 of 3.pdf`.
_MONTHS = "|".join(f"{name[:3]}|{name}" for name in month_name if name)
_NOT_BEFORE = rf"(?:{_MONTHS}|sept|of|to|and|years?|months?|weeks?|days?|hours?|pages?|copies)"
_NUMBER = re.compile(
    r"\s*(?:agenda[\s_-]*)?(?:item[\s_-]*)?0*(?P<number>[1-9][0-9]{0,2})(?P<letter>[a-z])?"
    r"(?![0-9a-z])(?![-. _/]+[0-9]{1,2}[-. _/]+[0-9]{2,4})"
    rf"(?![-. _]*{_NOT_BEFORE}(?![a-z]))",
    re.IGNORECASE,
)
_APPENDIX = re.compile(r"(?<![a-z])(?:appendix|annex|annexe)(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a file belongs: its item, its title, and its kind where the name tells it."""

    item: AgendaItem
    title: str
    kind: PaperKind | None = None


def place_of(name: str, entries: Sequence[NumberedItem]) -> Place | None:
    """The place of a file with this name, or none where its name begins with no item's number.

    A letter after the number, as in `7a`, marks an appendix of item 7, unless an item of the
    agenda is itself numbered 7a.
    """
    found = _NUMBER.match(name)
    if found is None:
        return None
    by_number = {entry.number.lower(): entry.item for entry in entries}
    number, letter = found["number"], (found["letter"] or "").lower()
    item = by_number.get(number + letter) or by_number.get(number)
    if item is None:
        return None
    lettered = bool(letter) and number + letter not in by_number
    kind = PaperKind.APPENDIX if lettered or _APPENDIX.search(name) else None
    rest = PurePath(name).stem[found.end() :].strip(" ._-–—")
    return Place(item, title_from(f"{rest}.pdf") if rest else item.title, kind)
