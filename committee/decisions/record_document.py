"""A published record as a document: its frozen contents put into words for page and PDF alike."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from committee.decisions.rules import RecordKind
from committee.documents.published.consultation import figures_blocks
from committee.documents.published.making import COUNCIL_BLUE, Signature
from committee.documents.published.quoted_figures import figures_of
from committee.documents.published.record import CallIn, RecordText
from committee.documents.running_text import parse, to_html
from committee.documents.running_text.content import Block, Blocks, Heading, Run, paragraph
from committee.law.calendar import in_words


def document_of(contents: Mapping[str, Any], *, colour: str = COUNCIL_BLUE) -> RecordText:
    """The document that these contents make; `colour` is the council's.

    Contents of a record that is not for publication hold no words of it, and say so instead.
    """
    is_open = bool(contents["for_publication"])
    because = contents["not_for_publication_because"]
    closed = (paragraph(f"The words of this decision are not for publication. {because}"),)
    return RecordText(
        council=contents["council"],
        is_proposed=contents["kind"] == RecordKind.PROPOSED.value,
        decision_maker=contents["decision_maker"],
        decision_maker_name=contents.get("decision_maker_name", ""),
        decision_number=contents["number"],
        for_publication="Yes" if is_open else f"No: {because}",
        is_key=contents["is_key"],
        key_criterion=contents["key_criterion"] or None,
        subject=contents["subject"],
        decision=parse(contents["decision"]) if is_open else closed,
        reasons=(*parse(contents["reasons"]), *_exceptions(contents)) if is_open else closed,
        **(_open_parts(contents) if is_open else {}),
        signature=_signature(contents),
        call_in=_call_in(contents),
        version=contents["version"],
        what_changed=contents["what_changed"],
        colour=colour,
    )


def _open_parts(contents: Mapping[str, Any]) -> dict[str, Any]:
    quotes = contents["consultations"]
    first = quotes[0] if quotes else None
    view = contents["committee_view"]
    notes: list[Block] = []
    for quote in quotes[1:]:
        notes.append(Heading(1, (Run(quote["title"]),)))
        notes += figures_blocks(figures_of(quote["contents"]))
    notes += parse(contents["consultation_words"])
    return {
        "financial": parse(contents["financial"]),
        "equality": _lines(contents["equality"], contents.get("equality_confirmed", "")),
        "consultation": figures_of(first["contents"]) if first else None,
        "consultation_notes": (*notes, *_lines(contents.get("responses_confirmed", ""))),
        "committee_view": (*_recommended(contents), *parse(view)) if view else None,
        "alternatives": parse(contents["alternatives"]),
        "interests": (
            *parse(contents["interests"]),
            *_lines(contents["reassignment"], contents.get("declared", "")),
        ),
    }


def _verbs(verbs: list[str]) -> str:
    return " and ".join(verb.upper() for verb in verbs)


def _recommended(contents: Mapping[str, Any]) -> Blocks:
    report = contents["report"]
    if not report or not contents["recommendations"]:
        return ()
    day = in_words(date.fromisoformat(report["meeting_on"]))
    asked = paragraph(
        f"The report “{report['subject']}” asked the {report['committee']} on {day} to:"
    )
    said = (
        paragraph(f"{_verbs(each['verbs'])} {each['text']}") for each in contents["recommendations"]
    )
    return (asked, *said, paragraph("The committee resolved:"))


def _exceptions(contents: Mapping[str, Any]) -> Blocks:
    """What lets the decision be taken or take effect sooner than usual."""
    call_in = contents.get("call_in") or {}
    waived = in_force_sentence(call_in) if call_in.get("waiver_reason") else ""
    return _lines(contents["urgency"], waived)


def _lines(*texts: str) -> Blocks:
    return tuple(paragraph(text) for text in texts if text)


def _signature(contents: Mapping[str, Any]) -> Signature | None:
    signed = contents.get("signature")
    if not signed:
        return None
    day = in_words(date.fromisoformat(signed["signed_on"]))
    return Signature(name=signed["name"], capacity=signed["capacity"], signed_on=day)


def _call_in(contents: Mapping[str, Any]) -> CallIn | None:
    found = contents.get("call_in")
    if not found or found["waiver_reason"]:
        return None
    return CallIn(
        published_on=in_words(date.fromisoformat(found["published_on"])),
        last_day=in_words(date.fromisoformat(found["last_day"])),
        comes_into_force=in_words(date.fromisoformat(found["effective_on"])),
    )


def in_force_sentence(call_in: Mapping[str, Any]) -> str:
    """When the decision comes into force, in the words that the record must carry (W-09)."""
    effective = in_words(date.fromisoformat(call_in["effective_on"]))
    if call_in["waiver_reason"]:
        return (
            f"This decision came into force on {effective} without a call-in period: "
            f"{call_in['waiver_reason']} Agreed by {call_in['waiver_agreed_by']}."
        )
    published = in_words(date.fromisoformat(call_in["published_on"]))
    last = in_words(date.fromisoformat(call_in["last_day"]))
    counted = len((call_in["basis"] or {}).get("counted", [])) or 5
    return (
        f"This decision will come into force, and may then be implemented, on {effective}, on the "
        f"expiry of {counted} working days after publication ({published}), unless it is called "
        f"in by {last}."
    )


def quotation(quote: Mapping[str, Any]) -> dict[str, Any]:
    """What is quoted of a consultation, to be shown: its figures, and where they come from."""
    return {
        "title": quote["title"],
        "slug": quote["slug"],
        "number": quote["number"],
        "html": to_html(figures_blocks(figures_of(quote["contents"])), 4),
    }


def parts_shown(words: Mapping[str, Any]) -> list[tuple[str, Markup]]:
    """The parts of a record that were written by hand, as they are shown before the signature."""
    parts = {
        "Decision": words["decision"],
        "Reasons for the decision": words["reasons"],
        "Financial implications": words["financial"],
        "Equality": words["equality"],
        "Consultation": words["consultation_words"],
        "What the committee resolved": words["committee_view"],
        "Alternatives considered": words["alternatives"],
        "Interests and dispensations": words["interests"],
        "Change of decision maker": words["reassignment"],
        "Urgency": words["urgency"],
    }
    return [(label, to_html(parse(text), 3)) for label, text in parts.items() if text]
