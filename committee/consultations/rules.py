"""The states of a consultation, and the words that its questions and responses use."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from committee.confidentiality.rules import CLASSIFICATION_LABELS, CLOSED, Classification
from committee.states import States

# Shorter periods are allowed, but the officer is told (CON-03).
SHORT_BELOW_DAYS = 28
SATURDAY = 5
SEASONS = {
    "Easter": {"Good Friday", "Easter Monday"},
    "Christmas": {"Christmas Day", "Boxing Day", "New Year’s Day"},
}


class ConsultationStatus(StrEnum):
    """Where a consultation stands. Between its dates a published one is open for responses."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"


CONSULTATION_STATUS_LABELS = {
    ConsultationStatus.DRAFT: "Being prepared",
    ConsultationStatus.PUBLISHED: "Published",
    ConsultationStatus.CLOSED: "Closed",
    ConsultationStatus.REPORTED: "Results published",
    ConsultationStatus.WITHDRAWN: "Withdrawn",
}

CONSULTATION_MAY_BECOME = {
    ConsultationStatus.DRAFT: {ConsultationStatus.PUBLISHED, ConsultationStatus.WITHDRAWN},
    ConsultationStatus.PUBLISHED: {ConsultationStatus.CLOSED, ConsultationStatus.WITHDRAWN},
    ConsultationStatus.CLOSED: {ConsultationStatus.REPORTED, ConsultationStatus.WITHDRAWN},
    ConsultationStatus.REPORTED: set(),
    ConsultationStatus.WITHDRAWN: set(),
}

CONSULTATION_STATES = States("consultation", CONSULTATION_STATUS_LABELS, CONSULTATION_MAY_BECOME)


class Position(StrEnum):
    """What a respondent thinks of the proposal as a whole."""

    SUPPORT = "support"
    AGAINST = "against"
    UNDECIDED = "undecided"


POSITION_LABELS = {
    Position.SUPPORT: "Support",
    Position.AGAINST: "Against",
    Position.UNDECIDED: "Undecided",
}


class QuestionKind(StrEnum):
    """How a question is answered."""

    ONE_CHOICE = "one_choice"
    SEVERAL_CHOICES = "several_choices"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"


QUESTION_KIND_LABELS = {
    QuestionKind.ONE_CHOICE: "One choice",
    QuestionKind.SEVERAL_CHOICES: "Several choices",
    QuestionKind.SHORT_TEXT: "A few words",
    QuestionKind.LONG_TEXT: "A comment",
}

CLOSED_KINDS = frozenset({QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES})


class Channel(StrEnum):
    """How a response reached the council."""

    ONLINE = "online"
    EMAIL = "email"
    LETTER = "letter"
    PAPER_FORM = "paper_form"
    EVENT = "event"


CHANNEL_LABELS = {
    Channel.ONLINE: "Online form",
    Channel.EMAIL: "E-mail",
    Channel.LETTER: "Letter",
    Channel.PAPER_FORM: "Paper form",
    Channel.EVENT: "At an event",
}


class Consent(StrEnum):
    """How a respondent allows the response to be published."""

    IN_FULL = "in_full"
    WITHOUT_NAME = "without_name"
    NOT_PUBLISHED = "not_published"


CONSENT_LABELS = {
    Consent.IN_FULL: "In full, with my name",
    Consent.WITHOUT_NAME: "Without my name",
    Consent.NOT_PUBLISHED: "Not at all",
}


# In these states the public reads the responses that are open; before, it reads none of them.
READABLE = frozenset({ConsultationStatus.CLOSED, ConsultationStatus.REPORTED})


def may_be_opened(consent: Consent) -> bool:
    """Whether the respondent allows that anyone reads the response, with their name or without."""
    return consent is not Consent.NOT_PUBLISHED


def publicity(classification: Classification, consent: Consent, status: ConsultationStatus) -> str:
    """How far the public may know what one response says, in a sentence or two for its readers.

    What is published of a consultation counts its responses and quotes none of them. The words of
    one leave by its being open alone, and within what the respondent allows (CON-04, DP-05).
    """
    if not may_be_opened(consent):
        return "Not for publication, as the respondent asked. It is counted in the results."
    may = "with their name" if consent is Consent.IN_FULL else "without their name"
    if classification in CLOSED:
        return f"{CLASSIFICATION_LABELS[classification]}. It is counted, and nothing of it is told."
    if classification is Classification.UNCLASSED:
        return (
            "Closed until an officer opens it. It is counted. The respondent allows that its words "
            f"are published {may}."
        )
    if status is ConsultationStatus.WITHDRAWN:
        return "Open, but not shown: the consultation was withdrawn."
    if status in READABLE:
        return f"Open. Anyone may read it {may}, on a page of the consultation."
    return f"Open. Anyone may read it {may} once the consultation has closed."


def is_open(status: ConsultationStatus, opens_on: date, closes_on: date, *, today: date) -> bool:
    """Whether responses are taken on `today`, a civil date in London.

    From the first minute of the first day to the last of the last one, whatever the clocks do.
    """
    return status is ConsultationStatus.PUBLISHED and opens_on <= today <= closes_on


def length_in_days(opens_on: date, closes_on: date) -> int:
    """The days on which people can respond, the first and the last both counted (CON-03)."""
    return (closes_on - opens_on).days + 1


def period_warnings(
    opens_on: date, closes_on: date, bank_holidays: Mapping[date, str]
) -> list[str]:
    """What an officer should think about before a consultation runs on these days (CON-03)."""
    length = length_in_days(opens_on, closes_on)
    found = []
    if length < SHORT_BELOW_DAYS:
        found.append(
            f"It runs for {length} {'day' if length == 1 else 'days'}. People may say that "
            f"fewer than {SHORT_BELOW_DAYS} days were too few to answer."
        )
    for season, holidays in SEASONS.items():
        inside = [
            day
            for day, name in sorted(bank_holidays.items())
            if name in holidays and opens_on <= day <= closes_on
        ]
        if inside:
            days = f"{inside[0].day} {inside[0]:%B}"
            if inside[-1] != inside[0]:
                days += f" to {inside[-1].day} {inside[-1]:%B %Y}"
            found.append(
                f"It runs over {season} ({days}), when many people are away. Think of a longer "
                "period."
            )
    if closes_on.weekday() >= SATURDAY:
        found.append(
            f"It closes on a {closes_on:%A}, when nobody is at the offices to help with the form."
        )
    return found
