"""What is kept of councillors, to set beside what a file says of them."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from committee.extensions import db
from committee.people.councillors import REALLY_WAS
from committee.people.file_fields import Person
from committee.people.models import Council, Councillor, PoliticalGroup
from committee.people.rules import ContactKind
from committee.people.tenure_models import ContactDetail, TermOfOffice


def kept_terms(council: Council) -> dict[Person, dict[date, TermOfOffice]]:
    """The terms that are kept, by the councillor's id and the first day."""
    terms = select(TermOfOffice).join(Councillor, Councillor.id == TermOfOffice.councillor_id)
    terms = terms.where(Councillor.council_id == council.id, REALLY_WAS)
    found: dict[Person, dict[date, TermOfOffice]] = defaultdict(dict)
    terms = terms.options(joinedload(TermOfOffice.group)).order_by(TermOfOffice.id)
    for term in db.session.scalars(terms):
        found[term.councillor_id][term.started_on] = term
    return dict(found)


def kept_contacts(council: Council) -> dict[tuple[Person, ContactKind], ContactDetail]:
    """The contact details that are kept, by the councillor's id and the kind."""
    found = select(ContactDetail).join(Councillor, Councillor.id == ContactDetail.councillor_id)
    found = found.where(Councillor.council_id == council.id).order_by(ContactDetail.id)
    return {(each.councillor_id, each.kind): each for each in db.session.scalars(found)}


def kept_groups(council: Council) -> dict[Person, str]:
    """The group of today of each who is in one, by the councillor's id."""
    found = select(Councillor.id, PoliticalGroup.name).join(
        PoliticalGroup, PoliticalGroup.id == Councillor.group_id
    )
    found = found.where(Councillor.council_id == council.id).order_by(Councillor.id)
    return {row.id: row.name for row in db.session.execute(found)}
