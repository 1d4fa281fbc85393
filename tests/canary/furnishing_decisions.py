"""Decisions in every state: open, fully exempt, in draft, and waiting to be published."""

from dataclasses import fields, replace

from committee.agendas import programme
from committee.agendas.programme import PlannedFields
from committee.clock import now
from committee.decisions import calling_in, notices, publishing, service, signing
from committee.decisions.drafting import RecordFields
from committee.decisions.models import Decision
from committee.decisions.rules import DecisionStatus, Restriction
from committee.extensions import db
from tests.canary.council import OURS, Council, work_off
from tests.decisions.builders import CHOICES, sign, some_fields, some_words, write

HIDDEN_PARTS = (
    "decision_text",
    "reasons",
    "financial",
    "consultation_words",
    "alternatives",
    "interests",
    "equality_words",
)


def furnish_decisions(made: Council) -> None:
    """Decisions from the draft to the call-in, and what the work programme plans."""
    unseen_decisions(made, "before")
    open_decision(made)
    if made.stubs:
        exempt_decision(made)
    waiting = notified(made, "Library hours")
    write(waiting, hidden_record(made, "waiting record"))
    changed_after_its_notice(made, waiting)
    signed_not_published(made)
    unseen_programme(made)
    work_off()


def notified(made: Council, title: str, **changed: object) -> Decision:
    """A decision in the forward plan for two months."""
    given = some_fields(made.committees[OURS], made.portfolios[OURS], title=title, **changed)
    day = made.day(-60)
    decision = service.open_decision(given, today=day, by=made.by("clerk"))
    notices.publish_notice(decision, CHOICES, now=made.at(day), today=day, by=made.by("clerk"))
    return decision


def hidden_record(made: Council, name: str) -> RecordFields:
    """A record with hidden words in every part that is written by hand."""
    words = {part: made.hidden(f"decision_record.{part} of the {name}") for part in HIDDEN_PARTS}
    assert set(words) <= {each.name for each in fields(RecordFields)}
    return replace(some_words(), **words)


def open_decision(made: Council) -> None:
    """One that was taken, published, and asked to be called in; the request was refused."""
    decision = notified(made, "Bus passes for pupils")
    write(decision, some_words())
    publishing.publish_proposed(decision, now=made.at(made.day(-20)), today=made.day(-20))
    signing.mark_ready(decision, CHOICES, today=made.day(-9))
    sign(decision, made.day(-8))
    day = made.day(-8)
    publishing.publish_record(decision, CHOICES, now=made.at(day), today=day)


def exempt_decision(made: Council) -> None:
    """One whose words are not for publication, taken, published by its particulars, corrected."""
    decision = notified(
        made,
        "Purchase of a site",
        restriction=Restriction.FULLY_EXEMPT,
        restriction_reason="The record names a price that is still being negotiated.",
    )
    write(decision, hidden_record(made, "exempt record"))
    publishing.publish_proposed(decision, now=made.at(made.day(-20)), today=made.day(-20))
    signing.mark_ready(decision, CHOICES, today=made.day(-9))
    sign(decision, made.day(-8))
    day = made.day(-8)
    version = publishing.publish_record(decision, CHOICES, now=made.at(day), today=day)
    publishing.correct_record(
        decision,
        {"reasons": made.hidden("record_version.restricted_contents as corrected")},
        of=version,
        reason="A figure was wrong.",
        now=made.at(made.day(-7)),
        today=made.day(-7),
    )
    asked = calling_in.request_call_in(
        decision,
        requested_on=made.day(-7),
        requested_by=made.hidden("call_in.requested_by of the exempt decision"),
        reasons=made.hidden("call_in.reasons of the exempt decision"),
        today=made.day(-7),
        by=made.by("clerk"),
    )
    outcome = made.hidden("call_in.outcome of the exempt decision")
    calling_in.refuse(asked, outcome, today=made.day(-6))


def changed_after_its_notice(made: Council, decision: Decision) -> None:
    """What is said of the decision has changed, and no notice of that is published yet."""
    for name in made.every("after the notice"):
        fields_now = some_fields(
            made.committees[OURS],
            made.portfolios[OURS],
            title=made.hidden(f"decision.title changed {name}"),
            matter=made.hidden(f"decision.matter changed {name}"),
            documents=made.hidden(f"decision.documents changed {name}"),
        )
        service.change_decision(decision, fields_now, by=made.by("clerk"))


def signed_not_published(made: Council) -> None:
    """One that was signed, whose record nobody has published yet."""
    decision = notified(made, "Play areas")
    write(decision, hidden_record(made, "signed record"))
    signing.mark_ready(decision, CHOICES, today=made.day(-1))
    sign(decision, made.today)


def unseen_decisions(made: Council, when: str) -> None:
    """Drafts without a notice, one of them abandoned.

    Their numbers are of another year: the next number that the public sees tells how many were
    given before it, which is what a public number is for.
    """
    for name in made.every(f"draft {when}"):
        for ended in (False, True):
            given = some_fields(
                made.committees[OURS],
                made.portfolios[OURS],
                title=made.hidden(f"decision.title of the {name}"),
                matter=made.hidden(f"decision.matter of the {name}"),
                documents=made.hidden(f"decision.documents of the {name}"),
                restriction=Restriction.PART_EXEMPT,
                restriction_reason=made.hidden(f"decision.restriction_reason of the {name}"),
            )
            draft = service.open_decision(given, today=made.day(-1200), by=made.by("clerk"))
            write(draft, hidden_record(made, name))
            if ended:
                reason = made.hidden(f"decision.end_reason of the {name}")
                service.end(draft, DecisionStatus.ABANDONED, reason, by=made.by("clerk"))
    db.session.commit()


def unseen_programme(made: Council) -> None:
    """Business that was planned and dropped; and some that was deferred, for all to read."""
    committee = made.committees[OURS]
    kept = programme.plan(
        committee, PlannedFields("Youth clubs", made.meetings["to come"].id), by=made.by("clerk")
    )
    db.session.flush()
    programme.put_on_agenda(kept, by=made.by("clerk"))
    programme.defer(
        kept,
        made.meetings["far off"],
        reason="The figures are awaited.",
        today=made.today,
        now=now(),
        by=made.by("clerk"),
    )
    for name in made.every("dropped"):
        planned = PlannedFields(
            made.hidden(f"programme_item.title {name}"),
            made.meetings["far off"].id,
            made.hidden(f"programme_item.requested_by {name}"),
            made.today,
        )
        programme.drop(programme.plan(committee, planned), by=made.by("clerk"))
