"""Published things for the search to find: an agenda with a paper, a decision, a consultation."""

from datetime import UTC, date, datetime, time
from io import BytesIO

from sqlalchemy import select

from committee.agendas import publishing
from committee.agendas.models import AgendaVersion
from committee.agendas.rules import Part
from committee.agendas.service import numbered_items
from committee.constitution import DecisionChoices
from committee.consultations.models import Consultation
from committee.consultations.rules import ConsultationStatus
from committee.decisions.models import Decision, DecisionNotice, DecisionRecord
from committee.decisions.notices import contents_now
from committee.decisions.rules import DecisionStatus, Restriction
from committee.documents.preparation import Prepared
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.people import service as people
from committee.people.models import Committee, Portfolio
from committee.reports import service as reports
from committee.storage import current_storage
from committee.work.models import Work
from committee.work.rules import WorkKind, WorkStatus
from tasks.perform import perform_now
from tests import builders

MEETING_DAY = date(2018, 5, 8)
PUBLISHED = date(2018, 4, 27)
SECRET = "Blackacre"


def a_paper_of(meeting: Meeting, title: str, content: bytes, pages: int) -> int:
    """An accepted paper under the item of that title; its version's id."""
    item = next(e.item for e in numbered_items(meeting) if e.item.title == title)
    version = builders.a_paper(item, name="Paper.pdf", content=content)
    stored = current_storage().save(BytesIO(content))
    path = current_storage().local_path(stored.sha256)
    prepared = Prepared(path, pages, tagged=False, notices=(), title=None)
    reports.record_accepted(version, prepared, stored, now=noon(PUBLISHED))
    db.session.commit()
    db.session.expire_all()
    return version.id


def noon(day: date) -> datetime:
    """That day at noon, UTC."""
    return datetime.combine(day, time(12), UTC)


def a_meeting() -> Meeting:
    """A meeting with an open item, which has a paper, and an exempt one, which has one too."""
    meeting = builders.a_meeting(builders.a_committee("Schools Committee"), held_on=MEETING_DAY)
    builders.an_item(meeting, "Travel to college")
    builders.an_item(meeting, f"Sale of {SECRET}", part=Part.EXEMPT, public_title="A property")
    db.session.commit()
    a_paper_of(meeting, "Travel to college", builders.a_pdf(5, words="Bursaries on page"), 5)
    a_paper_of(meeting, f"Sale of {SECRET}", builders.a_pdf(1, words=f"{SECRET} price"), 1)
    return meeting


def publish(
    meeting: Meeting, *, change: str | None = None, pack: Pack | None = None
) -> AgendaVersion:
    """Publish the agenda and do the work of indexing it."""
    version = publishing.publish(
        meeting,
        today=PUBLISHED,
        now=noon(PUBLISHED),
        by=None,
        reasons=publishing.Reasons(change=change),
        packs=(pack.id if pack else None, None),
    )
    db.session.commit()
    do_owed(version)
    return version


def do_owed(version: AgendaVersion) -> None:
    """Index the version as a worker does."""
    owed = select(Work.id).where(
        Work.kind == WorkKind.INDEX_AGENDA,
        Work.subject_id == version.id,
        Work.status == WorkStatus.DUE,
    )
    for work_id in db.session.scalars(owed.order_by(Work.id)).all():
        assert perform_now(work_id)


def a_pack(meeting: Meeting, first_page: int, last_page: int) -> Pack:
    """A built pack that says where the first item's papers are."""
    pack = Pack(
        meeting=meeting,
        audience=Audience.PUBLIC,
        status=PackStatus.BUILT,
        file_sha256="0" * 64,
        pages=last_page,
        contents=[
            {
                "number": "1",
                "title": "Travel to college",
                "first_page": first_page,
                "last_page": last_page,
                "warnings": [],
            }
        ],
        warnings=[],
    )
    db.session.add(pack)
    db.session.commit()
    return pack


def a_decision(
    committee: Committee, number: str = "18/00016", *, status: DecisionStatus | None = None
) -> Decision:
    """A decision, with a notice unless it is a draft."""
    council = people.the_council()
    assert council is not None
    portfolio = db.session.query(Portfolio).order_by(Portfolio.id).first()
    if portfolio is None:
        portfolio = Portfolio(council_id=council.id, title="Cabinet Member for Schools")
        db.session.add(portfolio)
        db.session.flush()
    decision = Decision(
        number=number,
        title="Travel cards for sixth forms",
        matter="Whether to subsidise travel.",
        portfolio_id=portfolio.id,
        committee_id=committee.id,
        is_key=False,
        restriction=Restriction.OPEN,
        status=status or DecisionStatus.NOTIFIED,
        notified_on=date(2018, 4, 17),
        end_reason="Not needed." if status is DecisionStatus.WITHDRAWN else None,
        consultation_quotes=[],
        record=DecisionRecord(),
    )
    db.session.add(decision)
    db.session.flush()
    if decision.status is not DecisionStatus.DRAFT:
        a_notice(decision, 1)
    return decision


def a_notice(decision: Decision, number: int, matter: str | None = None) -> None:
    """A notice of the decision."""
    db.session.add(
        DecisionNotice(
            decision_id=decision.id,
            number=number,
            published_at=noon(date(2018, 4, 17)),
            published_on=date(2018, 4, 17),
            contents={
                **contents_now(decision, DecisionChoices(), today=date(2018, 4, 17)),
                "matter": matter or decision.matter,
                "earliest_on": "",
                "earliest_basis": None,
                "first_published_on": "2018-04-17",
            },
            change_reason="A change." if number > 1 else None,
        )
    )
    db.session.flush()


def a_consultation(committee: Committee, slug: str = "sixth-form-travel") -> Consultation:
    """A consultation that is open."""
    consultation = Consultation(
        committee_id=committee.id,
        slug=slug,
        title="Sixth form travel",
        proposal="We propose to subsidise a card for apprentices.",
        opens_on=date(2018, 2, 26),
        closes_on=date(2018, 4, 8),
        status=ConsultationStatus.PUBLISHED,
        published_at=noon(date(2018, 2, 26)),
    )
    db.session.add(consultation)
    db.session.flush()
    return consultation
