"""Makers of things for tests, each with sound defaults. Callers commit."""

import itertools
from datetime import date, time
from io import BytesIO

import pikepdf

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind, Part
from committee.agendas.service import ItemFields
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.people import service as people
from committee.people import users
from committee.people.models import Committee, Membership, User
from committee.people.roles import MemberRole, Role
from committee.reports import service as reports
from committee.reports.models import PaperVersion
from committee.reports.service import Upload
from committee.storage import current_storage

_numbers = itertools.count(1)

A_DAY = date(2026, 5, 12)


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
    """An agenda item, at the end of its part."""
    return agendas.add_item(
        meeting,
        ItemFields(
            kind=kind,
            title=title or f"Item {next(_numbers)}",
            part=part,
            public_title=public_title,
            exempt_paragraphs=(3,) if part is Part.EXEMPT else (),
        ),
    )


def an_upload(name: str = "report.pdf", content: bytes = b"%PDF-") -> Upload:
    """A stored file that nobody has checked yet."""
    return Upload(name, current_storage().save(BytesIO(content)))


def a_paper(
    item: AgendaItem, *, name: str = "report.pdf", content: bytes | None = None
) -> PaperVersion:
    """A paper whose check is owed. Without `content` it is a sound PDF of two pages."""
    return reports.receive_paper(item.id, an_upload(name, content or a_pdf(2)))


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
