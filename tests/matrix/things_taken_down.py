"""Takedowns in each of their states, what may be taken down, and the addresses where it stood."""

from sqlalchemy import select

from committee.agendas.models import AgendaVersion
from committee.clock import now
from committee.consultations.models import Consultation, SummaryVersion
from committee.decisions.models import Decision, DecisionNotice, RecordVersion
from committee.extensions import db
from committee.minutes.models import Minutes, MinutesVersion
from committee.takedowns import service
from committee.takedowns.models import Takedown
from committee.takedowns.rules import PublishedKind, TakedownStatus
from committee.takedowns.things import published_thing
from tests.matrix.council import Council, Names, States

GONE = "taken down"


def of_takedowns(council: Council, things: dict[str, States]) -> dict[str, States]:
    """What this module adds to the things that are published already."""
    _stopped(council, things)
    return {"published thing": _to_stop(things), "takedown": _takedowns(council, things)}


def _to_stop(things: dict[str, States]) -> States:
    """One of each kind that is in public view, and what was never in it."""
    paper = things["paper of an agenda"]
    found = {
        "paper": (PublishedKind.PAPER, paper["open"]["version_id"]),
        "agenda": (PublishedKind.AGENDA, _agenda(things).id),
        "notice": (PublishedKind.NOTICE, _notice(things["decision"]["notified"]).id),
        "record": (PublishedKind.RECORD, _record(things["record of a decision"]["final"]).id),
        "minutes": (PublishedKind.MINUTES, _minutes(things["minutes"]["approved"]).id),
        "summary": (
            PublishedKind.SUMMARY,
            _results(things["results of a consultation"]["published"]).id,
        ),
        "consultation": (
            PublishedKind.CONSULTATION,
            _consultation(things["consultation"]["published"]).id,
        ),
        "exempt paper": (PublishedKind.PAPER, paper["exempt"]["version_id"]),
        "draft consultation": (
            PublishedKind.CONSULTATION,
            _consultation(things["consultation"]["draft"]).id,
        ),
    }
    return {state: {"kind": kind.value, "subject_id": id_} for state, (kind, id_) in found.items()}


def _takedowns(council: Council, things: dict[str, States]) -> States:
    found: States = {}
    for status in TakedownStatus:
        made = _take_down(
            council,
            PublishedKind.NOTICE,
            _notice(things["decision"]["withdrawn"]).id,
            may_allow=status in (TakedownStatus.IN_FORCE, TakedownStatus.LIFTED),
        )
        if status is TakedownStatus.REFUSED:
            service.refuse(made, reason="It is right.", now=now(), by=None)
        elif status is TakedownStatus.LIFTED:
            service.lift(made, reason="It was right.", now=now(), by=None)
        else:
            made.subject_id = -1 - made.id  # so that the next one may be asked for
        db.session.flush()
        found[status.value] = {"takedown_id": made.id}
    return found


def _take_down(council: Council, kind: PublishedKind, id_: int, *, may_allow: bool) -> Takedown:
    thing = published_thing(kind, id_)
    assert thing
    by = council.user("monitoring officer").id
    made = service.take_down(thing, reason="A home address.", now=now(), by=by, may_allow=may_allow)
    db.session.flush()
    return made


def _stopped(council: Council, things: dict[str, States]) -> None:
    """Take one thing of each kind down that has addresses of its own."""
    stopped = (
        ("record of a decision", PublishedKind.RECORD, _record),
        ("results of a consultation", PublishedKind.SUMMARY, _results),
        ("version of minutes", PublishedKind.MINUTES, _minutes),
    )
    for kind, published, find in stopped:
        names = things[kind][GONE]
        _take_down(council, published, find(names).id, may_allow=True)


def _agenda(things: dict[str, States]) -> AgendaVersion:
    meeting = things["published agenda"]["published"]["meeting_id"]
    found = select(AgendaVersion).where(AgendaVersion.meeting_id == meeting)
    return db.session.scalars(found).one()


def _notice(names: Names) -> DecisionNotice:
    found = select(DecisionNotice).join(Decision).where(Decision.number == names["number"])
    return db.session.scalars(found).one()


def _record(names: Names) -> RecordVersion:
    found = select(RecordVersion).join(Decision).where(Decision.number == names["number"])
    return db.session.scalars(found).one()


def _minutes(names: Names) -> MinutesVersion:
    found = select(MinutesVersion).join(Minutes).where(Minutes.meeting_id == names["meeting_id"])
    return db.session.scalars(found).one()


def _results(names: Names) -> SummaryVersion:
    found = select(SummaryVersion).join(Consultation).where(Consultation.slug == names["slug"])
    return db.session.scalars(found).one()


def _consultation(names: Names) -> Consultation:
    return db.session.scalars(select(Consultation).where(Consultation.slug == names["slug"])).one()
