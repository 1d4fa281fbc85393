"""Records of decision of the example year: proposed, completed, signed, published, in force."""

from datetime import date

from committee.commands.example_year.stage import DECIDER, Stage
from committee.confidentiality.rules import OPENED
from committee.constitution import current_constitution
from committee.decisions import calling_in, classing, drafting, publishing, signing
from committee.decisions.drafting import RecordFields
from committee.decisions.rules import EqualityState
from committee.decisions.signing import Confirmed, Interest


def propose(stage: Stage, day: date, name: str) -> None:
    """Write the proposed record and publish it beside the report."""
    decision = stage.matter(name)
    fields = RecordFields(
        **stage.said["matters"][name]["record"],
        equality_state=EqualityState.ASSESSED,
        equality_assessed_on=day,
    )
    drafting.save_record(decision, fields, by=stage.author())
    classing.classify_record(decision, OPENED, now=stage.at(day), today=day, by=stage.clerk())
    publishing.publish_proposed(decision, now=stage.at(day), today=day, by=stage.clerk())


def hand_over(stage: Stage, day: date, name: str) -> None:
    """Hand the completed record to the decision maker."""
    choices = current_constitution().decisions
    signing.mark_ready(stage.matter(name), choices, today=day, by=stage.clerk())


def sign(stage: Stage, day: date, name: str) -> None:
    """Let the decision maker confirm both statements and sign."""
    decision = stage.matter(name)
    _, shown = signing.to_be_signed(decision)
    signing.sign(
        decision,
        stage.user(DECIDER),
        current_constitution().decisions,
        shown_sha256=shown,
        confirmed=Confirmed(equality=True, responses=True, interest=Interest.NONE),
        now=stage.at(day),
        today=day,
    )


def publish(stage: Stage, day: date, name: str) -> None:
    """Publish the signed record, which opens the call-in."""
    publishing.publish_record(
        stage.matter(name),
        current_constitution().decisions,
        now=stage.at(day),
        today=day,
        by=stage.clerk(),
    )


def end_call_ins(_stage: Stage, day: date) -> None:
    """Put into force what could be called in until yesterday, as the worker does each day."""
    calling_in.end_call_ins(day)
