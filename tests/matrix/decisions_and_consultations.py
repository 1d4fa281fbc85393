"""Decisions, call-ins, consultations and responses in each of their states."""

from datetime import timedelta

from sqlalchemy import select

from committee.clock import today
from committee.confidentiality.rules import OPENED
from committee.consultations import publishing as summaries
from committee.consultations import service as consulting
from committee.consultations import themes
from committee.consultations.models import Consultation
from committee.consultations.rules import ConsultationStatus
from committee.consultations.themes import ThemeFields
from committee.decisions import publishing as records
from committee.decisions.models import CallIn, Decision, RecordVersion
from committee.decisions.rules import CallInStatus, DecisionStatus, Restriction
from committee.extensions import db
from committee.people.models import Portfolio
from tests.consultations import builders as consultations
from tests.decisions import builders as decisions
from tests.matrix.council import Council, States, a_file

DAY = timedelta(days=1)


def of_decisions(council: Council) -> dict[str, States]:
    """Every kind that this module knows. One portfolio decides all of it."""
    held = decisions.a_portfolio(council.home, council.user("holder of the portfolio"))
    decisions.a_portfolio(council.home, council.user("holder of another portfolio"))
    decisions.a_portfolio(council.elsewhere, council.user("decision maker of another committee"))
    return {
        "decision": _decisions(council, held),
        "call-in": _call_ins(council, held),
        "record of a decision": _records(council, held),
        "consultation": _consultations(council),
        "part of a consultation": _parts(council),
        "response": _responses(council),
        "results of a consultation": _results(council),
    }


def _decision(council: Council, portfolio: Portfolio, status: DecisionStatus) -> Decision:
    """A decision that went the usual way until it stood so, led by an author."""
    where = {
        "committee": council.home,
        "portfolio": portfolio,
        "lead_officer_id": council.user("author of the report").id,
    }
    makers = {
        DecisionStatus.DRAFT: decisions.a_decision,
        DecisionStatus.NOTIFIED: decisions.a_notified,
        DecisionStatus.CONSULTED: decisions.a_ready,
        DecisionStatus.PRE_SCRUTINISED: decisions.a_ready,
        DecisionStatus.READY: decisions.a_ready,
        DecisionStatus.TAKEN: decisions.a_taken,
        DecisionStatus.WITHDRAWN: decisions.a_notified,
        DecisionStatus.ABANDONED: decisions.a_notified,
    }
    decision = makers.get(status, decisions.a_published)(**where)  # type: ignore[operator]
    if status in (DecisionStatus.WITHDRAWN, DecisionStatus.ABANDONED):
        decision.end_reason = "It is no longer needed."
    decision.status = status
    db.session.flush()
    return decision


def _decisions(council: Council, held: Portfolio) -> States:
    found = {status.value: _decision(council, held, status) for status in DecisionStatus}
    exempt = _decision(council, held, DecisionStatus.DRAFT)
    exempt.restriction, exempt.restriction_reason = Restriction.FULLY_EXEMPT, "A price."
    found["draft, exempt"] = exempt
    ended = _decision(council, held, DecisionStatus.DRAFT)
    ended.status, ended.end_reason = DecisionStatus.ABANDONED, "It was a mistake."
    found["abandoned before its notice"] = ended
    db.session.flush()
    return {state: {"number": each.number} for state, each in found.items()}


def _call_ins(council: Council, held: Portfolio) -> States:
    found: States = {}
    for status in CallInStatus:
        decision = _decision(council, held, DecisionStatus.CALLED_IN)
        asked = CallIn(
            requested_on=decisions.DECISION_DAY,
            requested_by="Three members",
            reasons="The costs.",
            status=status,
        )
        if status not in (CallInStatus.REQUESTED, CallInStatus.VALID):
            asked.outcome, asked.outcome_on = "Considered.", decisions.DECISION_DAY
        decision.call_ins.append(asked)
        db.session.flush()
        found[status.value] = {"number": decision.number, "call_in_id": asked.id}
    other = _decision(council, held, DecisionStatus.PUBLISHED)
    last = found[CallInStatus.REQUESTED]["call_in_id"]
    return found | {"of another decision": {"number": other.number, "call_in_id": last}}


def _records(council: Council, held: Portfolio) -> States:
    proposed = _decision(council, held, DecisionStatus.READY)
    records.publish_proposed(
        proposed, now=decisions.at(decisions.NOTICE_DAY), today=decisions.NOTICE_DAY
    )
    closed = decisions.a_notified(
        committee=council.home,
        portfolio=held,
        restriction=Restriction.FULLY_EXEMPT,
        restriction_reason="Paragraph 3 of Schedule 12A.",
    )
    decisions.write(closed, decisions.some_words())
    records.publish_proposed(
        closed, now=decisions.at(decisions.NOTICE_DAY), today=decisions.NOTICE_DAY
    )
    none = _decision(council, held, DecisionStatus.NOTIFIED)
    final = _decision(council, held, DecisionStatus.PUBLISHED)
    stopped = _decision(council, held, DecisionStatus.PUBLISHED)
    void = _decision(council, held, DecisionStatus.READY)
    signed = _decision(council, held, DecisionStatus.TAKEN)
    db.session.flush()
    for version in db.session.scalars(select(RecordVersion)):
        version.pdf_sha256 = a_file()
    return {
        "none": {"number": none.number, "kind": "proposed", "version": 1},
        "proposed": {"number": proposed.number, "kind": "proposed", "version": 1},
        "not proposed": {"number": void.number, "kind": "proposed", "version": 1},
        "signed, not published": {"number": signed.number, "kind": "final", "version": 1},
        "closed": {"number": closed.number, "kind": "proposed", "version": 1},
        "final": {"number": final.number, "kind": "final", "version": 1},
        "taken down": {"number": stopped.number, "kind": "final", "version": 1},
    }


def _consultations(council: Council) -> States:
    now_open = {"opens_on": today() - 10 * DAY, "closes_on": today() + 30 * DAY}
    found = {
        "draft": _a_consultation(council, published=False),
        "coming": _a_consultation(council, opens_on=today() + DAY, closes_on=today() + 40 * DAY),
        "published": _a_consultation(council, **now_open),
        "ended": _a_consultation(council),
        "closed": _a_consultation(council),
        "reported": _reported(council),
        "withdrawn": _a_consultation(council, **now_open),
        "withdrawn draft": _a_consultation(council, published=False),
    }
    found["closed"].status = ConsultationStatus.CLOSED
    found["closed"].closed_on = consultations.AFTER
    for state in ("withdrawn", "withdrawn draft"):
        consulting.withdraw(found[state], "It is not needed.", by=None)
    db.session.flush()
    return {state: {"slug": each.slug} for state, each in found.items()}


def _a_consultation(council: Council, **more: object) -> Consultation:
    return consultations.a_consultation(council.home, **more)  # type: ignore[arg-type]


def _reported(council: Council) -> Consultation:
    made = _a_consultation(council)
    consultations.a_response(made, "Pupils")
    made.status, made.closed_on = ConsultationStatus.CLOSED, consultations.AFTER
    db.session.flush()
    summaries.publish_summary(
        made, change_reason=None, now=consultations.AN_INSTANT, today=consultations.AFTER, by=None
    )
    return made


def _parts(council: Council) -> States:
    """A question, a respondent type and a theme, in each state that decides on changing them."""
    found: States = {}
    for state, status in (("draft", None), ("published", None), ("withdrawn", "withdrawn")):
        made = _a_consultation(
            council,
            published=False,
            opens_on=today() - 10 * DAY,
            closes_on=today() + 30 * DAY,
        )
        question = consultations.a_question(made, "Which?", "One", "Two")
        if state != "draft":
            consultations.publish(made)
        theme = themes.add_theme(made, ThemeFields("Cost"), by=None)
        db.session.flush()
        if status:
            consulting.withdraw(made, "It is not needed.", by=None)
        found[state] = {
            "slug": made.slug,
            "question_id": question.id,
            "type_id": made.respondent_types[0].id,
            "theme_id": theme.id,
        }
    others = {name: each for name, each in found["published"].items() if name != "slug"}
    return found | {"of another consultation": {"slug": found["draft"]["slug"], **others}}


def _responses(council: Council) -> States:
    open_now = _a_consultation(council, opens_on=today() - 10 * DAY, closes_on=today() + 30 * DAY)
    ended = _a_consultation(council)
    found: States = {}
    for state, made, day in (
        ("of an open consultation", open_now, today()),
        ("of one that has ended", ended, consultations.INSIDE),
    ):
        response = consultations.a_response(made, "Pupils", on=day, name="Jo Bloggs")
        db.session.flush()
        found[state] = {"slug": made.slug, "response_id": response.id}
    for said in (OPENED, consultations.exempt(1, 2), consultations.CONFIDENTIAL):
        response = consultations.a_response(ended, "Pupils", on=consultations.INSIDE)
        consultations.classed(response, said)
        found[said.classification.value] = {"slug": ended.slug, "response_id": response.id}
    last = found["of one that has ended"]["response_id"]
    return found | {"of another consultation": {"slug": open_now.slug, "response_id": last}}


def _results(council: Council) -> States:
    made, stopped = _reported(council), _reported(council)
    for version in (*summaries.versions(made), *summaries.versions(stopped)):
        version.pdf_sha256 = a_file()
    return {
        "published": {"slug": made.slug, "number": 1},
        "taken down": {"slug": stopped.slug, "number": 1},
        "that never were": {"slug": made.slug, "number": 9},
    }
