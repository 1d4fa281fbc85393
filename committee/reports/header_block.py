"""The header block of a report (KENT-11): what is filled in, and what is still missing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from committee.confidentiality.rules import (
    CONFIDENCE_BASIS_LABELS,
    Classification,
    Said,
)
from committee.reports.rules import Verb

# Two digits of the year, five of the series (KENT-13).
DECISION_NUMBER = re.compile(r"\d{2}/\d{5}", re.ASCII)

# What is said of the class of a report before its author has come to it.
UNSAID = Said(Classification.UNCLASSED)

AUTHOR, DIRECTOR = "author", "director"
CONTACT_LABELS = {AUTHOR: "Report author", DIRECTOR: "Relevant director"}


@dataclass(frozen=True)
class RecommendationFields:
    """One thing that the committee is asked to do: in which words, and with which verbs."""

    verbs: tuple[Verb, ...]
    text: str


@dataclass(frozen=True)
class BackgroundDocument:
    """A document on which the report rests, and where it can be inspected."""

    title: str
    location: str | None = None


@dataclass(frozen=True)
class Contact:
    """Somebody to ask about the report: its author, or the director in charge."""

    role: str
    name: str | None = None
    job_title: str | None = None
    telephone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class HeaderBlock:
    """All that an author fills in beside the paper itself."""

    subject: str
    from_whom: str | None = None
    decision_number: str | None = None
    said: Said = UNSAID
    past_pathway: str | None = None
    future_pathway: str | None = None
    divisions: str | None = None
    summary: str | None = None
    recommendations: tuple[RecommendationFields, ...] = ()
    background_documents: tuple[BackgroundDocument, ...] = ()
    no_background_documents: bool = False
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True)
class Missing:
    """One thing without which a report cannot be sent: its field, and what to do, in words."""

    field: str
    message: str


# What is asked of a field that is empty.
ASKED = {
    "from_whom": "Enter who submits the report",
    "subject": "Enter the subject",
    "past_pathway": "Enter where the paper has been before, or “None”",
    "future_pathway": "Enter where the paper goes next, or “None”",
    "divisions": "Enter the electoral divisions affected, or “All”",
    "summary": "Enter a summary",
}
CLASS_ASKED = "Say whether the report is unrestricted, exempt or confidential"
CONTACT_ASKED = {
    "name": "Enter the name of the {}",
    "job_title": "Enter the job title of the {}",
    "telephone": "Enter the telephone number of the {}",
    "email": "Enter the e-mail address of the {}",
}
PAPERS = "papers"


def missing(block: HeaderBlock, *, papers: Sequence[str]) -> list[Missing]:
    """What still stands in the way of sending the report, in the order of the form.

    `papers` are sentences about what is wrong with its papers, none if all is well.
    Background documents must be listed or said to be none: Local Government Act 1972,
    section 100D(1).
    """
    about_papers = [Missing(PAPERS, sentence) for sentence in papers]
    return [*_missing_in_block(block), *_missing_contacts(block), *about_papers]


def _missing_in_block(block: HeaderBlock) -> Iterator[Missing]:
    for field, message in ASKED.items():
        if not getattr(block, field):
            yield Missing(field, message)
        if field == "subject" and block.said.classification is Classification.UNCLASSED:
            yield Missing("classification", CLASS_ASKED)
    if not block.recommendations:
        yield Missing("recommendations-0-text", "Enter what the committee is asked to do")
    if not block.background_documents and not block.no_background_documents:
        yield Missing(
            "no_background_documents", "List the background documents, or say that there are none"
        )


def _missing_contacts(block: HeaderBlock) -> Iterator[Missing]:
    given = {contact.role: contact for contact in block.contacts}
    for role, label in CONTACT_LABELS.items():
        contact = given.get(role, Contact(role))
        for field, message in CONTACT_ASKED.items():
            if not getattr(contact, field):
                yield Missing(f"{role}-{field}", message.format(label.lower()))


def check_number(number: str | None) -> str | None:
    """What is wrong with a decision number, in words; nothing for one in the form 18/00016."""
    if number is None or DECISION_NUMBER.fullmatch(number):
        return None
    return "Enter a decision number like 27/00012"


def classification_line(said: Said) -> str | None:
    """The “Classification” line in the field's words (KENT-11); nothing before it was stated."""
    if said.classification is Classification.OPEN:
        return "Unrestricted"
    if said.classification is Classification.EXEMPT:
        listed = ", ".join(str(number) for number in said.paragraphs)
        return f"Exempt, Schedule 12A paragraph {listed}"
    if said.classification is Classification.CONFIDENTIAL and said.confidence_basis:
        basis = CONFIDENCE_BASIS_LABELS[said.confidence_basis]
        return f"Confidential: {basis[0].lower()}{basis[1:]}"
    return None
