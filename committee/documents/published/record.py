"""The record of decision, and before the decision is taken the proposed record."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from committee.documents.pack.lettering import Wording
from committee.documents.published.consultation import ConsultationFigures, figures_blocks
from committee.documents.published.making import (
    COUNCIL_BLUE,
    Section,
    Signature,
    page_data,
    section_data,
    signature_data,
    write_pdf,
)
from committee.documents.running_text.content import Blocks, paragraph

TO_BE_TAKEN_BY = "DECISION TO BE TAKEN BY"
TAKEN_BY = "DECISION TAKEN BY"
PROPOSED = "Proposed record of decision"
RECORD = "Record of decision"
AFTER_THE_COMMITTEE = "To be added after the committee meets."
NOT_WRITTEN = {True: "Not yet written.", False: "Nothing was recorded."}
NOT_CONSULTED = "No consultation is linked to this decision."
NOT_SIGNED = "Not signed: the decision has not been taken."


@dataclass(frozen=True)
class CallIn:
    """The days of the call-in, in words. `last_day` is the last on which it may be asked for."""

    published_on: str
    last_day: str
    comes_into_force: str


@dataclass(frozen=True)
class RecordText:
    """All that a record says, as plain words and running text.

    `decision_maker` is an office ("Cabinet Member for Transport"), `decision_maker_name` who holds
    it. `for_publication` is "Yes", or why not. `key_criterion` says what makes it a key decision.
    `committee_view` is None until the committee has met, `signature` until it is signed, `call_in`
    until it is published or where there is none. `what_changed` is "" in version 1.
    """

    council: str
    is_proposed: bool
    decision_maker: str
    decision_number: str
    for_publication: str
    is_key: bool
    subject: str
    decision: Blocks
    reasons: Blocks
    financial: Blocks = ()
    equality: Blocks = ()
    consultation: ConsultationFigures | None = None
    consultation_notes: Blocks = ()
    committee_view: Blocks | None = None
    alternatives: Blocks = ()
    interests: Blocks = ()
    key_criterion: str | None = None
    decision_maker_name: str = ""
    signature: Signature | None = None
    call_in: CallIn | None = None
    version: int = 1
    what_changed: str = ""
    colour: str = COUNCIL_BLUE
    language: str = "en-GB"


def record_title(text: RecordText) -> str:
    """ "Proposed record of decision" until it is taken, then "Record of decision"."""
    return PROPOSED if text.is_proposed else RECORD


def record_facts(text: RecordText) -> tuple[tuple[str, str], ...]:
    """What stands in the head of the form below the decision maker: labels and words."""
    key = f"Yes: {text.key_criterion}" if text.key_criterion else "Yes"
    version = f"{text.version}: {text.what_changed}" if text.what_changed else str(text.version)
    return (
        ("Subject", text.subject),
        ("Key decision", key if text.is_key else "No"),
        ("For publication", text.for_publication),
        ("Version", version),
    )


def taken_by_label(text: RecordText) -> str:
    """What stands before the decision maker; never "taken" before it was."""
    return TO_BE_TAKEN_BY if text.is_proposed else TAKEN_BY


def record_sections(text: RecordText) -> tuple[Section, ...]:
    """The parts of the record in order, for the page, the PDF and the Word file alike."""
    view = text.committee_view
    consulted = text.consultation_notes
    if text.consultation is not None:
        consulted = (*figures_blocks(text.consultation), *consulted)
    return (
        _section(text, "Decision", text.decision),
        _section(text, "Reasons for the decision", text.reasons),
        _section(text, "Financial implications", text.financial),
        _section(text, "Equality implications", text.equality),
        Section("Consultation", consulted or (paragraph(NOT_CONSULTED),)),
        Section(
            "Recommendations of the committee",
            (paragraph(AFTER_THE_COMMITTEE),) if view is None else view or _silent(text),
        ),
        _section(text, "Alternatives considered, and why they were not chosen", text.alternatives),
        _section(text, "Interests declared and dispensations granted", text.interests),
    )


def _section(text: RecordText, heading: str, blocks: Blocks) -> Section:
    return Section(heading, blocks or _silent(text))


def _silent(text: RecordText) -> Blocks:
    """An empty part says that it is empty: "none" would be a statement that nobody made."""
    return (paragraph(NOT_WRITTEN[text.is_proposed]),)


def not_signed(text: RecordText) -> str:
    """What stands in the place of a signature that is not there."""
    return NOT_SIGNED if text.is_proposed else "Not signed."


def call_in_facts(call_in: CallIn) -> tuple[tuple[str, str], ...]:
    """The days of the call-in with their labels."""
    return (
        ("Record published", call_in.published_on),
        ("Last day for call-in", call_in.last_day),
        ("Comes into force unless called in", call_in.comes_into_force),
    )


def record_pdf(text: RecordText, target: Path) -> int:
    """Write the record as PDF/UA-1; the number of its pages. The same record gives equal bytes."""
    return write_pdf("record.typ", lambda wording: _contents(text, wording), target)


def _contents(text: RecordText, wording: Wording) -> dict[str, Any]:
    made = wording.printable
    title = made(f"{record_title(text)} {text.decision_number}: {text.subject}")
    return page_data(title, made(text.council), text.colour, text.language) | {
        "kind": record_title(text),
        "is_proposed": text.is_proposed,
        "taken_by_label": taken_by_label(text),
        "decision_maker": made(text.decision_maker),
        "decision_maker_name": made(text.decision_maker_name),
        "number_label": "DECISION NUMBER",
        "number": made(text.decision_number),
        "facts": [[label, made(words)] for label, words in record_facts(text)],
        "sections": [section_data(one, wording) for one in record_sections(text)],
        "signature": signature_data(text.signature, wording),
        "not_signed": not_signed(text),
        "call_in": [[label, made(words)] for label, words in call_in_facts(text.call_in)]
        if text.call_in
        else [],
    }
