"""A committee's decision, consultation and minutes, each made for the address that names it."""

from datetime import date

from werkzeug.routing import Rule

from committee.consultations import themes
from committee.consultations.themes import ThemeFields
from committee.decisions.models import CallIn
from committee.extensions import db
from committee.meetings import attendance_others
from committee.meetings.models import Meeting
from committee.meetings.rules import Capacity
from committee.minutes import service as minutes
from committee.minutes.models import Action, Minute, Minutes, NamedVote
from committee.minutes.rules import Vote
from committee.people.models import Committee
from tests.consultations import builders as consultations
from tests.decisions import builders as decisions
from tests.people.belongings import Belongings

A_DAY = date(2018, 5, 21)


def of_consultation(committee: Committee) -> dict[str, object]:
    """A published consultation with a question, a type, a response and a theme."""
    made = consultations.a_consultation(committee, published=False)
    question = consultations.a_question(made, "Why?")
    kind = made.respondent_types[0]
    consultations.publish(made)
    response = consultations.a_response(made, kind.name)
    theme = themes.add_theme(made, ThemeFields("Cost"), by=None)
    return {
        "slug": made.slug,
        "question_id": question.id,
        "type_id": kind.id,
        "response_id": response.id,
        "theme_id": theme.id,
    }


def of_decision(committee: Committee, endpoint: str) -> dict[str, object]:
    """A decision in the forward plan or, for what follows its record, a published one."""
    if not endpoint.startswith("published_records."):
        return {"number": decisions.a_notified(committee=committee).number}
    made = decisions.a_published(committee=committee)
    asked = CallIn(requested_on=A_DAY, requested_by="Three members", reasons="The costs.")
    made.call_ins.append(asked)
    db.session.flush()
    return {"number": made.number, "call_in_id": asked.id}


def of_minutes(own: Belongings, endpoint: str) -> dict[str, object]:
    """A minute with a vote by name and an action."""
    minute = _minute(own)
    vote = NamedVote(minute_id=minute.id, councillor_id=own.membership.councillor_id, vote=Vote.FOR)
    action = Action(minute_id=minute.id, text="Report back.", owner_name="Ms A")
    db.session.add_all([vote, action])
    db.session.flush()
    row = vote if endpoint == "minute.remove_vote" else action
    return {"minute_id": minute.id, "action_id": action.id, "row_id": row.id}


def _minute(own: Belongings) -> Minute:
    begun = Minutes(meeting_id=own.meeting.id, meeting=own.meeting)
    db.session.add(begun)
    db.session.flush()
    return minutes.add_entry(begun, own.item)


def of_attendance(meeting: Meeting) -> dict[str, object]:
    """Somebody else who attended."""
    other = attendance_others.add_attendee(
        meeting, capacity=Capacity.OFFICER, name="Ms O", job_title="Director"
    )
    return {"what": "other", "row_id": other.id}


def of_the_thread(rule: Rule, own: Belongings) -> dict[str, object]:
    """What this address names, committed; nothing for one that names other things."""
    named: dict[str, object] = {}
    if rule.rule.startswith("/consultations/<slug:"):
        named = of_consultation(own.committee)
    elif rule.rule.startswith("/decisions/<decision_number:"):
        named = of_decision(own.committee, rule.endpoint)
    elif rule.rule.startswith(("/minutes/<", "/actions/<")):
        named = of_minutes(own, rule.endpoint)
    elif "/attendance/<what>" in rule.rule:
        named = of_attendance(own.meeting)
    db.session.commit()
    return named
