"""Councillors, their terms, seats of groups, substitutes, and files of them that were sent."""

from datetime import date, timedelta

from committee.clock import now, today
from committee.extensions import db
from committee.people.models import Councillor
from committee.people.people_files import FileKind
from committee.people.rules import EndReason
from committee.people.tenure_models import GroupSeats, NamedSubstitute, PeopleFile, TermOfOffice
from tests import builders
from tests.matrix.council import Council, Names, States

BEGAN = date(2021, 5, 6)
DAY = timedelta(days=1)
RUNNING, ENDED = "running", "ended"


def of_councillors(council: Council) -> dict[str, States]:
    """Every kind that this module knows."""
    return {
        "councillor": {"in office": {"councillor_id": _councillor(council).id}},
        "term of office": _terms(council),
        "seats of a group": _seats(council),
        "named substitute": _substitutes(council),
        "file of people": _files(council),
    }


def _councillor(council: Council) -> Councillor:
    found = builders.a_member(council.elsewhere).councillor
    db.session.flush()
    return found


def _added(row: TermOfOffice | GroupSeats | NamedSubstitute, state: str) -> int:
    """Put the row in, running or ended; its id."""
    row.started_on = BEGAN
    if state == ENDED:
        row.ended_on, row.ended_because = today() - DAY, next(iter(EndReason))
    db.session.add(row)
    db.session.flush()
    return row.id


def _terms(council: Council) -> States:
    found: dict[str, Names] = {}
    for state in (RUNNING, ENDED):
        who = _councillor(council)
        row = TermOfOffice(councillor_id=who.id, division="Ashford Central")
        found[state] = {"councillor_id": who.id, "term_id": _added(row, state)}
    foreign = {"term_id": found[RUNNING]["term_id"]}
    return found | {"of somebody else": {**found[ENDED], **foreign}}


def _seats(council: Council) -> States:
    found: dict[str, Names] = {}
    for state in (RUNNING, ENDED):
        group = _councillor_with_group(council)
        row = GroupSeats(committee_id=council.home.id, group_id=group.group_id, seats=2)
        found[state] = {"slug": council.home.slug, "allotment_id": _added(row, state)}
    row = GroupSeats(committee_id=council.elsewhere.id, group_id=None, seats=1)
    foreign = {"allotment_id": _added(row, RUNNING)}
    return found | {"of another committee": {**found[ENDED], **foreign}}


def _councillor_with_group(council: Council) -> Councillor:
    number = db.session.query(GroupSeats).count()
    found = builders.a_member(council.elsewhere, group=f"Group {number}").councillor
    db.session.flush()
    return found


def _substitutes(council: Council) -> States:
    found: dict[str, Names] = {}
    for state in (RUNNING, ENDED):
        row = NamedSubstitute(committee_id=council.home.id, councillor_id=_councillor(council).id)
        found[state] = {"slug": council.home.slug, "named_id": _added(row, state)}
    row = NamedSubstitute(committee_id=council.elsewhere.id, councillor_id=_councillor(council).id)
    foreign = {"named_id": _added(row, RUNNING)}
    return found | {"of another committee": {**found[ENDED], **foreign}}


def _files(council: Council) -> States:
    found: States = {}
    for state in ("waiting", "brought in", "thrown away"):
        row = PeopleFile(
            kind=next(iter(FileKind)).value,
            name="councillors.csv",
            sha256="0" * 64,
            content=b"name\nSomebody\n" if state == "waiting" else None,
            user_id=council.user("administrator").id,
            brought_in_at=now() if state == "brought in" else None,
        )
        db.session.add(row)
        db.session.flush()
        found[state] = {"file_id": row.id}
    return found
