"""Makers of things for tests, each with sound defaults. Callers commit."""

import itertools
from datetime import UTC, date, datetime, time
from io import BytesIO

import pikepdf

from committee.agendas import classing
from committee.agendas import service as agendas
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind, Part
from committee.agendas.service import ItemFields
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.people import service as people
from committee.people import users
from committee.people.models import Committee, Membership, User
from committee.people.roles import MemberRole, Role
from committee.reports import service as reports
from committee.reports.models import Paper, PaperVersion
from committee.reports.service import Upload
from committee.storage import current_storage

_numbers = itertools.count(1)

A_DAY = date(2026, 5, 12)
A_MOMENT = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)

EXEMPT = Said(
    Classification.EXEMPT,
    paragraphs=(3,),
    must_be_registered=False,
    own_planning=False,
    factors_for="Bids are still to come.",
    factors_against="Public money is spent.",
    outweighs=True,
    conclusion="A fair price matters more until the bids are in.",
    review_on=date(2027, 3, 1),
)

# What another officer does, in a transaction of its own, who makes the item with this id exempt.
MADE_EXEMPT = (
    "UPDATE agenda_item SET classification = 'exempt', exempt_paragraphs = '{3}' WHERE id = :id",
    "INSERT INTO determination (subject_kind, subject_id, classification, exempt_paragraphs, "
    "terms_of_contract, factors_for, factors_against, conclusion, review_on, decided_at) "
    "VALUES ('agenda_item', :id, 'exempt', '{3}', false, 'a', 'b', 'c', '2027-03-01', now())",
)


def a_user(role: Role = Role.DEMOCRATIC_SERVICES_OFFICER, password: str | None = None) -> User:
    """Someone with an account."""
    number = next(_numbers)
    return users.add_user(f"person{number}@example.org", f"Person {number}", password, role=role)


def a_committee(name: str | None = None, *, seats: int | None = None) -> Committee:
    """A committee of the one council."""
    council = people.the_council() or people.add_council("Example County Council")
    return people.add_committee(council, name=name or f"Committee {next(_numbers)}", seats=seats)


def a_member(
    committee: Committee,
    name: str | None = None,
    *,
    group: str | None = "Independent",
    role: MemberRole = MemberRole.MEMBER,
    since: date = date(2025, 5, 20),
) -> Membership:
    """Someone seated on the committee."""
    council = committee.council
    councillor = people.councillor_named(
        council,
        name or f"Cllr {next(_numbers)}",
        people.group_named(council, group) if group else None,
    )
    return people.add_membership(committee, councillor, role=role, started_on=since)


def a_meeting(committee: Committee | None = None, *, held_on: date = A_DAY) -> Meeting:
    """A meeting at ten in the morning."""
    return meetings.schedule(
        committee or a_committee(), held_on=held_on, starts_at=time(10, 0), place="Council Chamber"
    )


def an_item(
    meeting: Meeting,
    title: str | None = None,
    *,
    kind: ItemKind = ItemKind.REPORT,
    part: Part = Part.OPEN,
    public_title: str | None = None,
) -> AgendaItem:
    """An agenda item, at the end of its part: opened, or exempt after a public interest test."""
    item = agendas.add_item(meeting, ItemFields(kind=kind, title=title or f"Item {next(_numbers)}"))
    opened_or_closed(item, part, public_title=public_title)
    return item


def opened_or_closed(item: AgendaItem, part: Part, *, public_title: str | None = None) -> None:
    """Give an item its class, as an officer does on the item's page."""
    said = EXEMPT if part is Part.EXEMPT else OPENED
    fields = ClassFields(said, public_title)
    classing.open_with_papers(item, fields, acknowledged=True, now=A_MOMENT, today=A_DAY)


def an_upload(name: str = "report.pdf", content: bytes = b"%PDF-") -> Upload:
    """A stored file that nobody has checked yet."""
    return Upload(name, current_storage().save(BytesIO(content)))


def a_paper(
    item: AgendaItem, *, name: str = "report.pdf", content: bytes | None = None
) -> PaperVersion:
    """A paper whose check is owed, opened as an officer does; without `content` a sound PDF of two
    pages."""
    version = reports.receive_paper(item.id, an_upload(name, content or a_pdf(2)))
    opened(version.paper)
    return version


def opened(paper: Paper) -> None:
    """Open a paper, as an officer does on its page."""
    confidentiality.classify(paper, OPENED, now=A_MOMENT, today=A_DAY)


def a_pdf(pages: int, *, words: str = "Paper") -> bytes:
    """A sound PDF of so many A4 pages, each with the words and its page number in the paper."""
    made = BytesIO()
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            text = f"BT /F1 12 Tf 72 700 Td ({words} {number}) Tj ET"
            page.Contents = pdf.make_stream(text.encode("latin-1"))
        pdf.save(made, deterministic_id=True)
    return made.getvalue()
