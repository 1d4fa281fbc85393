"""Everything that is kept of councillors and memberships, as rows of the files that bring it in."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from committee.extensions import db
from committee.people import councillors_file, councillors_kept, memberships_file
from committee.people.memberships import REALLY_WAS
from committee.people.models import Committee, Council, Councillor, Membership
from committee.people.rules import ContactKind, EndReason
from committee.people.sheets import written
from committee.people.tenure_models import ContactDetail, TermOfOffice


def councillors(council: Council) -> Iterator[str]:
    """The file of every councillor, a row for each term; one row for those without a term."""
    return written(councillors_file.ORDER, _councillor_rows(council))


def memberships(council: Council) -> Iterator[str]:
    """The file of every membership, past ones too; not what was entered in error."""
    return written(memberships_file.ORDER, _membership_rows(council))


def _councillor_rows(council: Council) -> Iterator[list[str]]:
    terms = councillors_kept.kept_terms(council)
    contacts = councillors_kept.kept_contacts(council)
    everyone = select(Councillor).where(Councillor.council_id == council.id)
    everyone = everyone.options(joinedload(Councillor.group))
    for councillor in db.session.scalars(everyone.order_by(Councillor.name, Councillor.id)):
        reached = [
            cell
            for kind in ContactKind
            for cell in _contact_cells(contacts.get((councillor.id, kind)))
        ]
        own = terms.get(councillor.id, {})
        who = [str(councillor.id), councillor.name]
        for day in sorted(own):
            yield [*who, *_term_cells(own[day]), *reached]
        if not own:
            group = councillor.group.name if councillor.group else ""
            yield [*who, group, "", "", "", "", *reached]


def _term_cells(term: TermOfOffice) -> list[str]:
    return [
        term.group.name if term.group else "",
        term.division,
        term.started_on.isoformat(),
        term.ended_on.isoformat() if term.ended_on else "",
        term.ended_because.value if term.ended_because else "",
    ]


def _contact_cells(contact: ContactDetail | None) -> list[str]:
    if contact is None:
        return ["", ""]
    return [contact.value, "yes" if contact.published else "no"]


def _membership_rows(council: Council) -> Iterator[list[str]]:
    found = (
        select(Membership, Committee.name)
        .join(Committee, Committee.id == Membership.committee_id)
        .where(Committee.council_id == council.id, REALLY_WAS)
        .options(joinedload(Membership.councillor))
        .order_by(Committee.name, Membership.started_on, Membership.print_order, Membership.id)
    )
    for row in db.session.execute(found):
        member = row.Membership
        reason = (member.ended_because or EndReason.ENDED) if member.ended_on else None
        yield [
            row.name,
            str(member.councillor_id),
            member.councillor.name,
            member.role.value,
            member.voting.value,
            member.started_on.isoformat(),
            member.ended_on.isoformat() if member.ended_on else "",
            reason.value if reason else "",
        ]
