"""Gives both copies of a meeting's pack the same page numbers.

A member with the restricted copy and a resident with the public one must mean the same by "page
39". Open papers come first, so only the front matter can set the numbers apart: the restricted
copy prints more about exempt items. The public copy knows nothing of that and is never lengthened,
as its length would tell. It is the restricted copy that keeps to the length of the public one.
What it then has no room for is printed on a sheet of its own before the exempt papers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from committee.documents.pack.front_matter import FrontMatter, front_matter, worded
from committee.documents.pack.layout import even, lay_out
from committee.documents.pack.lettering import Wording
from committee.documents.pack.plan import PackItem, PackPaper, PackPlan
from committee.documents.pack.typesetting import typeset_wording, typesetting_of

SHEET_TITLE = "Exempt items in full"
SHEET_WORDS = {
    "heading": SHEET_TITLE,
    "explanation": "The agenda at the front names these items as the public copy does, so that "
    "both copies have the same page numbers.",
}
NUMBERED_APART = (
    "The pages of this pack are not numbered like those of the public pack, because its cover is "
    "longer. Shorten what the cover says, such as the name of the place."
)


@dataclass(frozen=True)
class Front:
    """The front matter as PDF bytes, and the pages it takes in the pack: `reserved`, an even
    number, be they filled or not. `sheet` is the PDF that tells of exempt items in full, where the
    front matter does not."""

    pdf: bytes
    reserved: int
    warnings: tuple[str, ...]
    sheet: bytes | None = None


def front_for(plan: PackPlan, counts: Sequence[Sequence[int]]) -> Front:
    """The front matter of a pack whose papers have `counts` pages, for each item."""
    own = front_matter(plan, lay_out(0, counts))
    if plan.audience == "public" or not any(item.exempt for item in plan.items):
        return Front(own.pdf, even(own.pages), own.warnings)
    reserved = _pages_in_public(plan, counts)
    if even(own.pages) > reserved:
        return _with_sheet(plan, counts, reserved)
    return _front(plan, counts, own, reserved)


def _pages_in_public(plan: PackPlan, counts: Sequence[Sequence[int]]) -> int:
    """The even number of pages that the front matter of the public copy takes."""
    public = replace(
        plan,
        audience="public",
        items=tuple(
            replace(_as_in_public(item), papers=()) if item.exempt else item for item in plan.items
        ),
    )
    shown = [[] if item.exempt else row for item, row in zip(plan.items, counts, strict=True)]
    return even(front_matter(public, lay_out(0, shown)).pages)


def _as_in_public(item: PackItem) -> PackItem:
    """An exempt item in the words that the public copy has for it, its papers kept."""
    title = item.public_title or item.title
    return replace(item, title=title, description=None, decision_number=None)


def _with_sheet(plan: PackPlan, counts: Sequence[Sequence[int]], reserved: int) -> Front:
    brief = replace(
        plan,
        items=tuple(_as_in_public(item) if item.exempt else item for item in plan.items),
    )
    sheet = _exempt_sheet(plan)
    longer = [list(pages) for pages in counts]
    longer[sheet_row(plan)].insert(0, sheet.pages)
    own = front_matter(brief, lay_out(0, longer))
    front = _front(brief, longer, own, reserved)
    return replace(front, warnings=(*front.warnings, *sheet.warnings), sheet=sheet.pdf)


def _front(
    plan: PackPlan, counts: Sequence[Sequence[int]], own: FrontMatter, reserved: int
) -> Front:
    """The front matter `own`, set once more where blank pages after it move what it tells."""
    blank = reserved - even(own.pages)
    if blank < 0:
        return Front(own.pdf, even(own.pages), (*own.warnings, NUMBERED_APART))
    if blank > 0:
        own = front_matter(plan, lay_out(blank, counts))
    return Front(own.pdf, reserved, own.warnings)


def sheet_row(plan: PackPlan) -> int:
    """The row of the first exempt item, whose papers begin with the sheet."""
    return next(row for row, item in enumerate(plan.items) if item.exempt)


def _sheet_paper(plan: PackPlan) -> PackPaper:
    marks = [paper.marking for item in plan.items for paper in item.papers if paper.marking]
    marking = "\n".join(dict.fromkeys(marks)) or "NOT FOR PUBLICATION"
    return PackPaper(SHEET_TITLE, "appendix", None, 1, marking=marking)


def with_sheet(plan: PackPlan) -> PackPlan:
    """The plan with the sheet before the papers of the first exempt item."""
    row, items = sheet_row(plan), list(plan.items)
    items[row] = replace(items[row], papers=(_sheet_paper(plan), *items[row].papers))
    return replace(plan, items=tuple(items))


def _exempt_sheet(plan: PackPlan) -> FrontMatter:
    def contents(wording: Wording) -> dict[str, Any]:
        return {
            **typesetting_of(plan.language),
            "colour": plan.colour,
            "items": [worded(item, wording) for item in plan.items if item.exempt],
            "words": SHEET_WORDS,
        }

    return FrontMatter(*typeset_wording("exempt_items.typ", contents))
