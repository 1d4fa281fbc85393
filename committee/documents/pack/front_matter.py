"""Cover, membership and agenda of a pack, typeset as a tagged PDF/UA document of its own."""

import io
from dataclasses import dataclass
from datetime import time
from typing import Any

from pikepdf import Pdf

from committee.documents.pack.layout import Layout
from committee.documents.pack.lettering import Wording, sound_line
from committee.documents.pack.plan import GroupLine, MemberLine, PackItem, PackPlan
from committee.documents.pack.typesetting import typeset_wording, typesetting_of

ITEM_LINK = "quorate-item:"
"""Agenda lines are typeset as links to this private scheme; the builder turns them into links
to the item's first page."""

WORDS = {
    "restricted": "RESTRICTED – contains exempt information, not for publication",
    "cover_kind": "Agenda and papers for the meeting of the",
    "meeting": "The meeting",
    "at": "at",
    "contact": "Ask for",
    "telephone": "Telephone:",
    "email": "Email:",
    "group": "Group",
    "members": "Members",
    "agenda": "Agenda",
}
PUBLIC_FOOT = "This pack holds the agenda and the papers that are open to the public."
RESTRICTED_FOOT = (
    "For members of the committee and named officers only. Keep it safe; do not copy it."
)
OPEN_PART = (
    "Open items",
    "The press and the public may normally attend while these are discussed.",
)
EXEMPT_PART = ("Exempt items", "The press and the public are likely to be excluded for these.")
NO_OPEN = "There are no open items on this agenda."
NO_EXEMPT = "None had been put forward when this agenda was prepared."


@dataclass(frozen=True)
class FrontMatter:
    """The typeset document as PDF bytes, and a warning for each character that was replaced."""

    pdf: bytes
    warnings: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages it turned out to have."""
        with Pdf.open(io.BytesIO(self.pdf)) as pdf:
            return len(pdf.pages)


def in_words(plan: PackPlan) -> tuple[str, str]:
    """The meeting's date and time as a council prints them: "Tuesday, 8 May 2018", "10.00 am"."""
    day = f"{plan.date:%A}, {plan.date.day} {plan.date:%B %Y}"
    return day, _time_in_words(plan.time)


def _time_in_words(at: time) -> str:
    """Noon and midnight go by name, as 12 am and 12 pm mislead; the pages say the same."""
    if at.minute == 0 and at.hour % 12 == 0:
        return "noon" if at.hour else "midnight"
    half = "am" if at.hour < 12 else "pm"
    return f"{at.hour % 12 or 12}.{at.minute:02} {half}"


def title_of(plan: PackPlan) -> str:
    """The title of the whole pack, as viewers show it."""
    marking = " (restricted)" if plan.audience == "restricted" else ""
    date = f"{plan.date.day} {plan.date:%B %Y}"
    return f"Agenda pack: {sound_line(plan.committee)}, {date}{marking}"


def _member(member: MemberLine) -> str:
    return f"{member.name} ({member.role})" if member.role else member.name


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    # A name may itself hold a comma ("Mrs Allen, MBE"), and still reads well in this form.
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _group(group: GroupLine, wording: Wording) -> dict[str, str]:
    return {
        "name": wording.printable(f"{group.name} ({len(group.members)})"),
        "members": wording.printable(_listed([_member(one) for one in group.members])),
    }


def _membership(plan: PackPlan) -> str:
    total = sum(len(group.members) for group in plan.groups)
    vacant = {0: "", 1: " and 1 vacancy"}.get(plan.vacancies, f" and {plan.vacancies} vacancies")
    return f"Membership ({total}{vacant})"


def _item(index: int, item: PackItem, relative: Layout, wording: Wording) -> dict[str, Any]:
    place = relative.items[index]
    return worded(item, wording) | {
        "index": index,
        "first": place.first_page,
        "last": place.last_page,
    }


def worded(item: PackItem, wording: Wording) -> dict[str, Any]:
    """An item as an agenda prints it: its number, its name, and the notes beneath."""
    name = f"{item.decision_number} - {item.title}" if item.decision_number else item.title
    notes = [note for note in (item.description, item.exempt_reason) if note]
    return {
        "number": wording.printable(item.number),
        "name": wording.printable(name) or "Untitled item",
        "notes": [wording.printable(line) for note in notes for line in _paragraphs(note)],
    }


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _parts(plan: PackPlan, relative: Layout, wording: Wording) -> list[dict[str, Any]]:
    parts = []
    for exempt, (heading, explanation), empty in (
        (False, OPEN_PART, NO_OPEN),
        (True, EXEMPT_PART, NO_EXEMPT),
    ):
        items = [
            _item(index, item, relative, wording)
            for index, item in enumerate(plan.items)
            if item.exempt is exempt
        ]
        parts.append(
            {"heading": heading, "explanation": explanation, "items": items, "empty": empty}
        )
    return parts


def _contact(plan: PackPlan, wording: Wording) -> dict[str, str | None] | None:
    if plan.contact is None:
        return None
    return {
        name: wording.printable(value) if value else None
        for name, value in vars(plan.contact).items()
    }


def contents(plan: PackPlan, relative: Layout, wording: Wording) -> dict[str, Any]:
    """All that the template prints. `relative` is the layout behind front matter of no pages."""
    day, time = in_words(plan)
    return {
        "title": wording.printable(title_of(plan)),
        **typesetting_of(plan.language),
        "scheme": ITEM_LINK,
        "colour": plan.colour,
        "audience": plan.audience,
        "council": wording.printable(plan.council),
        "committee": wording.printable(plan.committee) or "Committee",
        "date": day,
        "time": time,
        "place": wording.printable(plan.place),
        "contact": _contact(plan, wording),
        "membership": _membership(plan),
        "groups": [_group(group, wording) for group in plan.groups],
        "notices": [
            {
                "heading": wording.printable(notice.heading) or "Notice",
                "paragraphs": [wording.printable(one) for one in _paragraphs(notice.text)],
            }
            for notice in plan.notices
        ],
        "parts": _parts(plan, relative, wording),
        "closing": [wording.printable(note) for note in plan.closing_notes],
        "words": WORDS
        | {"cover_foot": RESTRICTED_FOOT if plan.audience == "restricted" else PUBLIC_FOOT},
    }


def front_matter(plan: PackPlan, relative: Layout) -> FrontMatter:
    """Typeset the front matter of a pack.

    `relative` is the layout behind front matter of no pages: the template itself adds the number
    of pages that the front matter turns out to have.
    """
    made = typeset_wording("front_matter.typ", lambda wording: contents(plan, relative, wording))
    return FrontMatter(*made)
